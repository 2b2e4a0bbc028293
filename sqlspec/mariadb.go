package sqlspec

import (
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// mariadb writes MariaDB. What a column of text thinks equal depends on its
// collation, and most fold case, accents, trailing blanks, even emoji. So text
// is compared as bytes; beside that stands the plain comparison, which finds
// everything that is equal by bytes and more, for the index. It has to be beside
// it: the optimizer merges c = BINARY 'a' OR c = BINARY 'A' into one of the two,
// because the index thinks them equal.
//
// Nor may a function of an argument be compared with = and a constant: MariaDB
// takes f('a') and f('A') for the same expression, whatever f does with them,
// and puts the constant in the place of both.
type mariadb struct{}

func (mariadb) name() string   { return "mariadb" }
func (mariadb) maxArgs() int   { return 65535 }
func (mariadb) numbered() bool { return false }
func (mariadb) quotes() byte   { return '`' }

func (g mariadb) leaf(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case c.isForPostgres():
		w.refuse(l, ErrUnsupported, "the column is declared for PostgreSQL")
	case c.field.List:
		g.list(w, c, l, negated)
	case l.Op == spec.OpIn:
		g.in(w, c, l, negated)
	case isComparison(l.Op):
		g.compare(w, c, effective(l, negated), l.Value)
	case l.Value.IsNull():
		w.unknown()
	case l.Op == spec.OpMatches:
		g.matches(w, c, l, negated)
	case l.Op == spec.OpUnder:
		g.under(w, c, l.Value.Text(), negated)
	case l.Op == spec.OpEqualFold, l.Op == spec.OpContainsFold && !isEmptyNeedle(l):
		g.folded(w, c, l, negated)
	case isEmptyNeedle(l):
		emptyNeedle(w, c, negated)
	default:
		g.part(w, c, l, negated)
	}
}

// isText reports whether a column holds text, whose collation is unknown.
func (mariadb) isText(c *column) bool { return c.field.Kind == spec.KindString && !c.binary }

// bytes is a column of text as bytes, whatever its character set.
func (mariadb) bytes(c *column) string {
	return "CAST(CONVERT(" + c.sql + " USING utf8mb4) AS BINARY)"
}

// byteArg writes a text as bytes.
func (mariadb) byteArg(w *writer, text argument) {
	w.raw("CAST(")
	w.put(text)
	w.raw(" AS BINARY)")
}

func (g mariadb) compare(w *writer, c *column, op spec.Op, v spec.Value) {
	switch {
	case g.isText(c):
		g.compareText(w, c, op, textual(c, v))
		return
	case c.field.Kind == spec.KindDecimal && c.storage != storageScaled:
		var never, always bool
		if op, v, never, always = mariadbDecimal(op, v); never || always {
			emptyNeedle(w, c, never)
			return
		}
	}
	op, arg := g.operand(c, op, v)
	left := c.sql
	if op != spec.OpEq && g.isUUID(c) {
		left = g.uuidText(c)
	}
	w.raw("(", left, comparison(op))
	if left != c.sql {
		g.byteArg(w, converted(c, v, asUUIDText))
	} else {
		g.value(w, c, v, arg)
	}
	w.raw(")")
}

func (g mariadb) compareText(w *writer, c *column, op spec.Op, text argument) {
	w.raw("(")
	if op == spec.OpEq {
		w.raw(c.sql, " = ")
		w.put(text)
		w.raw(" AND ")
	}
	w.raw(g.bytes(c), comparison(op))
	g.byteArg(w, text)
	w.raw(")")
}

// isUUID reports whether a column is of the type UUID.
func (mariadb) isUUID(c *column) bool {
	return c.field.Kind == spec.KindUUID && c.storage != storageBlob
}

func asUUIDText(_ *column, v spec.Value) any { return uuidText(v) }

// uuidText: the type UUID has an order of its own, which begins with the last
// group of digits, and takes octets that it cannot hold for null, from which no
// row would differ.
func (mariadb) uuidText(c *column) string { return "CAST(CAST(" + c.sql + " AS CHAR) AS BINARY)" }

func (g mariadb) operand(c *column, op spec.Op, v spec.Value) (spec.Op, argument) {
	switch {
	case v.Kind() == spec.KindUint && c.field.Kind == spec.KindInt:
		op, bound := int64Bounds(op)
		return op, plain(bound)
	case c.storage == storageScaled:
		op, bound := scaledBounds(op, v.Decimal(), c.digits)
		return op, plain(bound)
	}
	if c.field.Kind == spec.KindDecimal { // how it is cast depends on its digits
		return op, plain(mariadbArg(c, v))
	}
	return op, whole(c, v, mariadbArg)
}

// value writes a placeholder with the type of the column, where a text would
// otherwise be converted to a float or by the settings of the connection.
func (mariadb) value(w *writer, c *column, v spec.Value, arg argument) {
	if typ := mariadbType(c, v); typ != "" {
		w.raw("CAST(")
		w.put(arg)
		w.raw(" AS ", typ, ")")
		return
	}
	if c.field.Kind == spec.KindBytes || c.storage == storageBlob { // bytes need not be text
		w.raw("UNHEX(")
		w.put(arg)
		w.raw(")")
		return
	}
	w.put(arg)
}

func mariadbType(c *column, v spec.Value) string {
	switch c.field.Kind {
	case spec.KindFloat:
		return "DOUBLE"
	case spec.KindTime:
		return "DATETIME(6)"
	case spec.KindDate:
		return "DATE"
	case spec.KindDecimal:
		if c.storage != storageScaled {
			return "DECIMAL(65," + strconv.Itoa(mariadbScale(v)) + ")"
		}
	}
	return ""
}

// mariadbArg is a value in a form that no setting of a driver changes: an
// instant as a time.Time would be moved to the location of the connection.
func mariadbArg(c *column, v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		if v.Bool() {
			return int64(1)
		}
		return int64(0)
	case spec.KindInt:
		return v.Int()
	case spec.KindUint:
		return v.Uint()
	case spec.KindFloat:
		return v.Float()
	case spec.KindBytes:
		return hexText(v.Bytes())
	case spec.KindTime:
		return v.Time().Format("2006-01-02 15:04:05.000000")
	case spec.KindUUID:
		if octets := v.UUID(); c.storage == storageBlob {
			return hexText(octets[:])
		}
	}
	return textOf(v)
}

// A DECIMAL of MariaDB has at most 65 digits, 38 of them after the point.
const mariadbDigits, mariadbFraction, mariadbUsual = 65, 38, 30

// mariadbScale is how many digits after the point a decimal is cast to: the
// same for nearly all, so that the text is.
func mariadbScale(v spec.Value) int {
	whole, fraction := decimalDigits(v)
	if fraction <= mariadbUsual && whole+mariadbUsual <= mariadbDigits {
		return mariadbUsual
	}
	return fraction
}

func decimalDigits(v spec.Value) (whole, fraction int) {
	w, f, _ := strings.Cut(strings.TrimPrefix(v.Decimal().String(), "-"), ".")
	return len(w), len(f)
}

// mariadbDecimal replaces a comparison with a decimal that MariaDB cannot hold.
func mariadbDecimal(op spec.Op, v spec.Value) (_ spec.Op, _ spec.Value, never, always bool) {
	whole, _ := decimalDigits(v)
	return cutDecimal(op, v, min(mariadbFraction, mariadbDigits-whole))
}

// cutDecimal replaces a comparison with a decimal of more digits after the point
// than any column keeps by one with the same answers: it is cut, and no column
// has a value between the two. Where less than none are kept, the number is
// beyond every column, and the comparison never or always true.
func cutDecimal(op spec.Op, v spec.Value, kept int) (_ spec.Op, _ spec.Value, never, always bool) {
	_, fraction := decimalDigits(v)
	if fraction <= kept {
		return op, v, false, false
	}
	text := v.Decimal().String()
	negative := text[0] == '-'
	below := op == spec.OpLt || op == spec.OpLte
	switch {
	case op == spec.OpEq || op == spec.OpNe:
		return op, v, op == spec.OpEq, op == spec.OpNe
	case kept < 0:
		return op, v, below == negative, below != negative
	}
	text = text[:len(text)-(fraction-kept)] // towards zero
	cut := spec.Of(spec.MustDecimal(strings.TrimSuffix(text, ".")))
	switch {
	case below && negative:
		return spec.OpLt, cut, false, false
	case below:
		return spec.OpLte, cut, false, false
	case negative:
		return spec.OpGte, cut, false, false
	}
	return spec.OpGt, cut, false, false
}
