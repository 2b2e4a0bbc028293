package sqlspec

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// sqlite writes SQLite. Its columns hold whatever was put into them and may fold
// case, so unless the table is said to be strict, what it would answer for a
// value of another type is guarded with typeof, and text is compared by its bytes:
// see folds.
type sqlite struct{}

func (sqlite) name() string   { return "sqlite" }
func (sqlite) maxArgs() int   { return 32766 }
func (sqlite) numbered() bool { return false }
func (sqlite) quotes() byte   { return '"' }

func (g sqlite) leaf(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case c.field.List:
		g.list(w, c, l, negated)
	case c.isForPostgres():
		w.refuse(l, ErrUnsupported, "the column is declared for PostgreSQL")
	case isDecimalText(c):
		g.decimal(w, c, l, negated)
	case l.Op == spec.OpIn:
		g.in(w, c, l, negated)
	case isComparison(l.Op):
		g.compare(w, c, effective(l, negated), l.Value)
	case l.Value.IsNull():
		w.unknown()
	case isEmptyNeedle(l) && l.Op != spec.OpMatches && l.Op != spec.OpEqualFold:
		g.present(w, c, !negated) // the empty text is in every text
	default:
		g.text(w, c, l, negated)
	}
}

func isDecimalText(c *column) bool {
	return c.field.Kind == spec.KindDecimal && c.storage != storageScaled
}

// column is the column as a comparison needs it.
func (g sqlite) column(c *column) string {
	if g.folds(c) {
		return c.sql + " COLLATE BINARY"
	}
	return c.sql
}

// guarded writes a condition that other types must not meet.
func (g sqlite) guarded(w *writer, c *column, condition func()) {
	if c.strict {
		w.raw("(")
		condition()
		w.raw(")")
		return
	}
	w.raw("(")
	condition()
	w.raw(" AND typeof(", c.sql, ") ", g.types(c), ")")
}

// types is what typeof says of a column that holds its kind.
func (sqlite) types(c *column) string {
	switch c.field.Kind {
	case spec.KindFloat:
		return "IN ('real', 'integer')"
	case spec.KindBytes:
		return "= 'blob'"
	case spec.KindBool, spec.KindInt, spec.KindUint, spec.KindTime:
		return "= 'integer'"
	case spec.KindDecimal:
		if c.storage == storageScaled {
			return "= 'integer'"
		}
	case spec.KindUUID:
		if c.storage == storageBlob {
			return "= 'blob'"
		}
	}
	return "= 'text'"
}

func (g sqlite) compare(w *writer, c *column, op spec.Op, v spec.Value) {
	op, arg := g.operand(c, op, v)
	switch {
	case op == spec.OpEq && g.folds(c):
		g.equal(w, c, v)
		return
	case op == spec.OpEq: // nothing of another type is equal
		w.raw("(", c.sql, " = ")
		w.put(arg)
		w.raw(")")
		return
	}
	g.guarded(w, c, func() {
		w.raw(g.column(c), comparison(op))
		w.put(arg)
	})
}

func (g sqlite) operand(c *column, op spec.Op, v spec.Value) (spec.Op, argument) {
	switch {
	case v.Kind() == spec.KindUint:
		op, bound := int64Bounds(op)
		return op, plain(bound)
	case c.storage == storageScaled:
		op, bound := scaledBounds(op, v.Decimal(), c.digits)
		return op, plain(bound)
	}
	return op, whole(c, v, sqliteArg)
}

// sqliteArg is a value as the column stores it.
func sqliteArg(c *column, v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	case spec.KindInt:
		return v.Int()
	case spec.KindFloat:
		return v.Float()
	case spec.KindBytes:
		return v.Bytes()
	case spec.KindTime: // text would have no fixed width, and so no order
		return v.Time().UnixMicro()
	case spec.KindUUID:
		if c.storage == storageBlob {
			octets := v.UUID()
			return octets[:]
		}
	}
	return textOf(v)
}

// present is true where the column holds its kind, or nowhere.
func (g sqlite) present(w *writer, c *column, is bool) {
	if !is || c.strict {
		never(w, c, is)
		return
	}
	w.raw("(typeof(", c.sql, ") ", g.types(c), ")")
}

func (g sqlite) text(w *writer, c *column, l spec.Leaf, negated bool) {
	g.guarded(w, c, func() {
		switch l.Op {
		case spec.OpHasPrefix:
			g.prefix(w, c, l.Value, negated)
		case spec.OpContains:
			w.raw("instr(", c.sql, ", ")
			w.put(converted(c, l.Value, asNeedle))
			w.raw(") ", either(negated, "= 0", "> 0"))
		case spec.OpHasSuffix:
			// The length of a text ends at a NUL, that of a blob does not; but a
			// part of the empty blob is null.
			blob := "CAST(" + c.sql + " AS BLOB)"
			w.raw("ifnull(substr(", blob, ", ")
			w.put(converted(c, l.Value, asMinusLength))
			w.raw("), ", blob, ")", either(negated, " <> ", " = "), "CAST(")
			w.put(converted(c, l.Value, asNeedle))
			w.raw(" AS BLOB)")
		case spec.OpMatches:
			w.raw(either(negated, "NOT ", ""), regexpFunction, "(")
			w.put(textual(c, l.Value))
			w.raw(", ", c.sql, ")")
		case spec.OpUnder:
			g.under(w, c, l.Value, negated)
		case spec.OpEqualFold, spec.OpContainsFold:
			g.folded(w, l, c, negated)
		default:
			w.refuse(l, ErrUnsupported, "no such operator")
		}
	})
}

// in reads the list from one JSON argument, so that the text is the same for
// every list. What JSON cannot carry exactly is bound one by one.
func (g sqlite) in(w *writer, c *column, l spec.Leaf, negated bool) {
	elements := c.storable(l.Value.List())
	if len(elements) == 0 { // IN of nothing is two-valued, even for null
		g.present(w, c, negated)
		return
	}
	if len(elements) > maxBlobs && isBoundAlone(c) && c.field.Kind != spec.KindFloat {
		g.guarded(w, c, func() {
			w.raw("hex(", c.sql, ")", either(negated, " NOT IN (", " IN ("), "SELECT value FROM json_each(")
			w.arg(hexArray(elements))
			w.raw("))")
		})
		return
	}
	write := func() {
		switch {
		case isBoundAlone(c):
			w.raw(c.sql, either(negated, " NOT IN (", " IN ("))
			g.bindAll(w, c, elements)
			w.raw(")")
		case g.folds(c):
			g.inTexts(w, c, listArgument(c, l.Value, elements, storedList), negated)
		default:
			w.raw(c.sql, either(negated, " NOT IN (", " IN ("), "SELECT value FROM json_each(")
			w.put(listArgument(c, l.Value, elements, storedList))
			w.raw("))")
		}
	}
	if negated {
		g.guarded(w, c, write)
		return
	}
	w.raw("(")
	write()
	w.raw(")")
}

// maxBlobs is how many blobs are bound one by one, for the index: a statement has
// no room for many more. A longer list is compared in hexadecimal.
const maxBlobs = 30000

func hexArray(elements []spec.Value) string {
	texts := make([]string, len(elements))
	for i, e := range elements {
		switch e.Kind() {
		case spec.KindUUID:
			octets := e.UUID()
			texts[i] = `"` + strings.ToUpper(hexText(octets[:])) + `"`
		case spec.KindBytes:
			texts[i] = `"` + strings.ToUpper(hexText(e.Bytes())) + `"`
		default:
			texts[i] = "null"
		}
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// isBoundAlone: JSON has no bytes, and SQLite reads a float from text less
// exactly than Go writes it.
func isBoundAlone(c *column) bool {
	return c.field.Kind == spec.KindFloat || c.field.Kind == spec.KindBytes || c.storage == storageBlob
}

func (g sqlite) bindAll(w *writer, c *column, elements []spec.Value) {
	for i, e := range elements {
		if i > 0 {
			w.raw(", ")
		}
		if e.IsNull() {
			w.raw("NULL")
			continue
		}
		w.arg(sqliteArg(c, e))
	}
}

// asMinusLength binds where the last bytes of a text begin, from its end.
func asMinusLength(_ *column, v spec.Value) any {
	if isEmptyText(v) {
		return nil
	}
	return -int64(len(v.Text()))
}

func asStored(c *column, v spec.Value) spec.Value {
	switch v.Kind() {
	case spec.KindBool, spec.KindTime:
		return spec.Of(sqliteArg(c, v).(int64))
	}
	return v
}
