package prove_test

import (
	"testing"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// claimsTried counts what was proven of random worlds.
type claimsTried struct{ draws, never, always, implies int }

// What is proven, no row of a random world contradicts: of specifications as they
// are drawn, and of what has something to prove, made of them.
func TestWorldsDoNotContradict(t *testing.T) {
	t.Parallel()
	var c claimsTried
	for seed := range uint64(scale(2000)) {
		w := spectest.NewWorld(seed, 20)
		for range 10 {
			a, b := w.Specification(), w.Specification()
			for _, s := range []spec.Specification{a, b, a.And(b), a.Or(b), a.Not().Or(b), a.And(b.Not()), a.Or(a.Not(), b)} {
				c.one(t, w, s)
			}
			c.two(t, w, a, b)
			c.two(t, w, a.And(b), a.Or(b))
			c.two(t, w, a.And(b.Not()), b.Not().Or(a))
		}
	}
	t.Logf("%d draws, each asked of 20 rows: proven never %d, always %d, implies %d", c.draws, c.never, c.always, c.implies)
	if c.draws < scale(200_000) || c.never == 0 || c.always == 0 || c.implies == 0 {
		t.Error("too little was tried")
	}
}

// schemas returns that of the world, and for some draws as well that nothing is
// known.
func (c *claimsTried) schemas(w *spectest.World) []*spec.Schema {
	if c.draws%4 == 0 {
		return []*spec.Schema{w.Schema, nil}
	}
	return []*spec.Schema{w.Schema}
}

func (c *claimsTried) one(t *testing.T, w *spectest.World, s spec.Specification) {
	t.Helper()
	c.draws++
	for _, schema := range c.schemas(w) {
		never, always := prove.Never(s, schema), prove.Always(s, schema)
		if !never && !always {
			continue
		}
		for i, truth := range truths(t, w, s) {
			if never && truth == spec.True {
				t.Fatalf("seed %d: proven never, and true of row %d: %v", w.Seed, spectest.ID(w.Rows[i]), s)
			}
			if always && truth != spec.True {
				t.Fatalf("seed %d: proven always, and %v of row %d: %v", w.Seed, truth, spectest.ID(w.Rows[i]), s)
			}
		}
		c.never += count(never)
		c.always += count(always)
	}
}

func (c *claimsTried) two(t *testing.T, w *spectest.World, a, b spec.Specification) {
	t.Helper()
	c.draws++
	for _, schema := range c.schemas(w) {
		if !prove.Implies(a, b, schema) {
			continue
		}
		c.implies++
		as, bs := truths(t, w, a), truths(t, w, b)
		for i := range as {
			if as[i] == spec.True && bs[i] != spec.True {
				t.Fatalf("seed %d: proven, and row %d contradicts:\n%v\nimplies %v", w.Seed, spectest.ID(w.Rows[i]), a, b)
			}
		}
	}
}

func truths(t *testing.T, w *spectest.World, s spec.Specification) []spec.Truth {
	t.Helper()
	m, err := spec.Compile[row](s, spec.WithSchema(w.Schema))
	if err != nil {
		t.Fatalf("seed %d: %v: %v", w.Seed, err, s)
	}
	truths := make([]spec.Truth, len(w.Rows))
	for i := range w.Rows {
		truths[i] = m.Truth(&w.Rows[i])
	}
	return truths
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What three specifications have to do with each other by the laws of logic is
// proven of nearly all, and what the laws do not say is not claimed.
func TestLawsAreProven(t *testing.T) {
	t.Parallel()
	laws, proven := map[string]int{}, map[string]int{}
	for seed := range uint64(scale(300)) {
		w := spectest.NewWorld(seed, 1)
		for _, law := range spectest.Laws(w.Specification(), w.Specification(), w.Specification()) {
			laws[law.Name]++
			if prove.Implies(law.Left, law.Right, w.Schema) && (law.Within || prove.Implies(law.Right, law.Left, w.Schema)) {
				proven[law.Name]++
			}
		}
	}
	all, good := 0, 0
	for name, n := range laws {
		t.Logf("%5.1f %% of %4d  %s", 100*float64(proven[name])/float64(n), n, name)
		all, good = all+n, good+proven[name]
	}
	if share := float64(good) / float64(all); share < 0.95 {
		t.Errorf("proven: %.3f of the laws", share)
	}
}
