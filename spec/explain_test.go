package spec_test

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

func TestExplain(t *testing.T) {
	s := spec.Or(
		spec.And(spec.Eq("int", 7), spec.Not(spec.In("text", spec.Of("ann"), spec.Null))),
		spec.IsNull("time"), spec.Lt("float", 1), spec.Eq("bool", spec.Null), spec.Ne("date", date(2024, 7, 1)),
	)
	row := sample{Int: ptr[int64](7), Text: ptr("bob"), Time: &noon, Float: ptr(math.NaN()), Bool: ptr(true), Date: &spec.Date{}}
	have := must(spec.Compile[sample](s))(t).Explain(&row)
	want := `true     int == 7    (it is 7)
unknown  text in ["ann", None]    (the list has a None)
false    'time' is None    (it is time("2024-07-01T12:00:00Z"))
unknown  float < 1.0    (the row has not a number)
unknown  bool == None    (nothing compares with None)
unknown  'date' != date("2024-07-01")    (the row has a date that is not a day of the years 1 to 9999)
unknown  not visible
`
	want = strings.ReplaceAll(want, "'", "`")
	if diff := cmp.Diff(want, have.String()); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
	if have.Visible() || have.Truth != spec.Unknown || len(have.Leaves) != 6 {
		t.Errorf("visible %v, %v, %d leaves", have.Visible(), have.Truth, len(have.Leaves))
	}
}

// Explain looks at every leaf, also where another has decided.
func TestExplainHasNoShortCuts(t *testing.T) {
	for _, s := range []spec.Specification{spec.Or(spec.IsNull("int"), spec.Eq("text", "x"), spec.Gt("int", 5)), spec.And(spec.Eq("int", 1), spec.Eq("text", "x"), spec.Gt("int", 5))} {
		e := must(spec.Compile[sample](s))(t).Explain(&sample{})
		if len(e.Leaves) != 3 {
			t.Errorf("%v: %d leaves, want 3", s, len(e.Leaves))
		}
		for _, leaf := range e.Leaves {
			if (leaf.Reason == "") != (leaf.Truth != spec.Unknown) || !leaf.Seen.IsNull() {
				t.Errorf("%v: truth %v, seen %v, reason %q", leaf.Part.(spec.Leaf), leaf.Truth, leaf.Seen, leaf.Reason)
			}
		}
	}
	all := must(spec.Compile[sample](spec.All()))(t).Explain(&sample{})
	if !all.Visible() || len(all.Leaves) > 0 || !strings.Contains(all.String(), "visible") {
		t.Errorf("All: %v", all)
	}
}

// What Explain has seen is the value in canonical form, of the kind of the field.
func TestExplainSeen(t *testing.T) {
	row := everyType{Price: "12.50", Stamp: "2024-07-01T14:00:00+02:00", Int8: 3, Strings: []string{"a"}}
	for _, test := range []struct {
		field string
		want  spec.Value
	}{
		{"price", spec.Of(dec("12.5"))}, {"stamp", spec.Of(noon)}, {"int8", spec.Of(3)}, {"strings", listValue("a")}, {"bytes", spec.Null},
		{"cents", spec.Of(dec("0"))}, {"float32", spec.Of(0.0)}, {"uuid", spec.Of([16]byte{})}, {"array", listValue(0, 0, 0)},
	} {
		e := must(spec.Compile[everyType](spec.IsNull(test.field)))(t).Explain(&row)
		if have := e.Leaves[0].Seen; !have.Equal(test.want) {
			t.Errorf("%s: seen %v of kind %v, want %v of kind %v", test.field, have, have.Kind(), test.want, test.want.Kind())
		}
	}
}
