// Package guard_test runs guarded statements on real databases.
package guard_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

func TestMain(m *testing.M) { engines.Main(m) }

type task struct {
	ID      int64
	Account int64
}

var tasks = sqlspec.MustTable[task]("tasks", sqlspec.As("t"))

const made = `CREATE TABLE tasks (id bigint PRIMARY KEY, account bigint NOT NULL)`

func TestGuard(t *testing.T) {
	t.Parallel()
	for _, e := range []struct {
		dialect sqlspec.Dialect
		open    func(testing.TB) *sql.DB
		format  sq.PlaceholderFormat
	}{
		{sqlspec.SQLite, engines.SQLite, sq.Question},
		{sqlspec.Postgres, engines.Postgres, sq.Dollar},
		{sqlspec.MariaDB, engines.MariaDB, sq.Question},
	} {
		t.Run(e.dialect.String(), func(t *testing.T) {
			t.Parallel()
			inner := e.open(t)
			for _, statement := range []string{made, "INSERT INTO tasks VALUES (1, 7), (2, 7), (3, 8)"} {
				if _, err := inner.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			g := sqlguard.Must(e.dialect, sqlguard.Protect(tasks))
			tx, err := inner.Begin()
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback()
			db, ctx := g.Wrap(tx), sqlguard.With(t.Context())
			builder := sq.StatementBuilder.PlaceholderFormat(e.format).RunWith(db)
			list := builder.Select("t.id").From("tasks t").Where("t.id > ?", 0).OrderBy("t.id")
			visible := g.Where(ctx, tasks, spec.Eq("account", 7))

			if _, err := list.QueryContext(ctx); !errors.Is(err, sqlguard.ErrRefused) {
				t.Errorf("forgotten: have %v, want ErrRefused", err)
			}
			if have, want := ids(t, ctx, list.Where(visible)), []int64{1, 2}; !slices.Equal(have, want) {
				t.Errorf("have rows %v, want %v", have, want)
			}
			if _, err := builder.Delete("tasks").ExecContext(ctx); !errors.Is(err, sqlguard.ErrRefused) {
				t.Errorf("delete: have %v, want ErrRefused", err)
			}
			if have, want := ids(t, sqlguard.Unfiltered(ctx, "a test"), list), []int64{1, 2, 3}; !slices.Equal(have, want) {
				t.Errorf("after a delete that was refused: have rows %v, want %v", have, want)
			}
			var count int
			counted := builder.Select("count(*)").From("tasks t")
			if err := counted.Where(visible).QueryRowContext(ctx).Scan(&count); err != nil || count != 2 {
				t.Errorf("have count %d, %v, want 2", count, err)
			}
			if err := counted.QueryRowContext(ctx).Scan(&count); !errors.Is(err, sqlguard.ErrRefused) {
				t.Errorf("count: have %v, want ErrRefused", err)
			}
		})
	}
}

func ids(t *testing.T, ctx context.Context, list sq.SelectBuilder) (ids []int64) {
	t.Helper()
	rows, err := list.QueryContext(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return ids
}
