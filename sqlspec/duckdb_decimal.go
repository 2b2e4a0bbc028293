package sqlspec

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// Decimals of different types meet in one with the larger scale, which has no
// room for the digits of both: the statement fails, or a constant is rounded. So
// the whole part is compared and then the fraction, for each of which there is
// room in any case. Both have the sign of the number.
const wholeType, fractionType = "DECIMAL(38,0)", "DECIMAL(38,38)"

// duckdbDigits is how many digits a DECIMAL has at most.
const duckdbDigits = 38

// isDecimal reports whether a column, or the elements of its list, are DECIMAL.
func (duckdb) isDecimal(c *column) bool {
	return c.field.Kind == spec.KindDecimal && c.storage != storageScaled
}

func wholeOf(name string) string { return "trunc(" + name + ")" }

func fractionOf(name string) string {
	return "CAST(" + name + " - trunc(" + name + ") AS " + fractionType + ")"
}

// decimals compares a column with another, or with a number.
func (duckdb) decimals(w *writer, c *column, op spec.Op, whole, fraction func()) {
	compare := func(left string, op spec.Op, right func()) {
		w.raw(left, comparison(op))
		right()
	}
	w.raw("(")
	switch op {
	case spec.OpEq:
		compare(wholeOf(c.sql), op, whole)
		w.raw(" AND ")
	case spec.OpNe:
		compare(wholeOf(c.sql), op, whole)
		w.raw(" OR ")
	default:
		compare(wholeOf(c.sql), strict(op), whole)
		w.raw(" OR ")
		compare(wholeOf(c.sql), spec.OpEq, whole)
		w.raw(" AND ")
	}
	compare(fractionOf(c.sql), op, fraction)
	w.raw(")")
}

// strict is the operator without equality.
func strict(op spec.Op) spec.Op {
	switch op {
	case spec.OpLte:
		return spec.OpLt
	case spec.OpGte:
		return spec.OpGt
	}
	return op
}

func (g duckdb) compareDecimal(w *writer, c *column, op spec.Op, v spec.Value) {
	op, v, never, always := cutDecimal(op, v, duckdbKept(v))
	if never || always {
		emptyNeedle(w, c, never)
		return
	}
	p := pairFrom(v)
	g.decimals(w, c, op, func() { p.whole(w) }, func() { p.fraction(w) })
}

func (g duckdb) decimalFields(w *writer, a, b *column, op spec.Op) {
	g.decimals(w, a, op, func() { w.raw(wholeOf(b.sql)) }, func() { w.raw(fractionOf(b.sql)) })
}

// A decimalPair is the whole part of a number and its fraction, for lists a
// struct of the two.
type decimalPair struct {
	Whole    string `json:"w"`
	Fraction string `json:"f"`
}

const pairType = "STRUCT(w " + wholeType + ", f " + fractionType + ")"

// pairOf makes a pair of an expression, and null of null: a pair of nulls is not
// null itself.
func pairOf(name string) string {
	return "CASE WHEN " + name + " IS NOT NULL THEN {'w': " + wholeOf(name) + ", 'f': " + fractionOf(name) + "} END"
}

func pairFrom(v spec.Value) decimalPair {
	text, negative := strings.CutPrefix(v.Decimal().String(), "-")
	whole, fraction, _ := strings.Cut(text, ".")
	p := decimalPair{whole, "0." + fraction}
	if fraction == "" {
		p.Fraction = "0"
	}
	if negative {
		p.Whole, p.Fraction = "-"+p.Whole, "-"+p.Fraction
	}
	return p
}

func (p decimalPair) whole(w *writer) {
	w.raw("CAST(")
	w.arg(p.Whole)
	w.raw(" AS ", wholeType, ")")
}

func (p decimalPair) fraction(w *writer) {
	w.raw("CAST(")
	w.arg(p.Fraction)
	w.raw(" AS ", fractionType, ")")
}

func (p decimalPair) write(w *writer) {
	w.raw("{'w': ")
	p.whole(w)
	w.raw(", 'f': ")
	p.fraction(w)
	w.raw("}")
}

// duckdbKept is how many digits after the point a column may have that holds
// the whole part of a number, and -1 where none does.
func duckdbKept(v spec.Value) int {
	if whole, _ := decimalDigits(v); whole > duckdbDigits {
		return -1
	}
	return duckdbDigits
}

// isBeyond reports whether a number has more digits than any column can hold.
func (duckdb) isBeyond(v spec.Value) bool {
	_, _, never, _ := cutDecimal(spec.OpEq, v, duckdbKept(v))
	return never
}
