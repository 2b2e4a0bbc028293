package pgclaims_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// big is a table of 1,000,000 rows, of which an account has 1,000, under the policy that
// RowSecurity writes.
type big struct {
	ID      int64
	Account string
	Title   string
}

const perAccount = 1000

// BenchmarkQuery reads the rows of an account: by a condition written by hand as
// whoever bypasses row security, twice as a control, and by the policy under a plain
// role. The ways take turns in random order in one loop; what is told are ratios of
// medians.
func BenchmarkQuery(b *testing.B) {
	s := newService(b)
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
		"INSERT INTO big SELECT i, 'account ' || i / " + strconv.Itoa(perAccount) + ", 'the title of task ' || i FROM generate_series(0, 999999) i",
		"CREATE INDEX ON big (account)", script, "ANALYZE big", "GRANT SELECT ON big TO " + s.role,
	} {
		if _, err := s.owner.Exec(b.Context(), statement, pgx.QueryExecModeSimpleProtocol); err != nil {
			b.Fatal(err)
		}
	}
	plain := s.pool(b)
	byHand := func(account string) (pgx.Rows, error) {
		return s.owner.Query(b.Context(), "SELECT id, title FROM big WHERE account = $1", account)
	}
	ways := []func(account string) (pgx.Rows, error){byHand, byHand, func(account string) (pgx.Rows, error) {
		return pgclaims.Query(b.Context(), plain, caller{account}, "SELECT id, title FROM big")
	}}
	for _, pool := range []*pgxpool.Pool{s.owner, plain} { // connected, and the statements prepared
		for range 10 {
			read(b, func(account string) (pgx.Rows, error) {
				if pool == plain {
					return ways[2](account)
				}
				return byHand(account)
			})
		}
	}
	times := make([][]time.Duration, len(ways))
	for b.Loop() {
		for _, way := range rand.Perm(len(ways)) {
			times[way] = append(times[way], read(b, ways[way]))
		}
	}
	hand := median(times[0])
	b.ReportMetric(median(times[1])/hand, "control")
	b.ReportMetric(median(times[2])/hand, "policy/hand")
	b.ReportMetric(hand/1e3, "µs/hand")
}

// read reads the rows of some account and returns how long that took.
func read(b *testing.B, query func(account string) (pgx.Rows, error)) time.Duration {
	account := "account " + strconv.Itoa(rand.IntN(1_000_000/perAccount))
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

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2])
}
