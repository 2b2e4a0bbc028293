package spec_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

// claims is what a template is bound to.
var claims = map[string]spec.Value{
	"account": spec.Of(7), "name": spec.Of("ann"), "null": spec.Null, "ids": listValue(1, 2, 3), "none": listValue(), "nulls": listValue(1, nil),
	"invalid": spec.Of(math.NaN()), "variable": spec.Of(spec.Var("account")), "hidden variable": listValue(spec.Var("account")), "pattern": spec.Of("a)|(b"),
	"user.name": spec.Of("ann"), "lists": listValue([]int{1}, []int{2}), "date": spec.Of("2024-07-01"),
}

func lookup(name string) (spec.Value, bool) {
	v, ok := claims[name]
	return v, ok
}

var bindTests = []struct {
	name       string
	s, want    spec.Specification
	reason     string
	parameters []string
}{
	{"a value", spec.Eq("f", spec.Var("account")), spec.Eq("f", 7), "what Eq would have built", []string{"account"}},
	{"a path", spec.HasPrefix("f", spec.Var("user.name")), spec.HasPrefix("f", "ann"), "a dot is part of a name", []string{"user.name"}},
	{"under Not", spec.Not(spec.Ne("f", spec.Var("name"))), spec.Ne("f", "ann").Not(), "wherever it stands", []string{"name"}},
	{"twice", spec.Eq("f", spec.Var("name")).Or(spec.Eq("g", spec.Var("name"))), spec.Eq("f", "ann").Or(spec.Eq("g", "ann")), "each is filled in", []string{"name"}},
	{"null", spec.Eq("f", spec.Var("null")), spec.Eq("f", spec.Null), "bound, and unknown of every row", []string{"null"}},
	{"between", spec.Between("f", spec.Of(1), spec.Of(spec.Var("account"))), spec.Between("f", 1, 7), "one end is a constant", []string{"account"}},

	{"spliced", spec.In("f", spec.Var("ids")), spec.In("f", 1, 2, 3), "a list stands for its elements", []string{"ids"}},
	{"spliced among others", spec.In("f", spec.Of(0), spec.Of(spec.Var("ids")), spec.Of(spec.Var("account"))), spec.In("f", 0, 1, 2, 3, 7), "in its place", []string{"account", "ids"}},
	{"spliced with a null inside", spec.In("f", spec.Var("nulls")), spec.In("f", spec.Of(1), spec.Null), "the null stays", []string{"nulls"}},
	{"null in a list", spec.In("f", spec.Var("null"), spec.Var("account")), spec.In("f", spec.Null, spec.Of(7)), "an element, not nothing", []string{"account", "null"}},
	{"the list as a whole", spec.NewLeaf("f", spec.OpIn, spec.Of(spec.Var("ids"))), spec.In("f", 1, 2, 3), "In $ids", []string{"ids"}},
	{"lists of lists", spec.In("f", spec.Var("lists")), spec.In("f", listValue(1), listValue(2)), "one level is spliced", []string{"lists"}},
	{"a list for Eq", spec.Eq("f", spec.Var("ids")), spec.Eq("f", listValue(1, 2, 3)), "a list column", []string{"ids"}},
	{"inside a list value", spec.Eq("f", listValue(0, spec.Var("account"))), spec.Eq("f", listValue(0, 7)), "Eq of a list", []string{"account"}},

	{"no elements", spec.In("f", spec.Var("none")), spec.None(), "In of nothing is None", []string{"none"}},
	{"no elements as a whole", spec.NewLeaf("f", spec.OpIn, spec.Of(spec.Var("none"))), spec.None(), "In of nothing is None", []string{"none"}},
	{"no elements beside one", spec.In("f", spec.Var("none"), spec.Var("account")), spec.In("f", 7), "none are added", []string{"account", "none"}},
	{"no elements, negated", spec.NotIn("f", spec.Var("none")), spec.All(), "nothing is excluded", []string{"none"}},
	{"no elements in And", spec.In("f", spec.Var("none")).And(p), spec.None(), "absorbs, as if it had been written so", []string{"none"}},
	{"no elements in Or", spec.In("f", spec.Var("none")).Or(p), p, "leaves, as if it had been written so", []string{"none"}},
	{"the whole list null", spec.NewLeaf("f", spec.OpIn, spec.Of(spec.Var("null"))), spec.Eq("f", spec.Null), "a list nobody knows: unknown, also negated", []string{"null"}},
	{"nothing to bind", spec.And(p, q), spec.And(p, q), "unchanged", nil},
}

func TestBind(t *testing.T) {
	for _, test := range bindTests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.parameters, test.s.Vars()); diff != "" {
				t.Errorf("variables (-want +have):\n%s", diff)
			}
			before := test.s.String()
			have, err := test.s.Bind(lookup)
			if err != nil || !have.Equal(test.want) {
				t.Errorf("have %v (error %v), want %v: %s", have, err, test.want, test.reason)
			}
			if len(have.Vars()) > 0 || test.s.String() != before {
				t.Errorf("left %v, the template is now %v", have.Vars(), test.s)
			}
		})
	}
}

func TestBindFails(t *testing.T) {
	for _, test := range []struct {
		name   string
		s      spec.Specification
		want   error
		reason string
	}{
		{"unknown name", spec.Eq("f", spec.Var("acount")), spec.ErrUnbound, "a claim the caller does not have"},
		{"unknown name in a list", spec.In("f", spec.Var("ids"), spec.Var("acount")), spec.ErrUnbound, "wherever it stands"},
		{"unknown name under Or(All)", spec.Or(p, spec.Not(spec.Eq("f", spec.Var("acount")))), spec.ErrUnbound, "wherever it stands"},
		{"first of two", spec.And(spec.Eq("f", spec.Var("acount")), spec.Eq("f", spec.Var("name"))), spec.ErrUnbound, "one is enough"},
		{"bound to a variable", spec.Eq("f", spec.Var("variable")), spec.ErrUnbound, "nothing would fill that in"},
		{"bound to a list with a variable", spec.In("f", spec.Var("hidden variable")), spec.ErrUnbound, "nothing would fill that in"},
		{"bound to what is invalid", spec.Eq("f", spec.Var("invalid")), spec.ErrUnbound, "no value"},
		{"bound to what is invalid in a list", spec.NotIn("f", spec.Var("invalid")), spec.ErrUnbound, "no value"},
		{"a number for a text", spec.HasPrefix("f", spec.Var("account")), spec.ErrType, "what HasPrefix would say"},
		{"a list for Contains", spec.Contains("f", spec.Var("ids")), spec.ErrType, "what Contains would say"},
		{"a value for a list", spec.NewLeaf("f", spec.OpIn, spec.Of(spec.Var("account"))), spec.ErrType, "what NewLeaf would say"},
		{"a pattern that is none", spec.Not(spec.Matches("f", spec.Var("pattern"))), spec.ErrPattern, "what Matches would say"},
		{"an error from before", spec.And(spec.Eq("f", math.NaN()), spec.Eq("f", spec.Var("name"))), spec.ErrValue, "it stays"},
	} {
		have, err := test.s.Bind(lookup)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: have the error %v, want %v: %s", test.name, err, test.want, test.reason)
		}
		for _, s := range []spec.Specification{have, have.And(spec.All()), spec.Or(have)} {
			if rows, _ := spec.Filter(s, []map[string]any{{}, {"f": 7}, {"f": "ann"}}); len(rows) > 0 {
				t.Errorf("%s: what Bind returned beside its error matches %d rows", test.name, len(rows))
			}
		}
	}
}

// A bound value is checked against the field as any other.
func TestBoundValuesAreResolved(t *testing.T) {
	s := must(spec.And(spec.Gte("date", spec.Var("date")), spec.In("int", spec.Var("ids"))).Bind(lookup))(t)
	row := sample{Date: ptr(date(2024, 7, 1)), Int: ptr[int64](2)}
	if have := verdict(t, s, row); have != spec.True {
		t.Errorf("have %v, want true", have)
	}
	wrong := must(spec.Eq("int", spec.Var("ids")).Bind(lookup))(t)
	if _, err := spec.Compile[sample](wrong); !errors.Is(err, spec.ErrType) {
		t.Errorf("a list beside an int: have %v, want ErrType", err)
	}
}

func TestVars(t *testing.T) {
	s := spec.And(spec.In("f", spec.Var("c"), spec.Var("a")), spec.Not(spec.Eq("f", spec.Var("b")).Or(spec.Eq("g", spec.Var("a")))))
	if diff := cmp.Diff([]string{"a", "b", "c"}, s.Vars()); diff != "" {
		t.Errorf("sorted, each once (-want +have):\n%s", diff)
	}
	if spec.Var("a").Name() != "a" || (spec.Variable{}).Name() != "" {
		t.Error("the name of a variable")
	}
	calls := 0
	_, err := p.And(q).Bind(func(string) (spec.Value, bool) { calls++; return spec.Null, true })
	if calls > 0 || err != nil {
		t.Errorf("%d look-ups for a specification without variables, error %v", calls, err)
	}
}

// Beside an error stands None, also where the bound value makes a leaf invalid.
func TestBindReturnsTheZeroSpecification(t *testing.T) {
	for _, s := range []spec.Specification{spec.Contains("f", spec.Var("ids")), spec.HasPrefix("f", spec.Var("account")), spec.Matches("f", spec.Var("pattern"))} {
		if have, err := s.Bind(lookup); err == nil || !have.IsNone() {
			t.Errorf("%v: have %v beside the error %v, want None", s, have, err)
		}
	}
}
