package spec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// Lists that overlap, paths, texts but for case, and two fields of one row.
var furtherTests = []opTest{
	{"Overlaps in one", spec.Overlaps("tags", "x", "b"), tags("a", "b"), spec.True, "b is in both"},
	{"Overlaps in none", spec.Overlaps("tags", "x", "y"), tags("a", "b"), spec.False, "nothing is in both"},
	{"Overlaps with nothing", spec.Overlaps[string]("tags"), tags("a"), spec.False, "a caller without groups"},
	{"Overlaps of the empty list", spec.Overlaps("tags", "a"), sample{Tags: []string{}}, spec.False, "a resource without groups"},
	{"Overlaps null list", spec.Overlaps("tags", "a"), sample{}, spec.Unknown, "nobody knows what is in it"},
	{"Overlaps passes over null elements", spec.Overlaps("nums", 2), nums(nil, 2), spec.True, "2 is in both"},
	{"Overlaps of null and null", spec.Overlaps("nums", spec.Null, spec.Of(3)), nums(nil, 2), spec.Unknown, "what a null overlaps with, nobody knows"},
	{"Overlaps with null alone", spec.Overlaps("nums", spec.Null), nums(nil), spec.Unknown, "nobody knows, and Not must not show it"},

	{"Under itself", spec.Under("text", "a.b"), text("a.b"), spec.True, "a path is under itself"},
	{"Under a parent", spec.Under("text", "a"), text("a.b.c"), spec.True, "however far below"},
	{"Under is by labels", spec.Under("text", "1.2"), text("1.20"), spec.False, "20 is another label than 2"},
	{"Under is not above", spec.Under("text", "a.b"), text("a"), spec.False, "a is above a.b"},
	{"Under beside a wildcard", spec.Under("text", "a_b"), text("axb.c"), spec.False, "_ is a letter like any other"},
	{"Under is exact in case", spec.Under("text", "a"), text("A.b"), spec.False, "A is another label"},
	{"Under from the start", spec.Under("text", "b"), text("a.b"), spec.False, "b is not the top"},
	{"Under null", spec.Under("text", "a"), sample{}, spec.Unknown, "nobody knows where it is"},

	{"EqualFold", spec.EqualFold("text", "STRASSE"), text("strasse"), spec.True, "but for case"},
	{"EqualFold knows no ss", spec.EqualFold("text", "strasse"), text("straße"), spec.False, "simple folding changes no length"},
	{"EqualFold of the Kelvin sign", spec.EqualFold("text", "k"), text("\u212a"), spec.True, "one orbit: k, K and the sign"},
	{"EqualFold of the long s", spec.EqualFold("text", "S"), text("ſ"), spec.True, "one orbit: s, S and ſ"},
	{"EqualFold of sigma", spec.EqualFold("text", "ς"), text("Σ"), spec.True, "final or not"},
	{"EqualFold knows no Turkish", spec.EqualFold("text", "i"), text("İ"), spec.False, "İ folds to nothing else"},
	{"EqualFold of a part", spec.EqualFold("text", "a"), text("ab"), spec.False, "the whole has to be equal"},
	{"EqualFold null", spec.EqualFold("text", "a"), sample{}, spec.Unknown, "nobody knows"},
	{"ContainsFold", spec.ContainsFold("text", "ÄB"), text("xäby"), spec.True, "but for case"},
	{"ContainsFold of a wildcard", spec.ContainsFold("text", "a%"), text("Ab"), spec.False, "% is a character"},
	{"ContainsFold of nothing", spec.ContainsFold("text", ""), text("x"), spec.True, "the empty text is in every text"},
	{"ContainsFold null", spec.ContainsFold("text", "a"), sample{}, spec.Unknown, "nobody knows"},

	{"field equals itself", spec.Eq("int", spec.Ref("int")), sample{Int: ptr[int64](7)}, spec.True, "7 is 7"},
	{"null field beside itself", spec.Eq("int", spec.Ref("int")), sample{}, spec.Unknown, "null is not equal to null"},
	{"null field not distinct from itself", spec.Distinct("int", spec.Ref("int")), sample{}, spec.False, "but not distinct from it"},
}

func TestFurtherOperators(t *testing.T) { runOpTests(t, furtherTests) }

type transfer struct {
	CreatedBy  *string
	ApprovedBy *string
	Low, High  int
	Ratio      float64
	Tags, More []string
	Status     string `spec:"status,enum=open|done"`
	Mood       string `spec:"mood,enum=calm|cross"`
}

func TestTwoFields(t *testing.T) {
	fourEyes := spec.Ne("created_by", spec.Ref("approved_by"))
	rows := []transfer{
		{CreatedBy: ptr("ann"), ApprovedBy: ptr("bob"), Low: 1, High: 2},
		{CreatedBy: ptr("ann"), ApprovedBy: ptr("ann"), Low: 2, High: 2},
		{CreatedBy: ptr("ann"), Low: 3, High: 2},
	}
	for s, want := range map[string]int{
		fourEyes.String():                                             1,
		fourEyes.Not().String():                                       1,
		spec.Lte("low", spec.Ref("high")).String():                    2,
		spec.Gt("low", spec.Ref("high")).String():                     1,
		spec.Distinct("created_by", spec.Ref("approved_by")).String(): 2,
	} {
		found := 0
		for _, c := range []spec.Specification{fourEyes, fourEyes.Not(), spec.Lte("low", spec.Ref("high")), spec.Gt("low", spec.Ref("high")), spec.Distinct("created_by", spec.Ref("approved_by"))} {
			if c.String() == s {
				visible, err := spec.Filter(c, rows)
				if err != nil {
					t.Fatal(err)
				}
				found = len(visible)
			}
		}
		if found != want {
			t.Errorf("%s: %d rows, want %d", s, found, want)
		}
	}
	if have, want := fourEyes.String(), "created_by != approved_by"; have != want {
		t.Errorf("have %s, want %s", have, want)
	}
}

func TestTwoFieldsThatCannotBeCompared(t *testing.T) {
	tests := map[string]struct {
		s    spec.Specification
		want error
	}{
		"unknown field":            {spec.Eq("low", spec.Ref("nope")), spec.ErrUnknownField},
		"no field":                 {spec.Eq("low", spec.Ref("")), spec.ErrValue},
		"zero reference":           {spec.Eq("low", spec.Reference{}), spec.ErrValue},
		"two kinds":                {spec.Eq("low", spec.Ref("created_by")), spec.ErrType},
		"two kinds of numbers":     {spec.Eq("low", spec.Ref("ratio")), spec.ErrType},
		"lists":                    {spec.Eq("tags", spec.Ref("more")), spec.ErrType},
		"two enums":                {spec.Eq("status", spec.Ref("mood")), spec.ErrType},
		"order of an enum":         {spec.Lt("status", spec.Ref("status")), spec.ErrType},
		"substring of a field":     {spec.Contains("created_by", spec.Of(spec.Ref("approved_by"))), spec.ErrType},
		"list with a field":        {spec.In("low", spec.Of(spec.Ref("high"))), spec.ErrType},
		"Overlaps of no list":      {spec.Overlaps("low", 1), spec.ErrType},
		"Under a number":           {spec.Under("low", "a"), spec.ErrType},
		"Under nothing":            {spec.Under("created_by", ""), spec.ErrValue},
		"Under an empty label":     {spec.Under("created_by", "a..b"), spec.ErrValue},
		"Under a wildcard":         {spec.Under("created_by", "a.%"), spec.ErrValue},
		"Under a label of 256":     {spec.Under("created_by", strings.Repeat("a", 256)), spec.ErrValue},
		"EqualFold of an enum":     {spec.EqualFold("status", "OPEN"), spec.ErrType},
		"ContainsFold of a number": {spec.ContainsFold("low", "1"), spec.ErrType},
	}
	for name, test := range tests {
		for _, s := range []spec.Specification{test.s, test.s.Not()} {
			rows, err := spec.Filter(s, []transfer{{}})
			if !errors.Is(err, test.want) || len(rows) > 0 {
				t.Errorf("%s: have %v and %d rows, want %v", name, err, len(rows), test.want)
			}
		}
	}
	bound, err := spec.Eq("low", spec.Var("x")).Bind(func(string) (spec.Value, bool) { return spec.Of(spec.Ref("high")), true })
	if !errors.Is(err, spec.ErrUnbound) || !bound.IsNone() {
		t.Errorf("a claim that is a field: have %v, %v", bound, err)
	}
}
