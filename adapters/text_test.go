package adapters_test

import (
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jmoiron/sqlx"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
)

const (
	selectTasks = "SELECT id FROM tasks AS t WHERE (done OR priority >= "
	markTasks   = "UPDATE tasks AS t SET note = 'seen?' WHERE (done OR priority >= "
	removeTasks = "DELETE FROM tasks AS t WHERE (done OR priority >= "
	andVisible  = ") AND "
)

func TestPgx(t *testing.T) {
	for _, mode := range []pgx.QueryExecMode{
		pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec, pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
	} {
		t.Run(mode.String(), func(t *testing.T) {
			t.Parallel()
			e := openPostgres(t)
			config, err := pgx.ParseConfig(e.url)
			if err != nil {
				t.Fatal(err)
			}
			config.DefaultQueryExecMode = mode
			conn, err := pgx.ConnectConfig(t.Context(), config)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(t.Context())
			run := func(statement string) func(spec.Specification) ([]int64, error) {
				return func(s spec.Specification) ([]int64, error) {
					return adapters.PgxRun(t.Context(), conn, tasks, s, statement, int64(3))
				}
			}
			check(t, e, uses{
				find: func(s spec.Specification) ([]int64, error) {
					return adapters.PgxIDs(t.Context(), conn, tasks, s)
				},
				beside: run(selectTasks + "$1" + andVisible),
				mark:   onlyError(run(markTasks + "$1" + andVisible)),
				remove: onlyError(run(removeTasks + "$1" + andVisible)),
			})
		})
	}
}

func TestDatabaseSQL(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		run := func(statement string, args ...any) func(spec.Specification) ([]int64, error) {
			return func(s spec.Specification) ([]int64, error) {
				return adapters.SQLRun(t.Context(), e.db, tasks, s, e.Dialect, statement, args...)
			}
		}
		check(t, e, uses{
			find:   run("SELECT id FROM tasks AS t WHERE "),
			beside: run(selectTasks+e.placeholder(1)+andVisible, 3),
			mark:   onlyError(run(markTasks+e.placeholder(1)+andVisible, 3)),
			remove: onlyError(run(removeTasks+e.placeholder(1)+andVisible, 3)),
		})
	})
}

func TestDatabaseSQLCount(t *testing.T) {
	e := openPostgres(t)
	if n, err := adapters.SQLCount(t.Context(), e.db, tasks, own); err != nil || n != len(inMemory(t, own)) {
		t.Errorf("have %d, %v", n, err)
	}
}

func TestSqlx(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		db := sqlx.NewDb(e.db, map[bool]string{true: "pgx", false: "sqlite3"}[e.url != ""])
		run := func(statement string) func(spec.Specification) ([]int64, error) {
			return func(s spec.Specification) ([]int64, error) {
				return adapters.SqlxRun(t.Context(), db, tasks, s, e.Dialect, statement, map[string]any{"least": 3})
			}
		}
		u := uses{
			beside: run(selectTasks + ":least" + andVisible),
			mark:   onlyError(run(markTasks + ":least" + andVisible)),
			remove: onlyError(run(removeTasks + ":least" + andVisible)),
		}
		if e.url != "" {
			u.find = func(s spec.Specification) ([]int64, error) {
				return adapters.SqlxIDs(t.Context(), db, tasks, s)
			}
		}
		check(t, e, u)
	})
}

func onlyError(run func(spec.Specification) ([]int64, error)) func(spec.Specification) error {
	return func(s spec.Specification) error {
		_, err := run(s)
		return err
	}
}
