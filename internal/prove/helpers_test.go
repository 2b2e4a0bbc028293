package prove_test

import (
	"flag"
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/spec"
)

type row = map[string]any

// universe is rows that may be asked, in every way that they may be declared.
type universe []table

type table struct {
	schema *spec.Schema // nil for maps that nobody declares
	rows   []row
	claims []row
}

func (t table) options() []spec.Option {
	if t.schema == nil {
		return nil
	}
	return []spec.Option{spec.WithSchema(t.schema)}
}

// notAsked is what a specification is of rows that cannot be asked, because claims
// do not fit the field.
const notAsked spec.Truth = 2

// truths returns what s is of every row, for all claims; not ok where the rows
// cannot be asked with any.
func (t table) truths(s spec.Specification) (truths []spec.Truth, ok bool) {
	for _, claims := range t.claims {
		m, err := t.compile(s, claims)
		ok = ok || err == nil
		for i := range t.rows {
			truth := notAsked
			if err == nil {
				truth = m.Truth(&t.rows[i])
			}
			truths = append(truths, truth)
		}
	}
	return truths, ok
}

func (t table) compile(s spec.Specification, claims row) (*spec.Matcher[row], error) {
	bound, err := s.Bind(func(name string) (spec.Value, bool) {
		v, err := spec.ValueOf(claims[name])
		return v, err == nil
	})
	if err != nil {
		return nil, err
	}
	return spec.Compile[row](bound, t.options()...)
}

// facts is what holds of the rows of a universe.
type facts struct{ never, always, implies bool }

// factsOf tries a and b on all rows: whether a is true of none, whether it is true
// of all, and whether b is true of those of which a is.
func (u universe) factsOf(a, b spec.Specification) facts {
	f := facts{true, true, true}
	for _, t := range u {
		as, ok := t.truths(a)
		if !ok {
			continue
		}
		for _, truth := range as {
			f.never = f.never && truth != spec.True
			f.always = f.always && (truth == spec.True || truth == notAsked)
		}
		bs, ok := t.truths(b)
		if !ok {
			continue
		}
		for i := range as {
			f.implies = f.implies && (as[i] != spec.True || bs[i] == spec.True || bs[i] == notAsked)
		}
	}
	return f
}

// score counts the facts and those of them that are proven.
type score struct{ facts, proven int }

func (s *score) count(fact, proven bool) {
	if fact {
		s.facts++
		if proven {
			s.proven++
		}
	}
}

func (s score) share() float64 { return float64(s.proven) / float64(max(1, s.facts)) }

type scores struct{ never, always, implies score }

// compare holds what is proven of a and b against the facts.
func (s *scores) compare(t *testing.T, u universe, schema *spec.Schema, a, b spec.Specification) {
	t.Helper()
	fact := u.factsOf(a, b)
	never, always, implies := prove.Never(a, schema), prove.Always(a, schema), prove.Implies(a, b, schema)
	if never && !fact.never {
		t.Fatalf("proven never, and true of a row: %v", a)
	}
	if always && !fact.always {
		t.Fatalf("proven always, and not true of a row: %v", a)
	}
	if implies && !fact.implies {
		t.Fatalf("proven, and a row contradicts:\n%v\nimplies %v", a, b)
	}
	s.never.count(fact.never, never)
	s.always.count(fact.always, always)
	s.implies.count(fact.implies, implies)
}

func (s scores) log(t *testing.T, name string) {
	t.Helper()
	t.Logf("%-12s proven of the facts: never %d of %d (%.1f %%), always %d of %d (%.1f %%), implies %d of %d (%.1f %%)", name,
		s.never.proven, s.never.facts, 100*s.never.share(), s.always.proven, s.always.facts, 100*s.always.share(),
		s.implies.proven, s.implies.facts, 100*s.implies.share())
}

// atLeast fails where a smaller share of the facts is proven.
func (s scores) atLeast(t *testing.T, share float64) {
	t.Helper()
	for name, sc := range map[string]score{"never": s.never, "always": s.always, "implies": s.implies} {
		if sc.facts > 0 && sc.share() < share {
			t.Errorf("%s: proven %d of %d facts, want a share of %v", name, sc.proven, sc.facts, share)
		}
	}
}

// draw returns a random specification of leaves.
func draw(r *rand.Rand, depth int, leaf func() spec.Specification) spec.Specification {
	if depth == 0 || r.IntN(3) == 0 {
		return leaf()
	}
	terms := make([]spec.Specification, 1+r.IntN(3))
	for i := range terms {
		terms[i] = draw(r, depth-1, leaf)
	}
	switch r.IntN(5) {
	case 0:
		return spec.Not(terms[0])
	case 1, 2:
		return spec.Or(terms...)
	}
	return spec.And(terms...)
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func schemaOf(t testing.TB, fields ...spec.Field) *spec.Schema {
	t.Helper()
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

var full = flag.Bool("prove.full", false, "try ten times as much")

// scale is how much of everything the tests do.
func scale(n int) int {
	switch {
	case *full && !withRace:
		return n
	case withRace:
		return n / 50
	}
	return n / 10
}
