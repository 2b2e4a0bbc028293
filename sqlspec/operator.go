package sqlspec

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// comparison returns the SQL operator of an equality or order operator.
func comparison(op spec.Op) string {
	switch op {
	case spec.OpEq:
		return " = "
	case spec.OpNe:
		return " <> "
	case spec.OpLt:
		return " < "
	case spec.OpLte:
		return " <= "
	case spec.OpGt:
		return " > "
	case spec.OpGte:
		return " >= "
	}
	return ""
}

// opposite returns the operator that is true exactly where op is false; where op
// is unknown, so is its opposite.
func opposite(op spec.Op) spec.Op {
	switch op {
	case spec.OpEq:
		return spec.OpNe
	case spec.OpNe:
		return spec.OpEq
	case spec.OpLt:
		return spec.OpGte
	case spec.OpGte:
		return spec.OpLt
	case spec.OpGt:
		return spec.OpLte
	case spec.OpLte:
		return spec.OpGt
	}
	return op
}

func isComparison(op spec.Op) bool { return comparison(op) != "" }

// int64Bounds replaces a comparison with an integer above every int64, which no
// engine's bigint can hold, by one with the same answers.
func int64Bounds(op spec.Op) (spec.Op, int64) {
	switch op {
	case spec.OpEq, spec.OpGt, spec.OpGte:
		return spec.OpGt, math.MaxInt64 // never
	default:
		return spec.OpLte, math.MaxInt64 // always, where not null
	}
}

// storable leaves out the elements of a list that the column cannot hold where
// its integers are those of bigint; they equal nothing in it. Nulls stay.
func (c *column) storable(elements []spec.Value) []spec.Value {
	switch {
	case c.storage == storageScaled:
		return scaledElements(elements, c.digits)
	case c.field.Kind == spec.KindInt || c.field.Kind == spec.KindUint:
		return inRange(elements)
	}
	return elements
}

// inRange returns the elements of a list that an int64 column can hold, nulls
// included.
func inRange(elements []spec.Value) []spec.Value {
	var kept []spec.Value
	for _, e := range elements {
		if e.Kind() != spec.KindUint {
			kept = append(kept, e)
		}
	}
	return kept
}

// successor returns the least text that is greater, byte for byte, than every
// text with the prefix, and false where there is none.
func successor(prefix string) (string, bool) {
	for len(prefix) > 0 {
		r, size := utf8.DecodeLastRuneInString(prefix)
		prefix = prefix[:len(prefix)-size]
		if r == utf8.MaxRune {
			continue // carry to the rune before
		}
		if r++; r == 0xD800 { // the surrogates are no text
			r = 0xE000
		}
		return prefix + string(r), true
	}
	return "", false
}

// isEmptyNeedle reports whether a text operator looks for the empty text, which
// every text that is not null contains.
func isEmptyNeedle(l spec.Leaf) bool { return isEmptyText(l.Value) }

func isEmptyText(v spec.Value) bool { return v.Kind() == spec.KindString && v.Text() == "" }

// beyondInt64 reports whether a leaf looks in a list of integers for one, or
// compares it with a list that has one, which no int64 can be.
func beyondInt64(l spec.Leaf) bool {
	if l.Op == spec.OpContains {
		return l.Value.Kind() == spec.KindUint
	}
	return (l.Op == spec.OpEq || l.Op == spec.OpNe) && slices.ContainsFunc(l.Value.List(), isBeyondInt64)
}

func isBeyondInt64(v spec.Value) bool { return v.Kind() == spec.KindUint }

// never is false where the column is not null, and unknown where it is.
func never(w *writer, c *column, negated bool) {
	if negated {
		w.null(c, false)
		return
	}
	w.unknown()
}

// effective is the operator of a comparison, with the negation worked in.
func effective(l spec.Leaf, negated bool) spec.Op {
	if negated {
		return opposite(l.Op)
	}
	return l.Op
}

// each writes the elements of a list between parentheses.
func (w *writer) each(elements []spec.Value, write func(spec.Value)) {
	for i, e := range elements {
		if i > 0 {
			w.raw(", ")
		}
		if e.IsNull() {
			w.raw("NULL")
			continue
		}
		write(e)
	}
}

// oneOf writes an In as equalities with its elements, for lists of lists: no
// engine has an array of arrays of different lengths.
func (w *writer) oneOf(l spec.Leaf, negated bool) {
	var equal []spec.Specification
	for _, e := range l.Value.List() {
		equal = append(equal, spec.NewLeaf(l.Field, spec.OpEq, e))
	}
	w.node(spec.Or(equal...).Node(), negated, 0)
}
