package spec_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// The truth tables of doc.go, letter for letter.
var logicTests = []struct {
	a, b, and, or spec.Truth
}{
	{spec.True, spec.True, spec.True, spec.True},
	{spec.True, spec.False, spec.False, spec.True},
	{spec.True, spec.Unknown, spec.Unknown, spec.True},
	{spec.False, spec.True, spec.False, spec.True},
	{spec.False, spec.False, spec.False, spec.False},
	{spec.False, spec.Unknown, spec.False, spec.Unknown},
	{spec.Unknown, spec.True, spec.Unknown, spec.True},
	{spec.Unknown, spec.False, spec.False, spec.Unknown},
	{spec.Unknown, spec.Unknown, spec.Unknown, spec.Unknown},
}

// truthful is a row whose field a holds the truth wanted of Eq("a", true).
type truthful struct{ A, B, C *bool }

func holding(t spec.Truth) *bool {
	if t == spec.Unknown {
		return nil
	}
	return ptr(t == spec.True)
}

func TestTruthTables(t *testing.T) {
	a, b := spec.Eq("a", true), spec.Eq("b", true)
	for _, test := range logicTests {
		t.Run(test.a.String()+" "+test.b.String(), func(t *testing.T) {
			row := truthful{A: holding(test.a), B: holding(test.b)}
			for name, law := range map[string]struct {
				s    spec.Specification
				want spec.Truth
			}{
				"and":                  {spec.And(a, b), test.and},
				"method and":           {a.And(b), test.and},
				"or":                   {spec.Or(a, b), test.or},
				"method or":            {a.Or(b), test.or},
				"not and":              {spec.Not(spec.And(a, b)), test.and.Not()},
				"not or":               {spec.Or(a, b).Not(), test.or.Not()},
				"and three":            {spec.And(a, b, a), test.and},
				"or three":             {spec.Or(a, b, a), test.or},
				"not of a":             {spec.Not(a), test.a.Not()},
				"not true or not true": {spec.Or(a.Not(), b.Not()), test.and.Not()},
			} {
				if have := verdict(t, law.s, row); have != law.want {
					t.Errorf("%s: %v: have %v, want %v", name, law.s, have, law.want)
				}
			}
			if have := test.a.And(test.b); have != test.and {
				t.Errorf("Truth.And: have %v, want %v", have, test.and)
			}
			if have := test.a.Or(test.b); have != test.or {
				t.Errorf("Truth.Or: have %v, want %v", have, test.or)
			}
		})
	}
}

func TestTruthNot(t *testing.T) {
	for truth, want := range map[spec.Truth]spec.Truth{
		spec.True: spec.False, spec.False: spec.True, spec.Unknown: spec.Unknown,
	} {
		if have := truth.Not(); have != want {
			t.Errorf("not %v: have %v, want %v", truth, have, want)
		}
	}
	var zero spec.Truth
	if zero != spec.Unknown || zero.String() != "unknown" || spec.True.String() != "true" || spec.False.String() != "false" {
		t.Error("the zero Truth is not unknown, or a name is wrong")
	}
}

var emptyTests = []struct {
	name   string
	s      spec.Specification
	want   spec.Truth
	reason string
}{
	{"the zero Specification", spec.Specification{}, spec.False, "what nobody wrote grants nothing"},
	{"None", spec.None(), spec.False, "no row"},
	{"All", spec.All(), spec.True, "every row"},
	{"And of nothing", spec.And(), spec.True, "the neutral element of a conjunction"},
	{"Or of nothing", spec.Or(), spec.False, "no grants, no rows"},
	{"Or of no grants in a slice", spec.Or([]spec.Specification{}...), spec.False, "an empty list of roles"},
	{"In of nothing", spec.In[int]("a"), spec.False, "not unknown: an empty list holds nothing, null or not"},
	{"NotIn of nothing", spec.NotIn[int]("a"), spec.True, "even of a null, as PostgreSQL's <> ALL of an empty array"},
	{"Not None", spec.Not(spec.None()), spec.True, "constants are two-valued"},
	{"Not All", spec.Not(spec.All()), spec.False, "constants are two-valued"},
	{"Not of the zero Specification", spec.Specification{}.Not(), spec.True, "it is None"},
	{"zero Specification or All", spec.Specification{}.Or(spec.All()), spec.True, "None is neutral in Or"},
	{"zero Specification and All", spec.Specification{}.And(spec.All()), spec.False, "None absorbs in And"},
}

func TestEmpties(t *testing.T) {
	for _, test := range emptyTests {
		t.Run(test.name, func(t *testing.T) {
			if have := verdict(t, test.s, truthful{}); have != test.want {
				t.Errorf("struct: have %v, want %v: %s", have, test.want, test.reason)
			}
			if have := verdict(t, test.s, map[string]any{}); have != test.want {
				t.Errorf("map: have %v, want %v: %s", have, test.want, test.reason)
			}
			if isAll, isNone := test.s.IsAll(), test.s.IsNone(); isAll != (test.want == spec.True) || isNone != (test.want == spec.False) {
				t.Errorf("IsAll %v, IsNone %v of a constant that is %v", isAll, isNone, test.want)
			}
		})
	}
}
