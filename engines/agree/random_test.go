package agree_test

import (
	"math/rand/v2"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// randomSpec returns a specification of at most that depth over the fields.
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

func randomLeaf(r *rand.Rand) spec.Specification {
	f := pick(r, fields)
	switch n := r.IntN(40); {
	case n == 0:
		return spec.All()
	case n == 1:
		return spec.None()
	case n < 6:
		return spec.IsNull(f.Name)
	case f.List:
		return listLeaf(r, f)
	case f.Name == "tree":
		return treeLeaf(r, f)
	case twins[f.Name] != "" && r.IntN(3) == 0:
		return spec.NewLeaf(f.Name, spec.Op(r.IntN(int(spec.OpDistinct))+int(spec.OpEq)), spec.Of(spec.Ref(twins[f.Name])))
	case f.Kind == spec.KindString && len(f.Labels) == 0 && r.IntN(2) == 0:
		return textLeaf(r, f)
	}
	op := spec.Op(r.IntN(int(spec.OpIn)) + int(spec.OpEq))
	if len(f.Labels) > 0 && op >= spec.OpLt && op <= spec.OpGte {
		op = spec.OpNe
	}
	if op != spec.OpIn {
		return spec.NewLeaf(f.Name, op, operand(r, f))
	}
	elements := make([]spec.Value, r.IntN(5))
	for i := range elements {
		elements[i] = operand(r, f)
	}
	return spec.In(f.Name, elements...)
}

// twins are pairs of fields of one kind, to be compared with each other.
var twins = map[string]string{"whole": "whole2", "whole2": "id", "real": "real2", "amount": "amount2", "name": "name2", "name2": "path", "at": "at2"}

// treeLeaf asks what an ltree can answer.
func treeLeaf(r *rand.Rand, f spec.Field) spec.Specification {
	v := operand(r, f)
	switch r.IntN(6) {
	case 0:
		return spec.Eq(f.Name, v)
	case 1:
		return spec.Ne(f.Name, v)
	case 2:
		return spec.Distinct(f.Name, v)
	case 3:
		return spec.In(f.Name, v, operand(r, f))
	}
	return spec.Under(f.Name, v)
}

func textLeaf(r *rand.Rand, f spec.Field) spec.Specification {
	needle := operand(r, f)
	if r.IntN(3) == 0 && !needle.IsNull() { // a part of a text rather than a whole one
		text := []rune(needle.Text())
		needle = spec.Of(string(text[:len(text)/2]))
	}
	switch r.IntN(7) {
	case 4:
		return spec.EqualFold(f.Name, needle)
	case 5:
		return spec.ContainsFold(f.Name, needle)
	case 6:
		return spec.Under(f.Name, pick(r, []string{"1", "1.2", "a", "a.b", "a_b", "1-2"}))
	case 0:
		return spec.Contains(f.Name, needle)
	case 1:
		return spec.HasPrefix(f.Name, needle)
	case 2:
		return spec.HasSuffix(f.Name, needle)
	}
	return spec.Matches(f.Name, pick(r, patterns))
}

var patterns = []string{
	"a", "^a", "a$", "a.b", "(?s)a.b", ".*b", "[a-c]+$", `\d+`, `\w*$`, `\s`, "(?i)AB", "(?i)k", "(?i)[a-s]$", "a|b", "(a)(b)?", "a{1,2}b?",
	`\$1`, `[^a]`, `[^\n]*$`, `.*?c`, `\x{1f600}`, `\pL+$`, `.*\\`, `[\]\-^]`, `(?:a|A)[bB]`, "", `'`, `\Qa.b\E`, `[[:alpha:]]+$`, `.*[😀-😂]`, `\D`, `\W`, `\S+$`,
}

func listLeaf(r *rand.Rand, f spec.Field) spec.Specification {
	if r.IntN(3) == 0 {
		values := make([]spec.Value, r.IntN(4))
		for i := range values {
			values[i] = operand(r, spec.Field{Kind: f.Kind})
		}
		return spec.Overlaps(f.Name, values...)
	}
	if f.Name == "labels" || r.IntN(2) == 0 {
		return spec.Contains(f.Name, operand(r, spec.Field{Kind: f.Kind}))
	}
	elements := make([]any, r.IntN(3))
	for i := range elements {
		if v := operand(r, spec.Field{Kind: f.Kind}); !v.IsNull() {
			elements[i] = v
		}
	}
	list, err := spec.ValueOf(elements)
	if err != nil {
		panic(err)
	}
	op := spec.Op(r.IntN(int(spec.OpIn)) + int(spec.OpEq))
	for _, e := range elements { // refused in SQL, and said to be
		if v, ok := e.(spec.Value); ok && v.Kind() == spec.KindUint {
			op = spec.OpEq
		}
	}
	if op == spec.OpIn {
		return spec.In(f.Name, list, spec.Null)
	}
	return spec.NewLeaf(f.Name, op, list)
}

// operand returns a constant for a field: mostly one that rows hold, sometimes
// null, sometimes of a neighbouring kind of number.
func operand(r *rand.Rand, f spec.Field) spec.Value {
	if r.IntN(12) == 0 {
		return spec.Null
	}
	if r.IntN(6) == 0 {
		switch f.Kind {
		case spec.KindInt:
			return pick(r, []spec.Value{spec.Of(uint64(1 << 63)), spec.Of(3.0), spec.Of(uint64(18446744073709551615)), spec.Of(spec.MustDecimal("7"))})
		case spec.KindFloat:
			return pick(r, []spec.Value{spec.Of(1), spec.Of(1 << 53), spec.Of(spec.MustDecimal("0.5"))})
		case spec.KindDecimal:
			return pick(r, []spec.Value{spec.Of(1), spec.Of(0.1), spec.Of(uint64(1 << 63)), spec.Of(-1.5), spec.Of(1.005)})
		case spec.KindUUID: // which MariaDB's UUID cannot hold
			return spec.Of([16]byte{0xf8, 0x92, 0x53, 0x48, 0xae, 0x8d, 0xa8, 0xf2, 0x25, 0xd1, 1, 2, 3, 4, 5, 6})
		case spec.KindTime:
			return spec.Of(time.Date(2024, 7, 1, 12, 0, 0, 123, time.UTC))
		}
	}
	if f.Name == "cents" && r.IntN(2) == 0 { // between two of what the column can hold
		return pick(r, []spec.Value{spec.Of(spec.MustDecimal("-1.005")), spec.Of(spec.MustDecimal("0.001")), spec.Of(spec.MustDecimal("-100.999")), spec.Of(1.005)})
	}
	v, err := spec.ValueOf(scalar(r, f))
	if err != nil { // what a row may hold and a constant may not
		return spec.Null
	}
	return v
}
