package sqlspectest

import (
	"maps"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/spec/spectest"
)

// Run holds an engine against memory: every case of package spectest, then
// random specifications until the engine has given that many verdicts.
func Run(t *testing.T, e Engine, seed uint64, verdicts int) {
	t.Helper()
	t.Run("cases", func(t *testing.T) {
		r, refused, err := e.Cases(t.Context(), spectest.Cases()...)
		if err != nil {
			t.Fatal(err)
		}
		want := slices.Sorted(maps.Keys(storages[e.Dialect].refuses))
		if slices.Sort(refused); !slices.Equal(refused, want) {
			t.Errorf("%v refuses the cases %q, want %q", e, refused, want)
		}
		r.report(t, e)
	})
	t.Run("random", func(t *testing.T) {
		r, err := e.Random(t.Context(), seed, verdicts)
		if err != nil {
			t.Fatal(err)
		}
		r.report(t, e)
		if r.Shown == 0 || r.Shown == r.Verdicts {
			t.Errorf("%v shows %d of %d rows: the specifications decide nothing", e, r.Shown, r.Verdicts)
		}
	})
}

func (r Report) report(t *testing.T, e Engine) {
	t.Helper()
	t.Logf("%v: %v", e, r)
	for _, f := range r.Failures {
		t.Error(f)
	}
	if r.Failed() && len(r.Failures) == 0 {
		t.Errorf("%v failed", e)
	}
}
