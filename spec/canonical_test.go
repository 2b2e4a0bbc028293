package spec_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

var (
	p = spec.Eq("p", 1)
	q = spec.Eq("q", 2)
	r = spec.IsNull("r")
)

// Specifications that are written differently and built the same. == between
// two of them does not compile ("struct containing [0]func() cannot be
// compared"), and neither does a map with them as keys.
var canonicalTests = []struct {
	name       string
	have, want spec.Specification
	text       string
}{
	{"And flattens on the left", spec.And(spec.And(p, q), r), spec.And(p, q, r), "p == 1 && q == 2 && r is None"},
	{"And flattens on the right", spec.And(p, spec.And(q, r)), spec.And(p, q, r), "p == 1 && q == 2 && r is None"},
	{"Or flattens", spec.Or(spec.Or(p, q), spec.Or(r)), spec.Or(p, q, r), "p == 1 || q == 2 || r is None"},
	{"methods flatten", p.And(q).And(r), p.And(q, r), "p == 1 && q == 2 && r is None"},
	{"And in Or stays", spec.Or(spec.And(p, q), r), p.And(q).Or(r), "(p == 1 && q == 2) || r is None"},
	{"Or in And stays", spec.And(spec.Or(p, q), r), p.Or(q).And(r), "(p == 1 || q == 2) && r is None"},
	{"one term alone", spec.And(p), spec.Or(p), "p == 1"},
	{"what one term leaves flattens", spec.And(p, spec.Or(spec.And(q, r))), spec.And(p, q, r), "p == 1 && q == 2 && r is None"},

	{"All leaves And", spec.And(spec.All(), p, spec.All()), p, "p == 1"},
	{"None leaves Or", spec.Or(spec.None(), p, spec.Specification{}), p, "p == 1"},
	{"None absorbs And", spec.And(p, spec.None(), q), spec.None(), "!#"},
	{"the zero Specification absorbs And", spec.And(p, spec.Specification{}), spec.Specification{}, "!#"},
	{"All absorbs Or", spec.Or(p, spec.All()), spec.All(), "#"},
	{"And of All", spec.And(spec.All(), spec.All()), spec.All(), "#"},
	{"Or of None", spec.Or(spec.None()), spec.None(), "!#"},
	{"absorption goes up", spec.Or(p, spec.And(q, spec.None())), p, "p == 1"},

	{"Not Not", p.Not().Not(), p, "p == 1"},
	{"Not Not Not", p.Not().Not().Not(), spec.Not(p), "!(p == 1)"},
	{"Not All", spec.All().Not(), spec.None(), "!#"},
	{"Not None", spec.None().Not(), spec.All(), "#"},
	{"Not Not of a junction flattens again", spec.And(p, spec.And(q, r).Not().Not()), spec.And(p, q, r), "p == 1 && q == 2 && r is None"},
	{"Not stays outside", spec.Not(spec.And(p, q)), p.And(q).Not(), "!(p == 1 && q == 2)"},
	{"duplicates stay", spec.And(p, p), spec.And(p, p), "p == 1 && p == 1"},

	{"NotIn", spec.NotIn("p", 1), spec.Not(spec.In("p", 1)), "!(p in [1])"},
	{"NotNull", spec.NotNull("p"), spec.Not(spec.IsNull("p")), "!(p is None)"},
	{"Between", spec.Between("p", 1, 2), spec.And(spec.Gte("p", 1), spec.Lte("p", 2)), "p >= 1 && p <= 2"},
	{"In of nothing", spec.In[string]("p"), spec.None(), "!#"},
	{"NotIn of nothing", spec.NotIn[string]("p"), spec.All(), "#"},
	{"Overlaps of nothing", spec.Overlaps[string]("p"), spec.None(), "!#"},
	{"Overlaps with a null is unknown", spec.Overlaps("p", spec.Null, spec.Of(1)), spec.Eq("p", spec.Null), "p == None"},
	{"In null", spec.NewLeaf("p", spec.OpIn, spec.Null), spec.Eq("p", spec.Null), "p == None"},
	{"IsNull drops its value", spec.NewLeaf("p", spec.OpIsNull, spec.Of(1)), spec.IsNull("p"), "p is None"},
}

func TestCanonicalForm(t *testing.T) {
	for _, test := range canonicalTests {
		t.Run(test.name, func(t *testing.T) {
			if !test.have.Equal(test.want) || !test.want.Equal(test.have) {
				t.Errorf("have %v, want %v", test.have, test.want)
			}
			if !cmp.Equal(test.have, test.want) || !cmp.Equal([]spec.Specification{test.have}, []spec.Specification{test.want}) {
				t.Errorf("go-cmp finds a difference: %s", cmp.Diff(test.want, test.have))
			}
			if have := test.have.String(); have != test.text {
				t.Errorf("have %s, want %s", have, test.text)
			}
			if !test.have.Not().Not().Equal(test.have) {
				t.Errorf("not not %v is %v", test.have, test.have.Not().Not())
			}
		})
	}
}

// Every operator by its constructor and by NewLeaf.
func TestNewLeafIsTheConstructor(t *testing.T) {
	for op, s := range map[spec.Op]spec.Specification{
		spec.OpEq: spec.Eq("f", "x"), spec.OpNe: spec.Ne("f", "x"), spec.OpLt: spec.Lt("f", "x"), spec.OpLte: spec.Lte("f", "x"),
		spec.OpGt: spec.Gt("f", "x"), spec.OpGte: spec.Gte("f", "x"), spec.OpDistinct: spec.Distinct("f", "x"), spec.OpIn: spec.In("f", "x"),
		spec.OpIsNull: spec.IsNull("f"), spec.OpContains: spec.Contains("f", "x"), spec.OpHasPrefix: spec.HasPrefix("f", "x"),
		spec.OpHasSuffix: spec.HasSuffix("f", "x"), spec.OpMatches: spec.Matches("f", "x"),
	} {
		value := spec.Of("x")
		if op == spec.OpIn {
			value = listOf(t, []string{"x"})
		}
		if have := spec.NewLeaf("f", op, value); !have.Equal(s) {
			t.Errorf("%v: have %v, want %v", op, have, s)
		}
		if leaf, ok := s.Node().(spec.Leaf); !ok || leaf.Op != op || leaf.Field != "f" {
			t.Errorf("%v: the root is %#v", op, s.Node())
		}
	}
}

// What is different must not be Equal: each specification here is another.
func TestNotEqual(t *testing.T) {
	different := []spec.Specification{
		spec.All(), spec.None(), p, q, r, p.Not(), spec.And(p, q), spec.And(q, p), spec.Or(p, q), spec.And(p, q).Not(), spec.And(p, q, r), spec.And(p, p),
		spec.And(p, spec.Or(q, r)), spec.Or(p, spec.And(q, r)), spec.Ne("p", 1), spec.Eq("P", 1), spec.Eq("p", 2), spec.Eq("p", "1"), spec.Eq("p", 1.5),
		spec.Eq("p", 1.0), spec.Eq("p", dec("1")), spec.Eq("p", true), spec.Eq("p", spec.Null), spec.Eq("p", []byte("1")), spec.Eq("p", spec.Var("1")),
		spec.In("p", 1), spec.In("p", 1, 1), spec.In("p", 1, 2), spec.In("p", 2, 1), spec.Eq("p", listValue(1)), spec.Eq("p", listValue()),
		spec.Eq("p", uint64(math.MaxUint64)), spec.Eq("p", -1), spec.Eq("p", date(2024, 7, 1)), spec.Eq("p", 20240701), spec.Eq("p", "2024-07-01"),
		spec.Eq("p", noon), spec.Eq("p", noon.UnixMicro()), spec.Eq("p", id), spec.Eq("p", id[:]), spec.Eq("p", ""), spec.Eq("p", []byte{}),
	}
	for i, s := range different {
		for j, other := range different {
			if have := s.Equal(other); have != (i == j) {
				t.Errorf("%v equals %v: %v", s, other, have)
			}
			if have := cmp.Equal(s, other); have != (i == j) {
				t.Errorf("go-cmp: %v equals %v: %v", s, other, have)
			}
		}
	}
}

// One value, however it comes: by a constructor, by ValueOf, in any type.
func TestCanonicalValues(t *testing.T) {
	for _, same := range [][]any{
		{7, int8(7), int16(7), int32(7), int64(7), uint(7), uint8(7), uint16(7), uint32(7), uint64(7), userID(7), level(7), ptr(7), ptr(ptr(7)), valid(7), time.Duration(7), jsonNumber("7"), spec.Of(7), grade(7)},
		{uint64(math.MaxUint64), uint(math.MaxUint64), jsonNumber("18446744073709551615")},
		{0.0, math.Copysign(0, -1), float32(0), jsonNumber("-0.0"), jsonNumber("0e5")},
		{0.5, float32(0.5), ratio(0.5), jsonNumber("5e-1")},
		{dec("1.5"), dec("1.50"), dec("01.5")},
		{dec("18446744073709551616"), jsonNumber("18446744073709551616")},
		{"x", name("x"), upper("x"), ptr("x"), valid("x")},
		{"#01ff", color{1, 255}},
		{[]byte("x"), blob("x"), []level("x"), ptr([]byte("x"))},
		{noon, noon.In(tokyo), noon.Add(999), &noon, noon.Local()},
		{date(2024, 7, 1), spec.DateOf(noon)},
		{id, uuidLike(id), ptr(id)},
		{[]int{1, 2}, []any{1, uint8(2)}, [2]int{1, 2}, []*int{ptr(1), ptr(2)}, []userID{1, 2}, listValue(1, 2)},
		{[]int{}, []string{}, []any{}, [0]int{}},
		{nil, (*int)(nil), []byte(nil), []int(nil), (*time.Time)(nil), spec.Null, spec.Value{}, (*fmt.Stringer)(nil)},
		{true, flagBool(true), ptr(true)},
		{spec.Var("a"), spec.Of(spec.Var("a"))},
	} {
		want := must(spec.ValueOf(same[0]))(t)
		for _, v := range same {
			have, err := spec.ValueOf(v)
			if err != nil || !have.Equal(want) || have.Kind() != want.Kind() || have.String() != want.String() {
				t.Errorf("%T %v: have %v of kind %v (error %v), want %v of kind %v", v, v, have, have.Kind(), err, want, want.Kind())
			}
		}
	}
}
