package spec_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func tags(s ...string) sample { return sample{Tags: s} }

// nums is a list with a null for every nil.
func nums(values ...any) sample {
	list := []*int64{}
	for _, v := range values {
		if v == nil {
			list = append(list, nil)
			continue
		}
		list = append(list, ptr(int64(v.(int))))
	}
	return sample{Nums: list}
}

func listEq(t testing.TB, field string, v any) spec.Specification {
	return spec.Eq(field, listOf(t, v))
}

var listTests = []opTest{
	{"Contains an element", spec.Contains("tags", "b"), tags("a", "b"), spec.True, "b is one"},
	{"Contains no such element", spec.Contains("tags", "c"), tags("a", "b"), spec.False, "c is none"},
	{"Contains is no substring", spec.Contains("tags", "b"), tags("abc"), spec.False, "a whole element"},
	{"Contains in the empty list", spec.Contains("tags", "a"), sample{Tags: []string{}}, spec.False, "nothing is in it"},
	{"Contains null in the empty list", spec.Contains("tags", spec.Null), sample{Tags: []string{}}, spec.False, "nothing is in it, not even null"},
	{"Contains null", spec.Contains("tags", spec.Null), tags("a"), spec.Unknown, "null is no element that can be looked for"},
	{"Contains in no list", spec.Contains("tags", "a"), sample{}, spec.Unknown, "a nil slice is null"},
	{"Contains the empty text", spec.Contains("tags", ""), tags("a"), spec.False, "as an element, not as a substring"},
	{"Contains passes over nulls", spec.Contains("nums", 2), nums(1, nil), spec.False, "nulls are passed over, not unknown"},
	{"Contains beside a null", spec.Contains("nums", 1), nums(nil, 1), spec.True, "1 is one"},
	{"Contains in nulls only", spec.Contains("nums", 1), nums(nil, nil), spec.False, "nulls are passed over"},
	{"Contains converts", spec.Contains("nums", 1.0), nums(1), spec.True, "1.0 is 1"},

	{"IsNull of a nil list", spec.IsNull("tags"), sample{}, spec.True, "a nil slice is null"},
	{"IsNull of the empty list", spec.IsNull("tags"), sample{Tags: []string{}}, spec.False, "no elements are a value"},
	{"Eq null", spec.Eq("tags", spec.Null), tags("a"), spec.Unknown, "nothing compares with null"},
}

func TestLists(t *testing.T) {
	runOpTests(t, listTests)
	runOpTests(t, []opTest{
		{"Eq element by element", listEq(t, "tags", []string{"a", "b"}), tags("a", "b"), spec.True, "the same in the same order"},
		{"Eq in another order", listEq(t, "tags", []string{"b", "a"}), tags("a", "b"), spec.False, "a list is no set"},
		{"Eq a longer list", listEq(t, "tags", []string{"a"}), tags("a", "b"), spec.False, "one is missing"},
		{"Eq the empty list", listEq(t, "tags", []string{}), sample{Tags: []string{}}, spec.True, "both have none"},
		{"Eq of a null list", listEq(t, "tags", []string{}), sample{}, spec.Unknown, "null is not the empty list"},
		{"Eq with nulls inside", listEq(t, "nums", []any{1, nil}), nums(1, nil), spec.True, "inside lists, and only there, null equals null"},
		{"Eq null inside beside a value", listEq(t, "nums", []any{nil}), nums(1), spec.False, "null is not 1"},
		{"Ne", spec.Ne("nums", listOf(t, []int{1, 2})), nums(1, 3), spec.True, "3 is not 2"},
		{"Distinct from null", spec.Distinct("nums", spec.Null), nums(), spec.True, "the empty list is a value"},
		{"Distinct", spec.Distinct("nums", listOf(t, []float64{1, 2})), nums(1, 2), spec.False, "1.0 is 1"},
		{"Lt by the first difference", spec.Lt("nums", listOf(t, []int{2, 0})), nums(1, 9), spec.True, "1 < 2 decides"},
		{"Lt of a shorter list", spec.Lt("nums", listOf(t, []int{1, 2})), nums(1), spec.True, "its end comes first"},
		{"Lt of the empty list", spec.Lt("nums", listOf(t, []int{1})), nums(), spec.True, "its end comes first"},
		{"Gte itself", spec.Gte("tags", listOf(t, []string{"a", "b"})), tags("a", "b"), spec.True, "equal"},
		{"null comes last in a list", spec.Gt("nums", listOf(t, []int{9})), nums(nil), spec.True, "as in PostgreSQL's arrays"},
		{"In lists", spec.In("nums", listOf(t, []int{1}), listOf(t, []int{1, 2})), nums(1, 2), spec.True, "one of two lists"},
		{"In no list", spec.In("nums", listOf(t, []int{1})), nums(1, 2), spec.False, "none of them"},
		{"In lists and null", spec.In("nums", listOf(t, []int{1}), spec.Null), nums(1, 2), spec.Unknown, "the null may be it"},
	})
}

func TestListsRefused(t *testing.T) {
	for name, s := range map[string]spec.Specification{
		"a text beside a list":        spec.Eq("tags", "a"),
		"a number in a list of texts": spec.Contains("tags", 1),
		"a list in a list of texts":   listEq(t, "tags", []int{1}),
		"a prefix of a list":          spec.HasPrefix("tags", "a"),
		"a pattern for a list":        spec.Matches("tags", "a"),
		"a text among lists":          spec.In("tags", "a"),
		"a list beside a text":        listEq(t, "text", []string{"a"}),
		"a list to be contained":      spec.Contains("tags", listOf(t, []string{"a"})),
		"a prefix that is a list":     spec.HasPrefix("text", listOf(t, []string{"a"})),
	} {
		if m, err := spec.Compile[sample](s); err == nil || m != nil {
			t.Errorf("%s: %v compiles", name, s)
		}
	}
}

// Without a schema a list holds whatever it holds.
func TestListsOfBareMaps(t *testing.T) {
	for _, test := range []struct {
		name string
		s    spec.Specification
		row  any
		want spec.Truth
	}{
		{"of any", spec.Contains("x", 1), []any{"1", nil, 1.0}, spec.True},
		{"elements of another kind are passed over", spec.Contains("x", 1), []any{"1", true, struct{}{}}, spec.False},
		{"of lists", spec.In("x", listOf(t, []int{1})), []any{1}, spec.True},
		{"nil of any", spec.Contains("x", 1), []any(nil), spec.Unknown},
		{"nested lists", spec.Eq("x", listOf(t, []any{[]int{1}})), []any{[]any{1.0}}, spec.True},
		{"array", spec.Contains("x", 2), [3]int{1, 2, 3}, spec.True},
		{"elements of mixed kinds in an Eq", spec.Eq("x", listOf(t, []any{1})), []any{"1"}, spec.Unknown},
		{"a difference before them", spec.Eq("x", listOf(t, []any{1, 2})), []any{2, "2"}, spec.False},
		{"a map inside", spec.Contains("x", 1), []any{map[string]any{}, 1}, spec.True},
	} {
		if have := verdict(t, test.s, map[string]any{"x": test.row}); have != test.want {
			t.Errorf("%s: %v of %v: have %v, want %v", test.name, test.s, test.row, have, test.want)
		}
	}
}
