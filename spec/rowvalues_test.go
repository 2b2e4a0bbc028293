package spec_test

import (
	"database/sql"
	"math"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// A row may hold what no value can, behind whatever type it holds it.
func TestRowsHoldWhatNoValueCan(t *testing.T) {
	nul, inf, nan, zero := "a\x00b", math.Inf(1), math.NaN(), time.Time{}
	for name, test := range map[string]struct {
		s    spec.Specification
		row  any
		want spec.Truth
	}{
		"text with a NUL":                 {spec.HasPrefix("x", "a"), nul, spec.True},
		"pointer to a text with a NUL":    {spec.HasPrefix("x", "a"), &nul, spec.True},
		"NullString with a NUL":           {spec.HasPrefix("x", "a"), sql.NullString{String: nul, Valid: true}, spec.True},
		"texts, one with a NUL":           {spec.Contains("x", "a"), []string{"a", nul}, spec.True},
		"texts, one with a NUL, not null": {spec.NotNull("x"), []string{"a", nul}, spec.True},
		"anything, one text with a NUL":   {spec.Contains("x", "a"), []any{"a", nul}, spec.True},
		"pointer to an infinite float":    {spec.Gt("x", 1), &inf, spec.True},
		"floats, one infinite":            {spec.Contains("x", 1.5), []float64{1.5, inf}, spec.True},
		"pointer to NaN is not null":      {spec.IsNull("x"), &nan, spec.False},
		"floats, one NaN":                 {spec.Contains("x", 1.5), []float64{1.5, nan}, spec.True},
		"floats, one NaN, as a whole":     {spec.Ne("x", listValue(1.5)), []float64{1.5, nan}, spec.Unknown},
		"pointer to the zero time":        {spec.Lt("x", noon), &zero, spec.True},
		"NullTime of the zero time":       {spec.Lt("x", noon), sql.NullTime{Valid: true}, spec.True},
		"times, one zero":                 {spec.Contains("x", noon), []time.Time{zero, noon}, spec.True},
		"an object":                       {spec.IsNull("x"), map[string]any{"y": 1}, spec.False},
	} {
		if have := verdict(t, test.s, map[string]any{"x": test.row}); have != test.want {
			t.Errorf("%s: have %v, want %v", name, have, test.want)
		}
	}
}

func TestListsOfStructsHoldWhatNoValueCan(t *testing.T) {
	type lists struct {
		Texts  []string
		Floats []float64
		Times  []time.Time
	}
	row := lists{[]string{"a", "\x00"}, []float64{1.5, math.Inf(1), math.NaN()}, []time.Time{{}, noon}}
	for _, s := range []spec.Specification{spec.Contains("texts", "a"), spec.Contains("floats", 1.5), spec.Contains("times", noon), spec.NotNull("floats")} {
		if have := verdict(t, s, row); have != spec.True {
			t.Errorf("%v: have %v, want true", s, have)
		}
	}
}

// What does not fit the kind of its field is there, so it is not null, and
// compares with nothing.
func TestRowValuesThatDoNotFit(t *testing.T) {
	type row struct {
		Price string `spec:"price,decimal"`
		Ref   string `spec:"ref,uuid"`
	}
	for _, field := range []string{"price", "ref"} {
		for _, s := range []spec.Specification{spec.NotNull(field), spec.Distinct(field, spec.Null)} {
			if have, not := verdict(t, s, row{"x", "x"}), verdict(t, s.Not(), row{"x", "x"}); have != spec.True || not != spec.False {
				t.Errorf("%v: have %v, its negation %v, want true and false", s, have, not)
			}
		}
	}
	s := spec.Or(spec.Eq("price", 1), spec.Ne("price", 1), spec.Lt("price", 1), spec.Gte("price", 1), spec.In("price", 1), spec.Distinct("price", 1), spec.Ne("ref", id))
	for _, s := range []spec.Specification{s, s.Not()} {
		if have := verdict(t, s, row{"x", "x"}); have != spec.Unknown {
			t.Errorf("%v: have %v, want unknown", s, have)
		}
	}
}

func TestRowsHoldThemInNamedTypes(t *testing.T) {
	nul, inf, nan := "a\x00b", math.Inf(1), math.NaN()
	for name, test := range map[string]struct {
		s    spec.Specification
		row  any
		want spec.Truth
	}{
		"named text with a NUL":       {spec.HasPrefix("x", "a"), shout(nul), spec.True},
		"infinite float32":            {spec.Gt("x", 1), float32(inf), spec.True},
		"float32 NaN is not null":     {spec.IsNull("x"), float32(nan), spec.False},
		"float32s, one NaN":           {spec.Contains("x", 1.5), []float32{1.5, float32(nan)}, spec.True},
		"named texts, one with a NUL": {spec.NotNull("x"), []shout{"a", shout(nul)}, spec.True},
	} {
		if have := verdict(t, test.s, map[string]any{"x": test.row}); have != test.want {
			t.Errorf("%s: have %v, want %v", name, have, test.want)
		}
	}
}
