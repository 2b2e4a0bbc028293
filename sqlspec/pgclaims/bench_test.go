package pgclaims_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// big is a table of 1,000,000 rows under the policy that RowSecurity writes.
type big struct {
	ID      int64
	Account string
	Title   string
}

const bigRows = 1_000_000

// BenchmarkQuery reads the rows of an account in four ways: by a condition written by
// hand as whoever bypasses row security, twice as a control; so, but through Query,
// which is what this package costs; and by the policy under a plain role, which is all
// of it. The ways take turns in random order in one loop; what is told of each is the
// median of how it compares with the first in the same turn.
func BenchmarkQuery(b *testing.B) {
	for _, perAccount := range []int{100, 1_000, 10_000} {
		b.Run("rows="+strconv.Itoa(perAccount), func(b *testing.B) { beside(b, perAccount) })
	}
}

func beside(b *testing.B, perAccount int) {
	s := newService(b)
	fill(b, s, perAccount)
	// Each has a connection of its own, so that none is warmer than the others.
	byHand, control, claimed, plain := s.asOwner(b), s.asOwner(b), s.asOwner(b), s.pool(b)
	const condition, bare = "SELECT id, title FROM big WHERE account = $1", "SELECT id, title FROM big"
	ways := []func(account string) (pgx.Rows, error){
		func(account string) (pgx.Rows, error) { return byHand.Query(b.Context(), condition, account) },
		func(account string) (pgx.Rows, error) { return control.Query(b.Context(), condition, account) },
		func(account string) (pgx.Rows, error) {
			return pgclaims.Query(b.Context(), claimed, caller{account}, condition, account)
		},
		func(account string) (pgx.Rows, error) {
			return pgclaims.Query(b.Context(), plain, caller{account}, bare)
		},
	}
	took := make([]time.Duration, len(ways))
	turn := func() {
		for _, way := range rand.Perm(len(ways)) {
			took[way] = read(b, perAccount, ways[way])
		}
	}
	for range 20 { // connected, the statements prepared, and their plans chosen
		turn()
	}
	ratios := make([][]float64, len(ways))
	var hand []float64
	for b.Loop() {
		turn()
		hand = append(hand, float64(took[0])/1e3)
		for way := range ways {
			ratios[way] = append(ratios[way], float64(took[way])/float64(took[0]))
		}
	}
	b.ReportMetric(median(hand), "µs/hand")
	b.ReportMetric(median(ratios[1]), "control")
	b.ReportMetric(median(ratios[2]), "claims/hand")
	b.ReportMetric(median(ratios[3]), "policy/hand")
	b.ReportMetric(0, "ns/op") // of all ways together, which says nothing
}

// fill makes the table, with as many rows for each account.
func fill(b *testing.B, s service, perAccount int) {
	b.Helper()
	claims, err := spec.NewSchema(spec.Field{Name: "account", Kind: spec.KindString})
	if err != nil {
		b.Fatal(err)
	}
	script, err := sqlspec.MustTable[big]("big").RowSecurity(claims, sqlspec.Policy{
		Name: "own account", Command: sqlspec.ForAll, To: []string{sqlspec.Public}, Using: spec.Eq("account", spec.Var("account")),
	})
	if err != nil {
		b.Fatal(err)
	}
	for _, statement := range []string{
		"CREATE TABLE big (id bigint PRIMARY KEY, account text NOT NULL, title text NOT NULL)",
		"INSERT INTO big SELECT i, 'account ' || i / " + strconv.Itoa(perAccount) +
			", 'the title of task ' || i FROM generate_series(0, " + strconv.Itoa(bigRows-1) + ") i",
		"CREATE INDEX ON big (account)", script, "ANALYZE big", "GRANT SELECT ON big TO " + s.role,
	} {
		if _, err := s.owner.Exec(b.Context(), statement, pgx.QueryExecModeSimpleProtocol); err != nil {
			b.Fatal(err)
		}
	}
}

// read reads the rows of some account and returns how long that took.
func read(b *testing.B, perAccount int, query func(account string) (pgx.Rows, error)) time.Duration {
	account := "account " + strconv.Itoa(rand.IntN(bigRows/perAccount))
	began := time.Now()
	rows, err := query(account)
	if err != nil {
		b.Fatal(err)
	}
	titles, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct {
		ID    int64
		Title string
	}])
	took := time.Since(began)
	if err != nil || len(titles) != perAccount {
		b.Fatalf("%d rows, want %d (error %v)", len(titles), perAccount, err)
	}
	return took
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}
