package pgclaims_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

// modes are the ways in which pgx sends statements.
var modes = map[string]pgx.QueryExecMode{
	"cached statement":   pgx.QueryExecModeCacheStatement,
	"cached description": pgx.QueryExecModeCacheDescribe,
	"described":          pgx.QueryExecModeDescribeExec,
	"exec":               pgx.QueryExecModeExec,
	"simple protocol":    pgx.QueryExecModeSimpleProtocol,
}

func inMode(mode pgx.QueryExecMode) func(*pgxpool.Config) {
	return func(c *pgxpool.Config) { c.ConnConfig.DefaultQueryExecMode = mode }
}

func query(t testing.TB, pool *pgxpool.Pool, claims any) []int64 {
	t.Helper()
	rows, err := pgclaims.Query(t.Context(), pool, claims, all)
	if err != nil {
		t.Fatal(err)
	}
	return collect(t, rows)
}

// One connection serves both callers in turn, and those who forget.
func TestQuery(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			pid := backend(t, pool)
			for range 3 {
				for who, want := range owned {
					same(t, "of "+who.Account, query(t, pool, who), want)
					forgotten(t, who.Account, pool)
				}
			}
			same(t, "of somebody else", query(t, pool, caller{"eve"}), nil)
			same(t, "without the claim", query(t, pool, struct{}{}), nil)
			if backend(t, pool) != pid {
				t.Error("the connection was not reused")
			}
		})
	}
}

func TestQueryFails(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, c := range []struct {
		name, sql string
		args      []any
		lost      bool // pgx may give up the connection
	}{
		{name: "syntax", sql: "SELEC id FROM tasks"},
		{name: "at the first row", sql: "SELECT 1 / (id - id) FROM tasks"},
		{name: "at a later row", sql: "SELECT 1 / (id - 2) FROM tasks ORDER BY id"},
		{name: "argument", sql: "SELECT id FROM tasks WHERE account = $1", args: []any{make(chan int)}, lost: true},
		{name: "too few arguments", sql: "SELECT id FROM tasks WHERE account = $1", lost: true},
		{name: "policy", sql: "INSERT INTO tasks VALUES (10, 'bob') RETURNING id"},
		{name: "at the commit", sql: "INSERT INTO tasks VALUES (1, 'ann') RETURNING id"},
		{name: "two statements", sql: "SELECT 1; SELECT 2"},
		{name: "two statements, the second in error", sql: "SELECT 1; SELECT 1 / 0"},
	} {
		for name, mode := range modes {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				t.Parallel()
				pool := s.pool(t, inMode(mode))
				pid := backend(t, pool)
				rows, err := pgclaims.Query(t.Context(), pool, ann, c.sql, c.args...)
				if err == nil {
					for rows.Next() {
						continue
					}
					err = rows.Err()
				}
				if err == nil {
					t.Error("no error")
				}
				forgotten(t, c.name, pool)
				if backend(t, pool) != pid && !c.lost {
					t.Error("the connection was not reused")
				}
				same(t, "of bob", query(t, pool, bob), owned[bob])
				forgotten(t, "bob", pool)
			})
		}
	}
}

// What is done to the transaction from within shows nobody else's rows.
func TestQueryMeddles(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for _, statement := range []string{
		"ROLLBACK", "COMMIT", "SELECT id FROM tasks -- ", "SELECT id FROM tasks /* */", "ROLLBACK; SELECT id FROM tasks",
		"COMMIT; BEGIN", "SAVEPOINT a", "RESET ALL", "SELECT set_config('rolespec.claims', '', true)",
		"BEGIN", "START TRANSACTION READ ONLY", "COMMIT AND CHAIN", "ROLLBACK AND CHAIN", "PREPARE TRANSACTION 'a'",
		"DO 'BEGIN COMMIT; END'", "DO 'BEGIN ROLLBACK; END'", "BEGIN; SELECT 1 / 0", "VACUUM", "CREATE DATABASE a", "LISTEN a",
	} {
		for name, mode := range modes {
			t.Run(statement+"/"+name, func(t *testing.T) {
				t.Parallel()
				pool := s.pool(t, inMode(mode))
				pgclaims.Exec(t.Context(), pool, ann, statement) // may fail or not
				forgotten(t, statement, pool)
				same(t, "of bob", query(t, pool, bob), owned[bob])
			})
		}
	}
}

// A statement that begins a transaction would leave it open, with the claims in it.
func TestQueryBegins(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, mode := range modes {
		if mode == pgx.QueryExecModeSimpleProtocol {
			continue // it is in a block, of which PostgreSQL only warns
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			pid := backend(t, pool)
			for _, statement := range []string{"BEGIN", "/* */ start transaction"} {
				if _, err := pgclaims.Exec(t.Context(), pool, ann, statement); !errors.Is(err, pgclaims.ErrNotCommitted) {
					t.Errorf("%s: have %v, want ErrNotCommitted", statement, err)
				}
				forgotten(t, statement, pool)
			}
			for _, statement := range []string{"SAVEPOINT a", "LOCK tasks IN ACCESS SHARE MODE"} {
				_, err := pgclaims.Exec(t.Context(), pool, ann, statement)
				var said *pgconn.PgError
				if !errors.As(err, &said) || said.Code != "25P01" {
					t.Errorf("%s: have %v, want no active transaction", statement, err)
				}
				forgotten(t, statement, pool)
			}
			if backend(t, pool) != pid {
				t.Error("the connection was not reused")
			}
		})
	}
}

// What comes after the commit of a procedure has no claims, and what was before it is
// not seen by others.
func TestQueryProcedureCommits(t *testing.T) {
	t.Parallel()
	s := newService(t)
	pool := s.pool(t)
	const statement = "DO 'BEGIN UPDATE tasks SET note = ''before''; COMMIT; UPDATE tasks SET note = ''after''; END'"
	pgclaims.Exec(t.Context(), pool, ann, statement) // newer servers refuse it
	var after, others int
	err := s.owner.QueryRow(t.Context(), `SELECT count(*) FILTER (WHERE note = 'after'),
		count(*) FILTER (WHERE note IS NOT NULL AND account IS DISTINCT FROM 'ann') FROM tasks`).Scan(&after, &others)
	if err != nil || after != 0 || others != 0 {
		t.Errorf("%d rows were written without claims, %d of others (error %v)", after, others, err)
	}
	forgotten(t, "a procedure that commits", pool)
}

// A statement in error leaves nothing behind, at whichever time it is found out.
func TestQueryTakesBack(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			pid := backend(t, pool)
			for _, statement := range []string{
				"INSERT INTO tasks VALUES (20, 'ann'), (1, 'ann')",                                  // at the commit
				"INSERT INTO tasks VALUES (20, 'ann'), (21, 'bob')",                                 // by the policy
				"INSERT INTO tasks SELECT 20 + i, 'ann', 1 / (3 - i) FROM generate_series(1, 9) i ", // amid the rows
				"WITH a AS (INSERT INTO tasks VALUES (20, 'ann') RETURNING id) SELECT 1 / (id - 20) FROM a",
			} {
				if _, err := pgclaims.Exec(t.Context(), pool, ann, statement); err == nil {
					t.Errorf("%s: no error", statement)
				}
				same(t, "of ann, after "+statement, query(t, pool, ann), owned[ann])
				forgotten(t, statement, pool)
			}
			if backend(t, pool) != pid {
				t.Error("the connection was not reused")
			}
		})
	}
}

func TestQueryArguments(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			rows, _ := pgclaims.Query(t.Context(), pool, ann, "SELECT id FROM tasks WHERE id > $1 AND account = $2 ORDER BY id", 1, "ann")
			same(t, "by number", collect(t, rows), []int64{2, 3})
			rows, _ = pgclaims.Query(t.Context(), pool, ann, "SELECT id FROM tasks WHERE id > @id ORDER BY id", pgx.NamedArgs{"id": 2})
			same(t, "by name", collect(t, rows), []int64{3})
			rows, _ = pgclaims.Query(t.Context(), pool, ann, "SELECT id FROM tasks WHERE account = $1", "bob")
			same(t, "of another", collect(t, rows), nil)
		})
	}
}

func TestQueryLeftEarly(t *testing.T) {
	t.Parallel()
	s := newService(t)
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			rows, err := pgclaims.Query(t.Context(), pool, ann, all)
			if err != nil || !rows.Next() {
				t.Fatalf("no row, %v", err)
			}
			rows.Close()
			rows.Close()
			if rows.Next() || rows.Conn() != nil || rows.Err() != nil {
				t.Errorf("closed rows have more: %v", rows.Err())
			}
			forgotten(t, "rows that were left early", pool)

			rows, err = pgclaims.Query(t.Context(), pool, ann, all)
			if err != nil || !rows.Next() {
				t.Fatalf("no row, %v", err)
			}
			var wrong struct{}
			if err := rows.Scan(&wrong); err == nil {
				t.Error("scanned a number into nothing")
			}
			rows.Close()
			forgotten(t, "a row that cannot be scanned", pool)
		})
	}
}

func TestQueryCancelled(t *testing.T) {
	t.Parallel()
	pool := newService(t).pool(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := pgclaims.Query(ctx, pool, ann, all); !errors.Is(err, context.Canceled) {
		t.Errorf("before: have error %v, want Canceled", err)
	}
	forgotten(t, "a cancelled call", pool)

	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	// More rows than are read ahead, so that it is cancelled in their midst.
	rows, err := pgclaims.Query(ctx, pool, ann, "SELECT repeat('x', 1000) FROM tasks, generate_series(1, 100000)")
	if err != nil || !rows.Next() {
		t.Fatalf("no row, %v", err)
	}
	cancel()
	for rows.Next() {
		continue
	}
	if err := rows.Err(); !errors.Is(err, context.Canceled) {
		t.Errorf("amid the rows: have error %v, want Canceled", err)
	}
	forgotten(t, "cancelled rows", pool)
	same(t, "of bob", query(t, pool, bob), owned[bob])
}

func TestExec(t *testing.T) {
	t.Parallel()
	s := newService(t)
	pool := s.pool(t)
	tag, err := pgclaims.Exec(t.Context(), pool, ann, "UPDATE tasks SET note = $1", "seen")
	if err != nil || tag.RowsAffected() != 3 {
		t.Errorf("have %v, %v, want 3 rows", tag, err)
	}
	var seen []int64
	if err := s.owner.QueryRow(t.Context(), "SELECT array_agg(id ORDER BY id) FROM tasks WHERE note = 'seen'").Scan(&seen); err != nil {
		t.Error(err)
	}
	same(t, "written", seen, owned[ann])
	if _, err := pgclaims.Exec(t.Context(), pool, ann, "INSERT INTO tasks VALUES (1, 'ann')"); err == nil {
		t.Error("a row was written twice")
	}
	forgotten(t, "an update", pool)
}
