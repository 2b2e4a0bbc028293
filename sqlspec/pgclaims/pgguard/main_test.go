package pgguard_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/pgclaims/pgguard"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func TestMain(m *testing.M) { engines.Main(m) }

type task struct {
	ID      int64
	Account int64
}

var (
	tasks = sqlspec.MustTable[task]("tasks", sqlspec.As("t"))
	mine  = spec.Eq("account", 7)
	guard = sqlguard.Must(sqlspec.Postgres, sqlguard.Protect(tasks))
)

const (
	schema = `CREATE TABLE tasks (id bigint, account bigint); INSERT INTO tasks VALUES (1, 7), (2, 7), (3, 8);
		CREATE TABLE notes (id bigint)`
	everything = "SELECT id FROM tasks t"
	deletes    = "DELETE FROM tasks"
	// Prepared by each connection, under names of which one reads as a statement.
	named      = "delete_tasks"
	namedAsSQL = "SELECT 1"
)

// modes are the ways in which pgx sends statements.
var modes = map[string]pgx.QueryExecMode{
	"cached statement":   pgx.QueryExecModeCacheStatement,
	"cached description": pgx.QueryExecModeCacheDescribe,
	"described":          pgx.QueryExecModeDescribeExec,
	"exec":               pgx.QueryExecModeExec,
	"simple protocol":    pgx.QueryExecModeSimpleProtocol,
}

func newPool(t testing.TB, mode pgx.QueryExecMode) *pgxpool.Pool {
	t.Helper()
	config, err := pgxpool.ParseConfig(engines.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	config.ConnConfig.DefaultQueryExecMode = mode
	config.ConnConfig.RuntimeParams["lock_timeout"] = "5s" // where a bug lets two transactions delete
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		var there bool
		if err := c.QueryRow(ctx, "SELECT to_regclass('tasks') IS NOT NULL").Scan(&there); err != nil || !there {
			return err
		}
		_, one := c.Prepare(ctx, named, deletes)
		_, two := c.Prepare(ctx, namedAsSQL, deletes)
		return errors.Join(one, two)
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	if _, err := pool.Exec(t.Context(), schema, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	pool.Reset() // those that connect from now on have the prepared statements
	return pool
}

// runners runs a test with everything that can be wrapped, and what Begin makes of it.
func runners(t *testing.T, mode pgx.QueryExecMode, test func(t *testing.T, db pgguard.Runner)) {
	pool := newPool(t, mode)
	each := func(name string, inner pgguard.Runner) {
		t.Helper()
		t.Run(name, func(t *testing.T) { test(t, pgguard.Wrap(guard, inner)) })
		outer, err := pgguard.Wrap(guard, inner).Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer outer.Rollback(context.Background())
		t.Run(name+"/its transaction", func(t *testing.T) { test(t, outer) })
		nested, err := outer.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer nested.Rollback(context.Background())
		t.Run(name+"/nested", func(t *testing.T) { test(t, nested) })
	}
	each("pool", pool)
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	each("pooled connection", conn)
	each("connection", conn.Conn())
	inner, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer inner.Rollback(context.Background())
	each("transaction", inner)
}

// condition returns what has to be in a statement, and its arguments.
func condition(t testing.TB) (context.Context, string, []any) {
	t.Helper()
	ctx := sqlguard.With(t.Context())
	where, args, err := guard.SQL(ctx, tasks, mine)
	if err != nil {
		t.Fatal(err)
	}
	return ctx, where, args
}

func isRefused(t testing.TB, what string, err error) {
	t.Helper()
	var refused *sqlguard.RefusedError
	if !errors.As(err, &refused) || !errors.Is(err, sqlguard.ErrRefused) {
		t.Errorf("%s: have %v, want it refused", what, err)
	}
}

// count fails where other than these many rows are in a table.
func count(t testing.TB, db pgguard.Runner, table string, want int) {
	t.Helper()
	var have int
	if err := db.QueryRow(sqlguard.Unfiltered(t.Context(), "test"), "SELECT count(*) FROM "+table).Scan(&have); err != nil || have != want {
		t.Errorf("%s has %d rows, %v, want %d", table, have, err, want)
	}
}

func collect(t testing.TB, what string, rows pgx.Rows, want int) {
	t.Helper()
	if rows.Conn() != nil {
		t.Errorf("%s: the rows lead to the connection", what)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) != want {
		t.Errorf("%s: have rows %v, %v, want %d", what, ids, err, want)
	}
}
