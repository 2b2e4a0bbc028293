package spec_test

import (
	"errors"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// nested returns a specification that is n deep, by turns And and Or. For an even
// n the outermost is an And.
func nested(n int) spec.Specification {
	s := spec.Eq("id", 1)
	for i := range n - 1 {
		if i%2 == 0 {
			s = spec.And(s, spec.Eq("id", 1))
		} else {
			s = spec.Or(s, spec.Eq("id", 2))
		}
	}
	return s
}

func TestDepth(t *testing.T) {
	rows := []account{{ID: 1}, {ID: 2}, {ID: 3}}
	deepest := nested(spec.MaxDepth)
	if have, err := spec.Filter(deepest, rows); err != nil || len(have) != 1 {
		t.Errorf("at MaxDepth: %d rows, error %v, want 1 row", len(have), err)
	}
	if spec.And(deepest).Err() != nil || spec.Or(deepest, spec.None()).Err() != nil || spec.And(deepest, deepest).Err() != nil {
		t.Error("what adds no level is no error")
	}
	for name, s := range map[string]spec.Specification{
		"one level more": nested(spec.MaxDepth + 1),
		"many more":      nested(10 * spec.MaxDepth),
		"a negation":     spec.Not(deepest),
		"the other join": spec.Or(deepest, spec.Eq("id", 1)),
		"inside":         spec.And(spec.Eq("id", 1), spec.Or(spec.Eq("id", 2), deepest.Not())),
	} {
		if err := s.Err(); !errors.Is(err, spec.ErrTooDeep) || errors.Is(err, spec.ErrField) {
			t.Errorf("%s: have %v, want ErrTooDeep", name, err)
		}
		for _, s := range []spec.Specification{s, spec.Not(s), spec.Or(spec.All(), s)} {
			if have, err := spec.Filter(s, rows); !errors.Is(err, spec.ErrTooDeep) || len(have) > 0 {
				t.Errorf("%s: %d rows, error %v", name, len(have), err)
			}
		}
	}
}

// Negations that cancel, and joins that flatten, add no level.
func TestDepthCountsCanonicalForm(t *testing.T) {
	s := spec.Eq("id", 1)
	for range 10 * spec.MaxDepth {
		s = spec.Not(s)
	}
	for i := range 3 * spec.MaxDepth {
		s = spec.Or(s, spec.Eq("id", i))
	}
	for range 3 * spec.MaxDepth {
		s = spec.And(spec.All(), spec.Or(s, spec.None()))
	}
	if err := s.Err(); err != nil {
		t.Errorf("%v", err)
	}
}

func TestWide(t *testing.T) {
	const n = 100_000
	terms := make([]spec.Specification, n)
	ids := make([]int, n)
	for i := range terms {
		terms[i], ids[i] = spec.Eq("id", 2*i), 2*i
	}
	rows := []account{{ID: 0}, {ID: 1}, {ID: 2*n - 2}, {ID: 2*n - 1}, {ID: 2 * n}}
	for name, test := range map[string]struct {
		s    spec.Specification
		want int
	}{
		"or": {spec.Or(terms...), 2}, "not or": {spec.Not(spec.Or(terms...)), 3},
		"in": {spec.In("id", ids...), 2}, "not in": {spec.NotIn("id", ids...), 3},
		"and of all": {spec.And(terms...), 0}, "or of or": {spec.Or(spec.Or(terms[:n/2]...), spec.Or(terms[n/2:]...)), 2},
	} {
		have, err := spec.Filter(test.s, rows)
		if err != nil || len(have) != test.want {
			t.Errorf("%s: %d rows, error %v, want %d", name, len(have), err, test.want)
		}
	}
	if !spec.Or(terms...).Equal(spec.Or(spec.Or(terms[:n/2]...), spec.Or(terms[n/2:]...))) {
		t.Error("a wide Or of Ors does not flatten")
	}
}
