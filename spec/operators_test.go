package spec_test

import (
	"errors"
	"math"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// Every operator beside null, a match, no match: the heart of the contract.
var operatorTests = []opTest{
	{"Eq null field", spec.Eq("int", 7), sample{}, spec.Unknown, "nobody knows what a null is"},
	{"Eq match", spec.Eq("int", 7), sample{Int: ptr[int64](7)}, spec.True, "7 is 7"},
	{"Eq no match", spec.Eq("int", 7), sample{Int: ptr[int64](8)}, spec.False, "8 is not 7"},
	{"Eq null value", spec.Eq("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "a caller without an account"},
	{"Eq null beside null", spec.Eq("int", spec.Null), sample{}, spec.Unknown, "must not see the rows without one"},

	{"Ne null field", spec.Ne("int", 7), sample{}, spec.Unknown, "a null is not known to differ"},
	{"Ne match", spec.Ne("int", 7), sample{Int: ptr[int64](8)}, spec.True, "8 is not 7"},
	{"Ne no match", spec.Ne("int", 7), sample{Int: ptr[int64](7)}, spec.False, "7 is 7"},
	{"Ne null value", spec.Ne("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "null differs from nothing"},

	{"Lt null field", spec.Lt("int", 7), sample{}, spec.Unknown, "null has no place in an order"},
	{"Lt match", spec.Lt("int", 7), sample{Int: ptr[int64](6)}, spec.True, "6 < 7"},
	{"Lt at the bound", spec.Lt("int", 7), sample{Int: ptr[int64](7)}, spec.False, "the bound does not belong to it"},
	{"Lt null value", spec.Lt("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "no bound known"},

	{"Lte null field", spec.Lte("int", 7), sample{}, spec.Unknown, "null has no place in an order"},
	{"Lte at the bound", spec.Lte("int", 7), sample{Int: ptr[int64](7)}, spec.True, "the bound belongs to it"},
	{"Lte no match", spec.Lte("int", 7), sample{Int: ptr[int64](8)}, spec.False, "8 > 7"},
	{"Lte null value", spec.Lte("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "no bound known"},

	{"Gt null field", spec.Gt("int", 7), sample{}, spec.Unknown, "null has no place in an order"},
	{"Gt match", spec.Gt("int", 7), sample{Int: ptr[int64](8)}, spec.True, "8 > 7"},
	{"Gt at the bound", spec.Gt("int", 7), sample{Int: ptr[int64](7)}, spec.False, "the bound does not belong to it"},
	{"Gt null value", spec.Gt("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "no bound known"},

	{"Gte null field", spec.Gte("int", 7), sample{}, spec.Unknown, "null has no place in an order"},
	{"Gte at the bound", spec.Gte("int", 7), sample{Int: ptr[int64](7)}, spec.True, "the bound belongs to it"},
	{"Gte no match", spec.Gte("int", 7), sample{Int: ptr[int64](6)}, spec.False, "6 < 7"},
	{"Gte null value", spec.Gte("int", spec.Null), sample{Int: ptr[int64](7)}, spec.Unknown, "no bound known"},

	{"Between null field", spec.Between("int", 2, 5), sample{}, spec.Unknown, "null has no place in an order"},
	{"Between low end", spec.Between("int", 2, 5), sample{Int: ptr[int64](2)}, spec.True, "both ends belong to it"},
	{"Between high end", spec.Between("int", 2, 5), sample{Int: ptr[int64](5)}, spec.True, "both ends belong to it"},
	{"Between outside", spec.Between("int", 2, 5), sample{Int: ptr[int64](6)}, spec.False, "6 > 5"},
	{"Between reversed", spec.Between("int", 5, 2), sample{Int: ptr[int64](3)}, spec.False, "nothing lies between reversed bounds"},
	{"Between reversed, null field", spec.Between("int", 5, 2), sample{}, spec.Unknown, "SQL says the same: the bounds are not looked at first"},
	{"Between with one null bound, outside the other", spec.Between("int", spec.Of(2), spec.Null), sample{Int: ptr[int64](1)}, spec.False, "false and unknown is false"},
	{"Between with one null bound, inside the other", spec.Between("int", spec.Of(2), spec.Null), sample{Int: ptr[int64](3)}, spec.Unknown, "true and unknown is unknown"},

	{"Distinct null field", spec.Distinct("int", 7), sample{}, spec.True, "null differs from every value"},
	{"Distinct same", spec.Distinct("int", 7), sample{Int: ptr[int64](7)}, spec.False, "7 is 7"},
	{"Distinct other", spec.Distinct("int", 7), sample{Int: ptr[int64](8)}, spec.True, "8 is not 7"},
	{"Distinct null value", spec.Distinct("int", spec.Null), sample{Int: ptr[int64](7)}, spec.True, "a value differs from null"},
	{"Distinct null beside null", spec.Distinct("int", spec.Null), sample{}, spec.False, "and null not from null"},

	{"In null field", spec.In("int", 1, 7), sample{}, spec.Unknown, "a null may be anything"},
	{"In member", spec.In("int", 1, 7), sample{Int: ptr[int64](7)}, spec.True, "7 is in the list"},
	{"In no member", spec.In("int", 1, 7), sample{Int: ptr[int64](8)}, spec.False, "8 is not"},
	{"In member beside a null", spec.In("int", spec.Null, spec.Of(7)), sample{Int: ptr[int64](7)}, spec.True, "one match is enough"},
	{"In no member beside a null", spec.In("int", spec.Of(7), spec.Null), sample{Int: ptr[int64](8)}, spec.Unknown, "the null may be 8"},
	{"In only null", spec.In("int", spec.Null), sample{Int: ptr[int64](8)}, spec.Unknown, "the null may be 8"},
	{"In only null, null field", spec.In("int", spec.Null), sample{}, spec.Unknown, "null equals nothing, itself included"},
	{"In of nothing, null field", spec.In[int]("int"), sample{}, spec.False, "nothing is in no list"},
	{"NotIn no member", spec.NotIn("int", 1, 7), sample{Int: ptr[int64](8)}, spec.True, "8 is not in the list"},
	{"NotIn beside a null", spec.NotIn("int", spec.Of(7), spec.Null), sample{Int: ptr[int64](8)}, spec.Unknown, "never true with a null in the list"},

	{"IsNull null", spec.IsNull("int"), sample{}, spec.True, "it is"},
	{"IsNull value", spec.IsNull("int"), sample{Int: ptr[int64](0)}, spec.False, "zero is a value"},
	{"NotNull value", spec.NotNull("text"), sample{Text: ptr("")}, spec.True, "the empty text is a value"},
	{"NotNull null", spec.NotNull("text"), sample{}, spec.False, "two-valued"},

	{"Contains null field", spec.Contains("text", "x"), sample{}, spec.Unknown, "no text to look into"},
	{"Contains null value", spec.Contains("text", spec.Null), sample{Text: ptr("x")}, spec.Unknown, "nothing to look for"},
	{"HasPrefix null field", spec.HasPrefix("text", "x"), sample{}, spec.Unknown, "no text to look into"},
	{"HasPrefix null value", spec.HasPrefix("text", spec.Null), sample{Text: ptr("x")}, spec.Unknown, "nothing to look for"},
	{"HasSuffix null field", spec.HasSuffix("text", "x"), sample{}, spec.Unknown, "no text to look into"},
	{"HasSuffix null value", spec.HasSuffix("text", spec.Null), sample{Text: ptr("x")}, spec.Unknown, "nothing to look for"},
	{"Matches null field", spec.Matches("text", "x"), sample{}, spec.Unknown, "no text to look into"},
	{"Matches null value", spec.Matches("text", spec.Null), sample{Text: ptr("x")}, spec.Unknown, "no pattern"},
	{"Matches null field, empty pattern", spec.Matches("text", ""), sample{}, spec.Unknown, "the empty pattern is no test for null"},
}

func TestOperators(t *testing.T) { runOpTests(t, operatorTests) }

// otherKindTests: the value is not of the field's kind. Where the kind is known
// that is an error, where it is not it is unknown, and so is its negation.
var otherKindTests = []struct {
	name string
	s    spec.Specification
	row  any
}{
	{"Eq text beside a number", spec.Eq("x", "7"), 7},
	{"Eq number beside a text", spec.Eq("x", 7), "7"},
	{"Eq bool beside a number", spec.Eq("x", true), 1},
	{"Eq number beside a bool", spec.Eq("x", 1), true},
	{"Eq text beside bytes", spec.Eq("x", "a"), []byte("a")},
	{"Ne text beside a number", spec.Ne("x", "7"), 8},
	{"Lt text beside a number", spec.Lt("x", "7"), 6},
	{"Lte text beside a number", spec.Lte("x", "7"), 6},
	{"Gt text beside a number", spec.Gt("x", "7"), 8},
	{"Gte text beside a number", spec.Gte("x", "7"), 8},
	{"Distinct text beside a number", spec.Distinct("x", "7"), 8},
	{"In texts beside a number", spec.In("x", "7", "8"), 9},
	{"In with one of another kind, no member", spec.In("x", spec.Of(7), spec.Of("8")), 9},
	{"Contains text beside a number", spec.Contains("x", "7"), 7},
	{"Contains number beside a text", spec.Contains("x", 7), "7"},
	{"Overlaps beside a text", spec.Overlaps("x", "a", "b"), "a"},
	{"Under beside a number", spec.Under("x", "7"), 7},
	{"EqualFold beside bytes", spec.EqualFold("x", "a"), []byte("a")},
	{"ContainsFold beside a list", spec.ContainsFold("x", "a"), []string{"a"}},
	{"Eq of two fields of two kinds", spec.Eq("x", spec.Ref("y")), 7},
	{"HasPrefix beside a number", spec.HasPrefix("x", "7"), 7},
	{"HasSuffix beside a number", spec.HasSuffix("x", "7"), 7},
	{"Matches beside a number", spec.Matches("x", "7"), 7},
	{"Matches beside a list", spec.Matches("x", "7"), []string{"7"}},
	{"Eq beside a nested map", spec.Eq("x", "7"), map[string]any{"y": "7"}},
	{"Eq beside not-a-number", spec.Eq("x", 7), math.NaN()},
	{"Ne beside not-a-number", spec.Ne("x", 7), math.NaN()},
	{"Distinct beside not-a-number", spec.Distinct("x", 7), math.NaN()},
	{"Eq beside a struct", spec.Eq("x", 7), struct{ A int }{7}},
}

func TestOtherKindsAreUnknown(t *testing.T) {
	for _, test := range otherKindTests {
		t.Run(test.name, func(t *testing.T) {
			row := map[string]any{"x": test.row}
			if have := verdict(t, test.s, row); have != spec.Unknown {
				t.Errorf("%v of %v: have %v, want unknown", test.s, test.row, have)
			}
			if have := verdict(t, spec.Not(test.s), row); have != spec.Unknown {
				t.Errorf("not %v of %v: have %v, want unknown: a negation must not grant", test.s, test.row, have)
			}
		})
	}
}

func TestOtherKindMemberIsFound(t *testing.T) {
	s := spec.In("x", spec.Of("8"), spec.Of(7))
	if have := verdict(t, s, map[string]any{"x": 7}); have != spec.True {
		t.Errorf("have %v, want true: one match is enough, whatever else is in the list", have)
	}
}

// A row value of another kind than the schema declares is present, and compares
// with nothing.
func TestRowOfOtherKindThanDeclared(t *testing.T) {
	sc := must(spec.NewSchema(spec.Field{Name: "x", Kind: spec.KindInt}))(t)
	for _, s := range []spec.Specification{spec.Eq("x", 7), spec.Ne("x", 7), spec.In("x", 7), spec.Lt("x", 9), spec.Distinct("x", 7)} {
		for _, value := range []any{"7", true, 7.5, []int{7}, []byte("7"), map[string]any{}} {
			if have := verdict(t, s, map[string]any{"x": value}, spec.WithSchema(sc)); have != spec.Unknown {
				t.Errorf("%v of %#v: have %v, want unknown", s, value, have)
			}
		}
	}
	if have := verdict(t, spec.Eq("x", 7), map[string]any{"x": 7.0}, spec.WithSchema(sc)); have != spec.True {
		t.Errorf("have %v, want true: 7.0 is the integer 7, as JSON decodes it", have)
	}
}

// Of a field whose kind is known, the same is refused before any row is read.
func TestOtherKindsAreRefused(t *testing.T) {
	type numbers struct{ X int64 }
	for _, s := range []spec.Specification{
		spec.Eq("x", "7"), spec.Ne("x", true), spec.Lt("x", "7"), spec.Distinct("x", "7"), spec.In("x", "7"),
		spec.In("x", spec.Of(7), spec.Of("8")), spec.Contains("x", 7), spec.HasPrefix("x", "7"),
		spec.HasSuffix("x", "7"), spec.Matches("x", "7"), spec.Eq("x", 7.5), spec.Eq("x", 1e300), spec.Eq("x", listOf(t, []int{7})),
	} {
		for _, s := range []spec.Specification{s, spec.Not(s), spec.Or(spec.Eq("x", 1), s)} {
			if _, err := spec.Compile[numbers](s); !errors.Is(err, spec.ErrType) {
				t.Errorf("%v: have %v, want ErrType", s, err)
			}
			rows, _ := spec.Filter(s, []numbers{{7}, {8}})
			if len(rows) != 0 {
				t.Errorf("%v: %d rows beside an error", s, len(rows))
			}
		}
	}
}
