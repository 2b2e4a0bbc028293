package duckdb_test

import (
	"math/rand/v2"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// randomSpec returns a specification of at most that depth over the columns.
func randomSpec(r *rand.Rand, depth int) spec.Specification {
	if depth > 0 && r.IntN(5) < 3 {
		terms := make([]spec.Specification, r.IntN(4))
		for i := range terms {
			terms[i] = randomSpec(r, depth-1)
		}
		switch r.IntN(3) {
		case 0:
			return spec.And(terms...)
		case 1:
			return spec.Or(terms...)
		}
		return spec.Not(randomSpec(r, depth-1))
	}
	return randomLeaf(r)
}

// twins are columns of one kind, to be compared with each other.
var twins = map[string][]string{
	"whole": {"whole2", "small", "id"}, "whole2": {"small", "id"}, "big": {"big2"}, "real": {"real2", "single"}, "single": {"real"},
	"amount": {"amount2", "large", "tiny", "price"}, "large": {"tiny", "amount", "amount2"}, "tiny": {"amount", "price"}, "price": {"amount2", "tiny"},
	"name": {"name2", "path"}, "name2": {"path", "name"}, "path": {"name2"}, "at": {"at2"}, "mood": {"mood2"},
}

func randomLeaf(r *rand.Rand) spec.Specification {
	c := pick(r, columns)
	if r.IntN(12) == 0 { // of one column, for planners to join
		return randomJunction(r, leafOf(r, c), leafOf(r, c), leafOf(r, c))
	}
	return leafOf(r, c)
}

func randomJunction(r *rand.Rand, terms ...spec.Specification) spec.Specification {
	if r.IntN(3) == 0 {
		return spec.Or(terms...)
	}
	return spec.And(terms...)
}

func leafOf(r *rand.Rand, c column) spec.Specification {
	switch n := r.IntN(40); {
	case n == 0:
		return spec.All()
	case n == 1:
		return spec.None()
	case n < 6:
		return spec.IsNull(c.Name)
	case c.List:
		return listLeaf(r, c)
	case twins[c.Name] != nil && r.IntN(3) == 0:
		return spec.NewLeaf(c.Name, comparison(r, c), spec.Of(spec.Ref(pick(r, twins[c.Name]))))
	case c.Kind == spec.KindString && len(c.Labels) == 0 && r.IntN(2) == 0:
		return textLeaf(r, c)
	case r.IntN(8) > 0:
		return spec.NewLeaf(c.Name, comparison(r, c), operand(r, c))
	}
	elements := make([]spec.Value, r.IntN(9))
	for i := range elements {
		elements[i] = operand(r, c)
	}
	return spec.In(c.Name, elements...)
}

// comparison returns an operator that compares the column as a whole.
func comparison(r *rand.Rand, c column) spec.Op {
	op := spec.Op(r.IntN(int(spec.OpDistinct)) + int(spec.OpEq))
	if len(c.Labels) > 0 && op >= spec.OpLt && op <= spec.OpGte {
		return spec.OpNe
	}
	return op
}

func textLeaf(r *rand.Rand, c column) spec.Specification {
	needle := operand(r, c)
	if r.IntN(3) == 0 && !needle.IsNull() { // a part of a text rather than a whole one
		text := []rune(needle.Text())
		needle = spec.Of(string(text[:len(text)/2]))
	}
	switch r.IntN(7) {
	case 0:
		return spec.Contains(c.Name, needle)
	case 1:
		return spec.HasPrefix(c.Name, needle)
	case 2:
		return spec.HasSuffix(c.Name, needle)
	case 3:
		return spec.EqualFold(c.Name, needle)
	case 4:
		return spec.ContainsFold(c.Name, needle)
	case 5:
		return spec.Under(c.Name, pick(r, []string{"1", "1.2", "a", "a.b", "a_b", "1-2"}))
	}
	return spec.Matches(c.Name, pick(r, patterns))
}

var patterns = []string{
	"a", "^a", "a$", "a.b", "(?s)a.b", ".*b", "[a-c]+$", `\d+`, `\w*$`, `\s`, "(?i)AB", "(?i)k", "(?i)[a-s]$", "a|b", "(a)(b)?", "a{1,2}b?",
	`\$1`, `[^a]`, `[^\n]*$`, `.*?c`, `\x{1f600}`, `\pL+$`, `.*\\`, `[\]\-^]`, `(?:a|A)[bB]`, "", `'`, `\Qa.b\E`, `[[:alpha:]]+$`, `.*[😀-😂]`, `\D`, `\W`, `\S+$`, "(?m).*b$", `.*\bb`,
}

func listLeaf(r *rand.Rand, c column) spec.Specification {
	switch r.IntN(3) {
	case 0:
		values := make([]spec.Value, r.IntN(4))
		for i := range values {
			values[i] = operand(r, c.element())
		}
		return spec.Overlaps(c.Name, values...)
	case 1:
		return spec.Contains(c.Name, operand(r, c.element()))
	}
	value := func() spec.Value {
		elements := make([]any, r.IntN(3))
		for i := range elements {
			if v := operand(r, c.element()); !v.IsNull() {
				elements[i] = v
			}
		}
		list, err := spec.ValueOf(elements)
		if err != nil {
			panic(err)
		}
		return list
	}
	if r.IntN(6) == 0 {
		return spec.In(c.Name, value(), pick(r, []spec.Value{value(), spec.Null}))
	}
	return spec.NewLeaf(c.Name, comparison(r, c), value())
}

// operand returns a constant for a column: mostly one that rows hold, sometimes
// null, sometimes of a neighbouring kind of number, or what no row can hold.
func operand(r *rand.Rand, c column) spec.Value {
	if r.IntN(12) == 0 {
		return spec.Null
	}
	if r.IntN(6) == 0 {
		switch c.Kind {
		case spec.KindInt, spec.KindUint:
			return pick(r, []spec.Value{spec.Of(uint64(1 << 63)), spec.Of(3.0), spec.Of(uint64(18446744073709551615)), spec.Of(spec.MustDecimal("7")), spec.Of(-1), spec.Of(1000)})
		case spec.KindFloat:
			return pick(r, []spec.Value{spec.Of(1), spec.Of(1 << 53), spec.Of(spec.MustDecimal("0.5"))})
		case spec.KindDecimal:
			return pick(r, []spec.Value{spec.Of(1), spec.Of(0.1), spec.Of(uint64(1 << 63)), spec.Of(-1.5), spec.Of(1.005), spec.Of(1e300), spec.Of(1e-300)})
		case spec.KindTime:
			return spec.Of(time.Date(2024, 7, 1, 12, 0, 0, 123, time.UTC))
		}
	}
	if c.Kind == spec.KindDecimal && r.IntN(3) == 0 { // between two of what the column can hold, or beyond all
		return spec.Of(spec.MustDecimal(pick(r, amounts)))
	}
	v, err := spec.ValueOf(c.scalar(r))
	if err != nil { // what a row may hold and a constant may not
		return spec.Null
	}
	return v
}
