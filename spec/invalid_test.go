package spec_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// invalidTests are specifications that cannot be built.
var invalidTests = map[string]struct {
	s    spec.Specification
	want error
}{
	"NaN":                        {spec.Eq("float", math.NaN()), spec.ErrValue},
	"float32 NaN":                {spec.Lt("float", float32(math.NaN())), spec.ErrValue},
	"+Inf":                       {spec.Lt("float", math.Inf(1)), spec.ErrValue},
	"-Inf":                       {spec.Gt("float", math.Inf(-1)), spec.ErrValue},
	"NUL":                        {spec.Eq("text", "a\x00b"), spec.ErrValue},
	"not UTF-8":                  {spec.Eq("text", "a\xffb"), spec.ErrValue},
	"a surrogate":                {spec.Eq("text", "\xed\xa0\x80"), spec.ErrValue},
	"too long":                   {spec.Eq("text", strings.Repeat("a", spec.MaxText+1)), spec.ErrValue},
	"too many bytes":             {spec.Eq("bytes", make([]byte, spec.MaxText+1)), spec.ErrValue},
	"named text":                 {spec.HasPrefix("text", name("\x00")), spec.ErrValue},
	"zero time":                  {spec.Gt("time", time.Time{}), spec.ErrValue},
	"zero time when cut":         {spec.Gt("time", time.Time{}.Add(999)), spec.ErrValue},
	"zero time elsewhere":        {spec.Gt("time", time.Time{}.In(berlin)), spec.ErrValue},
	"year 10000":                 {spec.Lt("time", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)), spec.ErrValue},
	"year 10000 in UTC":          {spec.Lt("time", time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -2*3600))), spec.ErrValue},
	"year 0":                     {spec.Gt("time", time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)), spec.ErrValue},
	"30 February":                {spec.Eq("date", date(2024, 2, 30)), spec.ErrValue},
	"zero date":                  {spec.Gt("date", spec.Date{}), spec.ErrValue},
	"date of the year 10000":     {spec.Lt("date", date(10000, 1, 1)), spec.ErrValue},
	"variable without a name":    {spec.Eq("text", spec.Var("")), spec.ErrValue},
	"zero variable":              {spec.In("text", spec.Variable{}), spec.ErrValue},
	"variable with a NUL":        {spec.Eq("text", spec.Var("a\x00")), spec.ErrValue},
	"raw JSON":                   {spec.Eq("bytes", json.RawMessage("1")), spec.ErrValue},
	"one of a list":              {spec.In("float", 1, math.NaN()), spec.ErrValue},
	"one of a NotIn":             {spec.NotIn("text", "a", "\x00"), spec.ErrValue},
	"lists in lists":             {spec.In("tags", nestedList(spec.MaxDepth)), spec.ErrValue},
	"low end":                    {spec.Between("float", math.NaN(), 1), spec.ErrValue},
	"high end":                   {spec.Between("float", 1, math.NaN()), spec.ErrValue},
	"distinct":                   {spec.Distinct("float", math.NaN()), spec.ErrValue},
	"empty field":                {spec.Eq("", 1), spec.ErrUnknownField},
	"empty field of IsNull":      {spec.IsNull(""), spec.ErrUnknownField},
	"empty field of In":          {spec.In("", 1), spec.ErrUnknownField},
	"empty field of empty NotIn": {spec.NotIn[int](""), spec.ErrUnknownField},
	"field too long":             {spec.Eq(strings.Repeat("f", 257), 1), spec.ErrUnknownField},
	"field that is not UTF-8":    {spec.Eq("f\xff", 1), spec.ErrUnknownField},
	"bad pattern":                {spec.Matches("text", "a)|(b"), spec.ErrPattern},
	"a field in a list":          {spec.In("text", spec.Ref("tags")), spec.ErrType},
	"a field deep in a list":     {spec.Eq("tags", listValue([]any{spec.Ref("text")})), spec.ErrType},
	"no operator":                {spec.NewLeaf("text", 0, spec.Null), spec.ErrType},
	"operator beyond the last":   {spec.NewLeaf("text", spec.OpContainsFold+1, spec.Null), spec.ErrType},
}

// An invalid part makes the whole invalid, wherever it stands.
func TestInvalidSwallowsEverything(t *testing.T) {
	all := []sample{{}, text("a"), float(1), {Text: ptr("a"), Float: ptr(1.0), Time: &noon, Bytes: []byte{}, Date: ptr(date(2024, 1, 1))}}
	for name, test := range invalidTests {
		for how, s := range map[string]spec.Specification{
			"itself": test.s, "not": spec.Not(test.s), "not not": test.s.Not().Not(),
			"or all": spec.Or(test.s, spec.All()), "all or": spec.Or(spec.All(), test.s), "all.Or": spec.All().Or(test.s),
			"and none": spec.And(test.s, spec.None()), "none and": spec.And(spec.None(), test.s), "not none and": spec.Not(spec.And(spec.None(), test.s)),
			"zero.And": spec.Specification{}.And(test.s), "not zero.And": spec.Specification{}.And(test.s).Not(),
			"alone in and": spec.And(test.s), "alone in or": spec.Or(test.s),
			"deeper": spec.Not(spec.Or(spec.And(spec.IsNull("text"), spec.Not(test.s)), spec.IsNull("int"))),
		} {
			if err := s.Err(); !errors.Is(err, test.want) {
				t.Errorf("%s, %s: have the error %v, want %v", name, how, err, test.want)
			}
			if s.IsAll() || s.IsNone() || s.Equal(s) || len(s.Vars()) > 0 {
				t.Errorf("%s, %s: IsAll %v, IsNone %v, Equal %v, Vars %v of what is nothing", name, how, s.IsAll(), s.IsNone(), s.Equal(s), s.Vars())
			}
			if !strings.HasPrefix(s.String(), "!error(") {
				t.Errorf("%s, %s: %v reads as a specification", name, how, s)
			}
			matchesNothing(t, name+", "+how, s, all)
			matchesNothing(t, name+", "+how+" (pointers)", s, []*sample{{}, &all[3], nil})
			matchesNothing(t, name+", "+how+" (maps)", s, []map[string]any{nil, {}, {"text": "a"}})
		}
	}
}

// matchesNothing uses s as a program that ignores every error does.
func matchesNothing[T any](t *testing.T, name string, s spec.Specification, rows []T) {
	t.Helper()
	if have, err := spec.Filter(s, rows); err == nil || len(have) > 0 {
		t.Errorf("%s: Filter gives %d rows, error %v", name, len(have), err)
	}
	m, _ := spec.Compile[T](s)
	checkMatcherOfNothing(t, name, m, rows)
	bound, _ := s.Bind(func(string) (spec.Value, bool) { return spec.Null, true })
	if have, _ := spec.Filter(bound, rows); len(have) > 0 {
		t.Errorf("%s: bound, Filter gives %d rows", name, len(have))
	}
	resolved, _ := (*spec.Schema)(nil).Resolve(s)
	if have, _ := spec.Filter(resolved, rows); len(have) > 0 {
		t.Errorf("%s: resolved, Filter gives %d rows", name, len(have))
	}
}

func checkMatcherOfNothing[T any](t *testing.T, name string, m *spec.Matcher[T], rows []T) {
	t.Helper()
	for i := range rows {
		if m.Match(&rows[i]) || m.Truth(&rows[i]) != spec.Unknown || m.Explain(&rows[i]).Visible() {
			t.Errorf("%s: a matcher of nothing matches row %d", name, i)
		}
	}
	if have := m.Filter(rows); len(have) > 0 || have == nil {
		t.Errorf("%s: a matcher of nothing gives %d rows", name, len(have))
	}
	for range m.Seq(func(yield func(T) bool) { _ = yield(rows[0]) }) {
		t.Errorf("%s: a matcher of nothing yields a row", name)
	}
}

func TestZeroAndNilMatcher(t *testing.T) {
	rows := []sample{{}, text("a")}
	checkMatcherOfNothing(t, "zero", &spec.Matcher[sample]{}, rows)
	checkMatcherOfNothing(t, "nil", (*spec.Matcher[sample])(nil), rows)
	checkMatcherOfNothing(t, "zero of maps", &spec.Matcher[map[string]any]{}, []map[string]any{{}})
}

// The edges of what is still valid.
func TestEdgesOfValid(t *testing.T) {
	for name, s := range map[string]spec.Specification{
		"longest text":         spec.Eq("x", strings.Repeat("a", spec.MaxText)),
		"longest bytes":        spec.Eq("x", make([]byte, spec.MaxText)),
		"bytes with a NUL":     spec.Eq("x", []byte{0, 255}),
		"deepest list":         spec.Eq("x", nestedList(spec.MaxDepth)),
		"longest field":        spec.Eq(strings.Repeat("f", 256), 1),
		"field with a space":   spec.Eq(" a\tb\"`", 1),
		"greatest float":       spec.Eq("x", math.MaxFloat64),
		"least float":          spec.Eq("x", math.SmallestNonzeroFloat64),
		"first instant":        spec.Eq("x", time.Date(1, 1, 1, 0, 0, 0, 1000, time.UTC)),
		"last instant":         spec.Eq("x", time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC)),
		"first day":            spec.Eq("x", date(1, 1, 1)),
		"last day":             spec.Eq("x", date(9999, 12, 31)),
		"replacement":          spec.Eq("x", "\ufffd"),
		"noncharacter":         spec.Eq("x", "\uffff"),
		"a hundred thousand":   spec.In("x", make([]int, 100_000)...),
		"null in every place":  spec.And(spec.Eq("x", spec.Null), spec.In("x", spec.Null), spec.Matches("x", spec.Null), spec.Contains("x", spec.Null)),
		"list with a variable": spec.In("x", spec.Var("a"), spec.Var("b")),
	} {
		if err := s.Err(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
