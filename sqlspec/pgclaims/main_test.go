package pgclaims_test

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/engines"
)

func TestMain(m *testing.M) { engines.Main(m) }

// caller is a payload.
type caller struct {
	Account string `json:"account"`
}

var (
	ann = caller{"ann"}
	bob = caller{"bob"}
)

// owned are the ids of the rows of a caller. Rows 6 and 7 are nobody's.
var owned = map[caller][]int64{ann: {1, 2, 3}, bob: {4, 5}}

// The rows without an account are for a setting that is empty or null to find.
const schema = `
	CREATE TABLE tasks (id bigint UNIQUE DEFERRABLE INITIALLY DEFERRED, account text, note text);
	INSERT INTO tasks VALUES (1, 'ann'), (2, 'ann'), (3, 'ann'), (4, 'bob'), (5, 'bob'), (6, ''), (7, NULL);
	ALTER TABLE tasks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
	CREATE POLICY own ON tasks USING (account =
		(SELECT NULLIF(current_setting('rolespec.claims', true), '')::jsonb ->> 'account'));`

// service is a database as a plain role sees it, and as its owner does.
type service struct {
	url, role string
	owner     *pgxpool.Pool
}

func newService(t testing.TB) service {
	t.Helper()
	s := service{url: engines.PostgresURL(t), role: "rolespec_" + strings.ToLower(rand.Text())}
	s.owner = s.asOwner(t)
	run := func(ctx context.Context, statement string) {
		t.Helper()
		if _, err := s.owner.Exec(ctx, statement); err != nil {
			t.Fatal(err)
		}
	}
	run(t.Context(), "CREATE ROLE "+s.role)
	t.Cleanup(func() { run(context.Background(), "DROP OWNED BY "+s.role+"; DROP ROLE "+s.role) })
	run(t.Context(), schema+"GRANT SELECT, INSERT, UPDATE, DELETE ON tasks TO "+s.role)
	return s
}

// pool returns a pool of one connection, for one caller to get what another had.
func (s service) pool(t testing.TB, opts ...func(*pgxpool.Config)) *pgxpool.Pool {
	t.Helper()
	config, err := pgxpool.ParseConfig(s.url)
	if err != nil {
		t.Fatal(err)
	}
	config.MaxConns = 1
	config.ConnConfig.RuntimeParams["role"] = s.role
	for _, opt := range opts {
		opt(config)
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// asOwner returns a pool of one connection of whoever the tests connect as.
func (s service) asOwner(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return s.pool(t, func(c *pgxpool.Config) { delete(c.ConnConfig.RuntimeParams, "role") })
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

const all = "SELECT id FROM tasks ORDER BY id"

func ids(t testing.TB, q querier) []int64 {
	t.Helper()
	rows, _ := q.Query(t.Context(), all)
	return collect(t, rows)
}

func collect(t testing.TB, rows pgx.Rows) []int64 {
	t.Helper()
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func same(t testing.TB, what string, have, want []int64) {
	t.Helper()
	if !slices.Equal(have, want) {
		t.Errorf("%s: have rows %v, want %v", what, have, want)
	}
}

// forgotten fails where a statement without claims finds a row or fails, or where the
// connection has claims or is in a transaction.
func forgotten(t testing.TB, after string, pool *pgxpool.Pool) {
	t.Helper()
	same(t, "without claims, after "+after, ids(t, pool), nil)
	var setting string
	if err := pool.QueryRow(t.Context(), "SELECT COALESCE(current_setting('rolespec.claims', true), '')").Scan(&setting); err != nil || setting != "" {
		t.Errorf("after %s: the claims are %s, %v, want none", after, setting, err)
	}
	if err := pool.AcquireFunc(t.Context(), func(c *pgxpool.Conn) error {
		if status := c.Conn().PgConn().TxStatus(); status != 'I' {
			t.Errorf("after %s: the connection is in status %c", after, status)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// backend returns which connection answers.
func backend(t testing.TB, pool *pgxpool.Pool) (pid int) {
	t.Helper()
	if err := pool.QueryRow(t.Context(), "SELECT pg_backend_pid()").Scan(&pid); err != nil {
		t.Fatal(err)
	}
	return pid
}
