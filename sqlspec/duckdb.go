package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// duckdb writes DuckDB. Every argument carries its type, and text is compared
// COLLATE "C", by its bytes: a column may fold case, and one setting makes all of
// them do so.
type duckdb struct{}

func (duckdb) name() string   { return "duckdb" }
func (duckdb) maxArgs() int   { return 65535 }
func (duckdb) numbered() bool { return false }
func (duckdb) quotes() byte   { return '"' }

func (g duckdb) leaf(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case g.isForeign(c):
		w.refuse(l, ErrUnsupported, "the column is declared for PostgreSQL")
	case c.field.List:
		g.list(w, c, l, negated)
	case l.Op == spec.OpIn:
		g.in(w, c, l, negated)
	case isComparison(l.Op):
		g.compare(w, c, effective(l, negated), l.Value)
	case l.Value.IsNull():
		w.unknown()
	case isEmptyNeedle(l) && l.Op != spec.OpMatches && l.Op != spec.OpEqualFold:
		emptyNeedle(w, c, negated)
	default:
		g.text(w, c, l, negated)
	}
}

func (duckdb) isForeign(c *column) bool {
	return c.isForPostgres() && c.storage != storageTimestamp
}

func (g duckdb) compare(w *writer, c *column, op spec.Op, v spec.Value) {
	switch {
	case c.storage == storageScaled:
		var units int64
		op, units = scaledBounds(op, v.Decimal(), c.digits)
		v = spec.Of(units)
	case g.isDecimal(c):
		g.compareDecimal(w, c, op, v)
		return
	}
	w.raw("(", g.operand(c, c.sql), comparison(op))
	g.value(w, c, v)
	if op == spec.OpNe || op == spec.OpGt || op == spec.OpGte {
		g.number(w, c)
	}
	w.raw(")")
}

// number excludes what is not a number, which DuckDB says is equal to itself and
// greater than everything.
func (duckdb) number(w *writer, c *column) {
	switch {
	case c.field.Kind != spec.KindFloat:
	case c.field.List:
		w.raw(" AND NOT list_contains(", c.sql, ", CAST('NaN' AS DOUBLE))")
	default:
		w.raw(" AND NOT isnan(", c.sql, ")")
	}
}

// operand is what is compared of a column, or of an element of its list.
func (g duckdb) operand(c *column, name string) string {
	switch {
	case g.isDecimal(c):
		return pairOf(name)
	case c.field.Kind != spec.KindString:
		return name
	case len(c.field.Labels) > 0: // the type may be an ENUM, which has no collation
		name = "CAST(" + name + " AS VARCHAR)"
	}
	return name + ` COLLATE "C"`
}

// value writes a placeholder with the type of the column.
func (g duckdb) value(w *writer, c *column, v spec.Value) {
	if g.isDecimal(c) {
		pairFrom(v).write(w)
		return
	}
	g.typed(w, g.typ(c, v), whole(c, v, duckdbArg))
}

func (duckdb) typed(w *writer, typ string, arg argument) {
	w.raw("CAST(")
	w.put(arg)
	w.raw(" AS ", typ, ")")
}

// typ is the type that values are given beside the column.
func (duckdb) typ(c *column, values ...spec.Value) string {
	switch c.storage {
	case storageScaled:
		return "BIGINT"
	case storageTimestamp:
		return "TIMESTAMP"
	case storageBlob:
		return "BLOB"
	}
	switch c.field.Kind {
	case spec.KindBool:
		return "BOOLEAN"
	case spec.KindInt, spec.KindUint:
		for _, v := range values {
			if isBeyondInt64(v) {
				return "HUGEINT"
			}
		}
		return "BIGINT"
	case spec.KindFloat:
		return "DOUBLE"
	case spec.KindDecimal:
		return pairType
	case spec.KindBytes:
		return "BLOB"
	case spec.KindTime:
		return "TIMESTAMPTZ"
	case spec.KindDate:
		return "DATE"
	case spec.KindUUID:
		return "UUID"
	}
	return "VARCHAR"
}

// duckdbArg is a value as the driver binds it without converting anything.
func duckdbArg(c *column, v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		return v.Bool()
	case spec.KindInt:
		return v.Int()
	case spec.KindFloat:
		return v.Float()
	case spec.KindBytes:
		return v.Bytes()
	case spec.KindUUID:
		if octets := v.UUID(); c.storage == storageBlob {
			return octets[:]
		}
	}
	return textOf(v) // an instant says that it is in UTC
}

// fields compares two columns of one kind.
func (g duckdb) fields(w *writer, a, b *column, l spec.Leaf, negated bool) {
	if g.isForeign(a) { // and so is b
		w.refuse(l, ErrUnsupported, "the columns are declared for PostgreSQL")
		return
	}
	if g.isDecimal(a) {
		g.decimalFields(w, a, b, effective(l, negated))
		return
	}
	w.raw("(", g.operand(a, a.sql), comparison(effective(l, negated)), g.operand(b, b.sql))
	g.number(w, a)
	g.number(w, b)
	w.raw(")")
}
