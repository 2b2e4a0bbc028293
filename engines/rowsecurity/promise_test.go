package rowsecurity_test

import (
	"errors"
	"flag"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

var (
	seed     = flag.Uint64("rowsecurity.seed", 1, "seed of the random rows and specifications")
	verdicts = flag.Int("rowsecurity.verdicts", 10_000, "verdicts of TestPromise")
)

// TestPromise makes a policy of every specification, and asks a plain role for the
// rows that it shows: once with all values written into the policy, once with as
// many as possible in the claims.
func TestPromise(t *testing.T) {
	for _, test := range []struct {
		name      string
		claimed   bool
		collation string
	}{
		{name: "constants"},
		{name: "claims", claimed: true},
		{name: "claims and another collation", claimed: true, collation: "C"},
	} {
		t.Run(test.name, func(t *testing.T) {
			db := open(t)
			role := db.role(t, "caller")
			claims := 0
			e := sqlspectest.Engine{DB: db.DB, Dialect: sqlspec.Postgres, Collation: test.collation, Compile: func(table *sqlspec.Table, s spec.Specification, _ sqlspec.Dialect) (string, []any, error) {
				m := templater{t: t, rand: seeded(s), table: table, claims: map[string]any{}}
				if test.claimed {
					resolved, err := table.Schema().Resolve(s)
					if err != nil {
						return "", nil, err
					}
					s = m.template(resolved.Node())
				}
				script, err := table.RowSecurity(m.schema(), sqlspec.Policy{Name: "rows", Command: sqlspec.ForSelect, To: []string{role}, Using: s})
				if errors.Is(err, sqlspec.ErrUnsupported) && !strings.Contains(err.Error(), "relation") {
					t.Errorf("refused: %v: %v", s, err)
				}
				if err != nil {
					return "", nil, err
				}
				claims += len(m.fields)
				db.protect(t, script, table, role)
				id, _ := table.Column("id")
				ask := func() ([]int64, error) {
					tx, undo := db.as(t, role, m.json())
					defer undo()
					return ids(tx, "SELECT "+id+" FROM "+table.From())
				}
				shown, err := ask()
				if named := s.Vars(); len(named) > 0 && err == nil {
					missing := named[m.rand.IntN(len(named))]
					delete(m.claims, missing)
					if found, err := ask(); err != nil || len(found) > 0 {
						t.Errorf("%v: without the claim %s: rows %v, %v", s, missing, found, err)
					}
				}
				return id + " = ANY(" + array(shown) + ")", nil, err
			}}
			cases, refused, err := e.Cases(t.Context(), spectest.Cases()...)
			if err != nil {
				t.Fatal(err)
			}
			report(t, cases)
			random, err := e.Random(t.Context(), *seed, *verdicts)
			if err != nil {
				t.Fatal(err)
			}
			report(t, random)
			t.Logf("cases: %v, %d refused\nrandom: %v\nclaims: %d", cases, len(refused), random, claims)
			if random.Shown == 0 || random.Shown == random.Verdicts || test.claimed != (claims > 0) {
				t.Errorf("%d of %d rows shown with %d claims: nothing is proven", random.Shown, random.Verdicts, claims)
			}
		})
	}
}

func report(t *testing.T, r sqlspectest.Report) {
	t.Helper()
	for _, f := range r.Failures {
		t.Error(f)
	}
	if r.Failed() {
		t.Errorf("failed: %v", r)
	}
}

// seeded makes the same choices for the same specification, so that it can be
// reduced.
func seeded(s spec.Specification) *rand.Rand {
	h := fnv.New64()
	h.Write([]byte(s.String()))
	return rand.New(rand.NewPCG(*seed, h.Sum64()))
}
