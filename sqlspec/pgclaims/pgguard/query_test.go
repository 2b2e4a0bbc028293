package pgguard_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/sqlspec/pgclaims/pgguard"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func everyMode(t *testing.T, test func(t *testing.T, db pgguard.Runner)) {
	t.Parallel()
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			runners(t, mode, test)
		})
	}
}

func TestRefused(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		ctx, where, args := condition(t)
		var id int64
		for _, c := range []struct {
			name, sql string
			args      []any
		}{
			{"all rows", everything, nil},
			{"all are deleted", deletes, nil},
			{"an argument of another caller", everything + " WHERE " + where, []any{int64(8)}},
			{"no argument", everything + " WHERE " + where, nil},
			{"an option", everything, []any{pgx.QueryExecModeSimpleProtocol}},
			{"two options", everything, []any{pgx.QueryExecModeSimpleProtocol, pgx.NamedArgs{}}},
			{"arguments by name", everything + " WHERE id = @id", []any{pgx.NamedArgs{"id": 3}}},
			{"another argument by name", everything + " WHERE " + strings.Replace(where, "$1", "@a", 1), []any{pgx.NamedArgs{"a": int64(8)}}},
			{"rewritten", "SELECT 1", []any{rewriter{sql: everything}}},
			{"rewritten arguments", "SELECT 1", append([]any{rewriter{sql: everything + " WHERE " + where, args: []any{int64(8)}}}, args...)},
			{"the last rewriter", "SELECT 1", []any{rewriter{sql: "SELECT 1"}, pgx.QueryExecModeExec, rewriter{sql: everything}}},
			{"several", "SELECT 1; " + deletes, nil},
		} {
			_, err := db.Exec(ctx, c.sql, c.args...)
			isRefused(t, "Exec: "+c.name, err)
			rows, err := db.Query(ctx, c.sql, c.args...)
			isRefused(t, "Query: "+c.name, err)
			_, err = pgx.CollectRows(rows, pgx.RowTo[int64])
			if err == nil {
				t.Errorf("Query: %s: the rows have no error", c.name)
			}
			isRefused(t, "QueryRow: "+c.name, db.QueryRow(ctx, c.sql, c.args...).Scan(&id))
		}
		count(t, db, "tasks", 3) // and the transaction is well
	})
}

// rewriter puts another statement in place of one.
type rewriter struct {
	sql  string
	args []any
	err  error
}

func (r rewriter) RewriteQuery(_ context.Context, conn *pgx.Conn, _ string, args []any) (string, []any, error) {
	if conn == nil {
		return "", nil, errors.New("there is no connection")
	}
	if r.args != nil {
		args = r.args
	}
	return r.sql, args, r.err
}

func TestRun(t *testing.T) {
	everyMode(t, func(t *testing.T, db pgguard.Runner) {
		ctx, where, args := condition(t)
		statement := everything + " WHERE " + where
		with := func(options ...any) []any { return append(options, args...) }
		for _, c := range []struct {
			name, sql string
			args      []any
		}{
			{"arguments", statement, args},
			{"a comment at the end", statement + " -- mine", args},
			{"an option", statement, with(pgx.QueryExecModeExec)},
			{"arguments by name", strings.Replace(statement, "$1", "@a", 1), []any{pgx.NamedArgs{"a": args[0]}}},
			{"a rewriter", "rewritten", with(pgx.QueryExecModeDescribeExec, rewriter{sql: statement})},
			{"the last rewriter", "rewritten", with(rewriter{sql: everything}, rewriter{sql: statement})},
		} {
			rows, err := db.Query(ctx, c.sql, c.args...)
			if err != nil {
				t.Errorf("Query: %s: %v", c.name, err)
			}
			collect(t, c.name, rows, 2)
			if tag, err := db.Exec(ctx, c.sql, c.args...); err != nil || tag.RowsAffected() != 2 {
				t.Errorf("Exec: %s: have %v, %v, want 2 rows", c.name, tag, err)
			}
			var id int64
			if err := db.QueryRow(ctx, c.sql, c.args...).Scan(&id); err != nil || id != 1 {
				t.Errorf("QueryRow: %s: have %d, %v, want 1", c.name, id, err)
			}
		}
		rows, _ := db.Query(ctx, statement, with(pgx.QueryResultFormats{0}, pgx.QueryExecModeCacheDescribe)...)
		collect(t, "formats", rows, 2)
		if _, err := db.Exec(ctx, ""); err != nil {
			t.Errorf("an empty statement: %v", err)
		}
		rows, _ = db.Query(sqlguard.Unfiltered(ctx, "report"), everything)
		collect(t, "unfiltered", rows, 3)
	})
}

// Exec takes no formats, so they are its first argument.
func TestFormatsAreNoOptionOfExec(t *testing.T) {
	t.Parallel()
	ctx, where, args := condition(t)
	inner := &never{t: t}
	_, err := pgguard.Wrap(guard, inner).Exec(ctx, everything+" WHERE "+where, append([]any{pgx.QueryResultFormats{1}}, args...)...)
	isRefused(t, "formats", err)
}

// never fails a test where something is run.
type never struct {
	pgguard.Runner
	t *testing.T
}

func (n *never) Exec(context.Context, string, ...any) (pgconn.CommandTag, error) {
	n.t.Error("it was run")
	return pgconn.CommandTag{}, nil
}

// A name is never taken for what was prepared under it.
func TestNames(t *testing.T) {
	t.Parallel()
	for mode, m := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			pool := newPool(t, m)
			db := pgguard.Wrap(guard, pool)
			for _, name := range []string{named, namedAsSQL} {
				for way, run := range byName(t.Context(), name) {
					run(db) // may fail or not
					count(t, db, "tasks", 3)
					if err := pgx.BeginFunc(t.Context(), db, func(tx pgx.Tx) error { run(tx); return nil }); err == nil && name == named {
						t.Errorf("%s: what is no SQL was run", way)
					}
					count(t, db, "tasks", 3)
				}
				begins(t, db, pgx.TxOptions{BeginQuery: name})
				begins(t, db, pgx.TxOptions{CommitQuery: name})
				count(t, db, "tasks", 3)
			}
			// Without the guard it is what pgx does, or nothing was shown here.
			if m != pgx.QueryExecModeSimpleProtocol {
				if tag, err := pool.Exec(t.Context(), named); err != nil || tag.RowsAffected() != 3 {
					t.Errorf("by its name, without the guard: %v, %v, want 3 rows", tag, err)
				}
			}
		})
	}
}

// byName returns the ways to run something.
func byName(ctx context.Context, name string) map[string]func(pgguard.Runner) {
	exec := func(args ...any) func(pgguard.Runner) {
		return func(db pgguard.Runner) { db.Exec(ctx, name, args...) }
	}
	return map[string]func(pgguard.Runner){
		"Exec":            exec(),
		"Exec, an option": exec(pgx.QueryExecModeExec),
		"Exec, rewritten": exec(rewriter{sql: name}),
		"Query": func(db pgguard.Runner) {
			rows, _ := db.Query(ctx, name)
			rows.Close()
		},
		"QueryRow": func(db pgguard.Runner) { db.QueryRow(ctx, name).Scan() },
		"SendBatch": func(db pgguard.Runner) {
			var b pgx.Batch
			b.Queue(name)
			db.SendBatch(ctx, &b).Close()
		},
		"SendBatch, rewritten": func(db pgguard.Runner) {
			var b pgx.Batch
			b.Queue("rewritten", rewriter{sql: name})
			db.SendBatch(ctx, &b).Close()
		},
	}
}

func begins(t *testing.T, db pgguard.DB, opts pgx.TxOptions) {
	t.Helper()
	tx, err := db.BeginTx(t.Context(), opts)
	if err != nil {
		return
	}
	tx.Commit(t.Context())
	tx.Rollback(t.Context())
}
