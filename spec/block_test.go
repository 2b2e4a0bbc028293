package spec_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// numbered is a row with a number that says which it is.
type numbered struct {
	wide
	Nr int `spec:"-"`
}

// around are the numbers of rows at which the way of filtering changes, and more.
var around = []int{0, 1, 2, 3, 4, 15, 16, 17, 63, 64, 65, 1023, 1024, 1025, 2048, 5000}

// manyOf are so many rows, drawn from those with another number.
func manyOf(d dice, rows []numbered, n int) []numbered {
	all := make([]numbered, n)
	for i := range all {
		all[i] = one(d, rows)
	}
	return all
}

func numbers[T any](rows []T, nr func(T) int) []int {
	all := make([]int, len(rows))
	for i := range rows {
		all[i] = nr(rows[i])
	}
	return all
}

// drawNumbered draws rows and the maps that hold the same.
func drawNumbered(d dice, n int) (rows []numbered, twins []map[string]any) {
	rows, twins = make([]numbered, n), make([]map[string]any, n)
	for i := range rows {
		r := drawRow(d)
		rows[i], twins[i] = numbered{r.row, i}, r.twin
	}
	return rows, twins
}

// visibleTo is what is true of each row by the definition, which Truth evaluates
// without any of the ways that make filters fast.
func visibleTo(t *testing.T, s spec.Specification, rows []numbered) []bool {
	t.Helper()
	m := must(spec.Compile[numbered](s))(t)
	visible := make([]bool, len(rows))
	for i := range rows {
		visible[i] = m.Truth(&rows[i]) == spec.True
	}
	return visible
}

// filtersAgree holds every way to filter so many rows against what is visible.
func filtersAgree(t *testing.T, d dice, s spec.Specification, rows []numbered, visible []bool, n int) {
	t.Helper()
	all := manyOf(d, rows, n)
	pointers := make([]*numbered, 0, n+n/5)
	var want []int
	for i := range all {
		if i%7 == 3 {
			pointers = append(pointers, nil)
		}
		pointers = append(pointers, &all[i])
		if visible[all[i].Nr] {
			want = append(want, all[i].Nr)
		}
	}
	check := func(way string, have []int, err error) {
		t.Helper()
		if err != nil || !slices.Equal(have, want) {
			t.Fatalf("%v of %d rows, %s: %d rows, error %v, want %d\nhave %v\nwant %v", s, n, way, len(have), err, len(want), have, want)
		}
	}
	nr, nrOf := func(r numbered) int { return r.Nr }, func(r *numbered) int { return r.Nr }
	m := must(spec.Compile[numbered](s))(t)
	check("compiled", numbers(m.Filter(all), nr), nil)
	found, err := spec.Filter(s, all)
	check("at once", numbers(found, nr), err)
	if cap(found) != len(found) {
		t.Fatalf("%v of %d rows: room for %d in a result of %d", s, n, cap(found), len(found))
	}
	behind, err := spec.Filter(s, pointers)
	check("pointers", numbers(behind, nrOf), err)
	var matched []int
	for i := range all {
		if m.Match(&all[i]) {
			matched = append(matched, all[i].Nr)
		}
	}
	check("row by row", matched, nil)
}

// Blocks, rows one by one and the definition say the same, whatever the form of a
// column, at every number of rows where the way changes.
func TestBlocksAgree(t *testing.T) {
	d := seeded(21)
	for i := range scale(40) {
		rows, _ := drawNumbered(d, 120)
		for j := range 8 {
			s := drawSpecification(d, 3)
			if j%2 == 0 {
				s = drawSpecification(d, 1)
			}
			visible := visibleTo(t, s, rows)
			filtersAgree(t, d, s, rows, visible, around[(i*8+j)%len(around)])
			filtersAgree(t, d, s, rows, visible, d(2100))
		}
	}
}

// One leaf at a time, so that no other hides what it does.
func TestBlocksOfOneLeaf(t *testing.T) {
	d := seeded(22)
	for range scale(12) {
		rows, _ := drawNumbered(d, 150)
		for range 120 {
			s := drawLeaf(d)
			if d(2) == 0 {
				s = s.Not()
			}
			filtersAgree(t, d, s, rows, visibleTo(t, s, rows), 4+d(200))
		}
	}
}

// Texts of every short length that differ in one byte, or are longer or shorter by one,
// are told apart, wherever it is.
func TestBlocksOfTextsThatDifferInOneByte(t *testing.T) {
	for n := range 20 {
		text := "abcdefghijklmnopqrstuvwxyz"[:n]
		rows := []task{{Name: text}, {Name: text + "x"}, {Name: "x" + text}}
		prefixed := 2 + b2i(n == 0)
		for i := range n {
			rows = append(rows, task{Name: text[:i] + "X" + text[i+1:]}, task{Name: text[:i] + text[i+1:]})
		}
		for range 4 { // at least a block of them
			rows = append(rows, task{Name: "-"})
		}
		prefixed += 4 * b2i(n == 0)
		for _, test := range []struct {
			s    spec.Specification
			want int
		}{
			{spec.Eq("name", text), 1}, {spec.Ne("name", text), len(rows) - 1},
			{spec.In("name", text, "abc", text+"y"), 1 + inAlphabet(n)}, {spec.NotIn("name", text, "abc", text+"y"), len(rows) - 1 - inAlphabet(n)},
			{spec.HasPrefix("name", text), prefixed}, {spec.HasPrefix("name", text).Not(), len(rows) - prefixed},
		} {
			if have := len(must(spec.Filter(test.s, rows))(t)); have != test.want {
				t.Errorf("%v: %d of %d rows, want %d", test.s, have, len(rows), test.want)
			}
		}
	}
}

// inAlphabet is how often "abc" is among the texts that lack one byte of n.
func inAlphabet(n int) int { return b2i(n == 4) }

// Maps are filtered as structs are.
func TestBlocksOfMaps(t *testing.T) {
	d := seeded(23)
	for range scale(10) {
		_, twins := drawNumbered(d, 70)
		for range 30 {
			s := drawSpecification(d, 3)
			m := must(spec.Compile[map[string]any](s, wideSchema))(t)
			want := 0
			for i := range twins {
				want += b2i(m.Truth(&twins[i]) == spec.True)
			}
			if have := len(m.Filter(twins)); have != want {
				t.Fatalf("%v: %d of %d maps, want %d", s, have, len(twins), want)
			}
		}
	}
}

// mapValues rebuilds a specification with other values in its leaves.
func mapValues(n spec.Node, leaf func(spec.Leaf) spec.Value) spec.Specification {
	switch n := n.(type) {
	case spec.Leaf:
		return spec.NewLeaf(n.Field, n.Op, leaf(n))
	case spec.Negation:
		return mapValues(n.Term(), leaf).Not()
	case spec.Junction:
		var terms []spec.Specification
		for t := range n.Terms() {
			terms = append(terms, mapValues(t, leaf))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	case spec.Constant:
		if n {
			return spec.All()
		}
	}
	return spec.None()
}

// otherValue is a value that may stand in the place of that of a leaf.
func otherValue(d dice, leaf spec.Leaf) spec.Value {
	c := cellOf(leaf.Field)
	switch {
	case leaf.Op == spec.OpIsNull || leaf.Value.Kind() == spec.KindField:
		return leaf.Value
	case leaf.Op == spec.OpIn:
		values := make([]any, 1+d(20))
		for i := range values {
			values[i] = drawWhole(d, c, 30)
		}
		return listValue(values...)
	case leaf.Op == spec.OpOverlaps:
		return listValue(one(d, constants[c.kind]))
	case leaf.Op == spec.OpUnder:
		return spec.Of(one(d, paths))
	case leaf.Op == spec.OpMatches:
		return spec.Of(one(d, patternTexts))
	case leaf.Op == spec.OpContains:
		return drawScalar(d, c, 12)
	}
	return drawWhole(d, c, 8)
}

// The same specification with other values, again and again: as it is built, and bound
// from a template. What was prepared for one set of values must do for the next.
func TestOtherValuesInTheSameShape(t *testing.T) {
	d, beside := seeded(24), 0
	for range scale(60) {
		rows, _ := drawNumbered(d, 60)
		s := drawSpecification(d, 3)
		var names []string
		open := mapValues(s.Node(), func(l spec.Leaf) spec.Value {
			if l.Op == spec.OpIsNull || l.Value.Kind() == spec.KindField || d(4) == 0 {
				return l.Value
			}
			names = append(names, fmt.Sprintf("v%03d", len(names)))
			return spec.Of(spec.Var(names[len(names)-1]))
		})
		template := must(spec.NewTemplate(open))(t)
		for range 8 {
			again := mapValues(s.Node(), func(l spec.Leaf) spec.Value { return otherValue(d, l) })
			filtersAgree(t, d, again, rows, visibleTo(t, again, rows), d(80))

			values := map[string]spec.Value{}
			for leaf := range open.Leaves() {
				if leaf.Value.Kind() == spec.KindVariable {
					values[leaf.Value.Variable()] = otherValue(d, spec.Leaf{Field: leaf.Field, Op: leaf.Op})
				}
			}
			var inOrder []spec.Value
			for _, name := range template.Vars() {
				inOrder = append(inOrder, values[name])
			}
			bound := must(template.Bind(inOrder...))(t)
			literal := must(open.Bind(func(name string) (spec.Value, bool) { v, ok := values[name]; return v, ok }))(t)
			if !literal.Equal(bound) {
				t.Fatalf("bound %v, want %v", bound, literal)
			}
			if _, ok := bound.Template(); ok {
				beside++
			}
			filtersAgree(t, d, bound, rows, visibleTo(t, literal, rows), d(80))
		}
	}
	if want := scale(60); beside < want {
		t.Errorf("%d specifications are bound beside their template, want %d", beside, want)
	}
}

func cellOf(field string) cell {
	for _, c := range cells {
		if c.field == field || "deep."+c.field == field {
			return c
		}
	}
	panic("no such field: " + field)
}
