package spec_test

import (
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// dice gives numbers from 0 up to n, from a seed or from the bytes of a fuzzer.
type dice func(n int) int

func seeded(seed uint64) dice { return rand.New(rand.NewPCG(seed, 99)).IntN }

// decoded reads a byte a throw, and zeros where there are no more.
func decoded(data []byte) dice {
	return func(n int) int {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return int(b) % n
	}
}

func one[T any](d dice, from []T) T { return from[d(len(from))] }

// wide is a row with a field of every Go type, each once plain and once behind
// a pointer that may be nil.
type wide struct {
	flat
	Deep *flat
}

// drawn is a row in every form: struct, nested map, and by the full name of the
// field for the oracle.
type drawn struct {
	row  wide
	twin map[string]any
	flat map[string]any
}

func drawRow(d dice) drawn {
	r := drawn{twin: map[string]any{}, flat: map[string]any{}}
	r.fill(d, &r.row.flat, r.twin, "")
	switch d(4) {
	case 0: // the key is missing
	case 1:
		r.twin["deep"] = nil
	default:
		deep := map[string]any{}
		r.row.Deep, r.twin["deep"] = &flat{}, deep
		r.fill(d, r.row.Deep, deep, "deep.")
	}
	return r
}

func (r drawn) fill(d dice, f *flat, m map[string]any, prefix string) {
	fields := reflect.ValueOf(f).Elem()
	for i, c := range cells { // in the order of the fields of flat
		v := c.draw(d, f)
		r.flat[prefix+c.field] = v
		switch d(3) {
		case 0: // as the struct holds it: a pointer, a Null, a named type
			if c.field != "cents" { // whose kind only a struct declares
				v = fields.Field(i).Interface()
			}
			m[c.field] = v
		case 1: // null is a missing key
			if v != nil {
				m[c.field] = v
			}
		default:
			m[c.field] = v
		}
	}
}

// cell is one field of flat. draw sets it and returns what the map holds, nil
// for null.
type cell struct {
	field string
	kind  spec.Kind
	list  bool
	enum  bool
	draw  func(d dice, f *flat) any
}

// drawLeaf is a comparison that fits the field, with values at every edge.
func drawLeaf(d dice) spec.Specification {
	c := one(d, cells)
	field := c.field
	if d(2) == 0 {
		field = "deep." + field
	}
	if d(8) == 0 && !c.list {
		other := one(d, comparableWith(c))
		ops := allOperators[:7] // the comparisons
		if c.enum {
			ops = []spec.Op{spec.OpEq, spec.OpNe, spec.OpDistinct}
		}
		return spec.NewLeaf(field, one(d, ops), spec.Of(spec.Ref(one(d, []string{"", "deep."})+other.field)))
	}
	op := one(d, operatorsOf(c))
	switch op {
	case spec.OpOverlaps:
		return spec.Overlaps(field, one(d, constants[c.kind]), one(d, constants[c.kind]))
	case spec.OpUnder:
		return spec.Under(field, one(d, paths))
	case spec.OpIsNull:
		return spec.IsNull(field)
	case spec.OpIn:
		values := make([]spec.Value, 1+d(4)) // of nothing is None, and tested elsewhere
		for i := range values {
			values[i] = drawWhole(d, c, 12)
		}
		return spec.In(field, values...)
	case spec.OpMatches:
		return spec.Matches(field, one(d, patternTexts))
	case spec.OpContains:
		return spec.Contains(field, drawScalar(d, c, 12))
	}
	return spec.NewLeaf(field, op, drawWhole(d, c, 8))
}

// comparableWith are the fields that a field can be compared with, itself too.
func comparableWith(c cell) (others []cell) {
	for _, other := range cells {
		if c.kind == other.kind && c.enum == other.enum && !other.list {
			others = append(others, other)
		}
	}
	return others
}

func operatorsOf(c cell) []spec.Op {
	switch {
	case c.enum:
		return []spec.Op{spec.OpEq, spec.OpNe, spec.OpDistinct, spec.OpIn, spec.OpIsNull}
	case c.list:
		return []spec.Op{spec.OpEq, spec.OpNe, spec.OpLt, spec.OpGte, spec.OpDistinct, spec.OpIn, spec.OpIsNull, spec.OpContains, spec.OpContains, spec.OpOverlaps, spec.OpOverlaps}
	case c.kind == spec.KindString:
		return allOperators
	}
	return allOperators[:9]
}

var allOperators = []spec.Op{
	spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte, spec.OpDistinct, spec.OpIn, spec.OpIsNull,
	spec.OpContains, spec.OpHasPrefix, spec.OpHasSuffix, spec.OpMatches, spec.OpUnder, spec.OpEqualFold, spec.OpContainsFold,
}

// drawWhole is a value for the whole field, null once in so many times.
func drawWhole(d dice, c cell, nulls int) spec.Value {
	if !c.list {
		return drawScalar(d, c, nulls)
	}
	if d(nulls) == 0 {
		return spec.Null
	}
	elements := make([]any, d(3))
	for i := range elements {
		elements[i] = drawScalar(d, c, nulls)
	}
	return listValue(elements...)
}

func drawScalar(d dice, c cell, nulls int) spec.Value {
	if d(nulls) == 0 {
		return spec.Null
	}
	if c.enum {
		return spec.Of(one(d, []string{"open", "done"}))
	}
	return one(d, constants[c.kind])
}

// drawSpecification nests leaves at most so deep.
func drawSpecification(d dice, depth int) spec.Specification {
	if depth == 0 {
		return drawLeaf(d)
	}
	switch d(8) {
	case 0, 1:
		return spec.And(drawTerms(d, depth)...)
	case 2, 3:
		return spec.Or(drawTerms(d, depth)...)
	case 4, 5:
		return spec.Not(drawSpecification(d, depth-1))
	case 6:
		return one(d, []spec.Specification{spec.All(), spec.None(), drawLeaf(d), drawLeaf(d), drawLeaf(d)})
	}
	return drawLeaf(d)
}

func drawTerms(d dice, depth int) []spec.Specification {
	terms := make([]spec.Specification, d(4))
	for i := range terms {
		terms[i] = drawSpecification(d, depth-1)
	}
	return terms
}

// hostile is text that would like to be something else.
func hostile(d dice) string {
	var b strings.Builder
	for range d(6) {
		b.WriteString(one(d, []string{
			`"`, `\`, "`", " && ", " || ", "!(", ")", "(", "#", "$x", "[", "]", ", ", " in ", "is None", "'", "\n", "\t", "\u2028", "é", "a", "0", ".", "time(\"", "\u202e", "%", "_", " ",
		}))
	}
	return b.String()
}
