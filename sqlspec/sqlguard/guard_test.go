package sqlguard_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

// database counts what is run.
type database struct{ ran int }

func (d *database) ExecContext(context.Context, string, ...any) (sql.Result, error) {
	d.ran++
	return nil, nil
}

func (d *database) QueryContext(context.Context, string, ...any) (*sql.Rows, error) {
	d.ran++
	return nil, nil
}

func (d *database) QueryRowContext(context.Context, string, ...any) *sql.Row {
	d.ran++
	return nil
}

const everything = "SELECT id FROM tasks"

func TestRefusedIsNotRun(t *testing.T) {
	t.Parallel()
	inner := &database{}
	db := guardOf(sqlspec.Postgres).Wrap(inner)
	ctx := sqlguard.With(t.Context())
	var id int64
	_, exec := db.ExecContext(ctx, everything)
	_, query := db.QueryContext(ctx, everything)
	_, execNow := db.Exec(everything)
	_, queryNow := db.Query(everything)
	_, zero := sqlguard.DB{}.Exec("SELECT 1")
	_, noDatabase := guardOf(sqlspec.Postgres).Wrap(nil).Exec("SELECT 1")
	_, noGuard := new(sqlguard.Guard).Wrap(inner).Exec("SELECT 1")
	for i, err := range []error{
		exec, query, db.QueryRowContext(ctx, everything).Scan(&id), execNow, queryNow, db.QueryRow(everything).Scan(&id),
		zero, noDatabase, noGuard,
	} {
		if !errors.Is(err, sqlguard.ErrRefused) {
			t.Errorf("%d: have %v, want ErrRefused", i, err)
		}
	}
	if inner.ran != 0 {
		t.Errorf("%d statements were run", inner.ran)
	}
}

func TestSquirrel(t *testing.T) {
	t.Parallel()
	inner := &database{}
	g := guardOf(sqlspec.Postgres)
	db, ctx := g.Wrap(inner), sqlguard.With(t.Context())
	list := sq.Select("t.id").From("tasks t").Where("t.id > ?", 3).PlaceholderFormat(sq.Dollar).RunWith(db)
	if _, err := list.QueryContext(ctx); !errors.Is(err, sqlguard.ErrRefused) || inner.ran != 0 {
		t.Errorf("forgotten: have %v, want ErrRefused", err)
	}
	if _, err := list.Where(tasks.Where(mine, sqlspec.Postgres)).QueryContext(ctx); !errors.Is(err, sqlguard.ErrRefused) || inner.ran != 0 {
		t.Errorf("not recorded: have %v, want ErrRefused", err)
	}
	if _, err := list.Where(g.Where(ctx, tasks, mine)).QueryContext(ctx); err != nil || inner.ran != 1 {
		t.Errorf("narrowed: have %v, want it run", err)
	}
	if _, err := list.Where(g.Where(ctx, tasks, spec.Eq("nothing", 1))).QueryContext(ctx); !errors.Is(err, spec.ErrUnknownField) || inner.ran != 1 {
		t.Errorf("a specification with an error: have %v, want ErrUnknownField", err)
	}
	update := sq.Update("tasks t").Set("done", true).PlaceholderFormat(sq.Dollar).RunWith(db)
	if _, err := update.ExecContext(ctx); !errors.Is(err, sqlguard.ErrRefused) || inner.ran != 1 {
		t.Errorf("update: have %v, want ErrRefused", err)
	}
	if _, err := update.Where(g.Where(ctx, tasks, mine)).ExecContext(ctx); err != nil || inner.ran != 2 {
		t.Errorf("update, narrowed: have %v, want it run", err)
	}
}

func TestWithoutRequest(t *testing.T) {
	t.Parallel()
	g := guardOf(sqlspec.Postgres)
	text, args, err := g.SQL(t.Context(), tasks, mine)
	if !errors.Is(err, sqlguard.ErrContext) || len(args) > 0 || strings.Contains(text, "account") {
		t.Errorf("have %s, %v, %v, want ErrContext", text, args, err)
	}
	if text, _, err := g.Where(t.Context(), tasks, mine).ToSql(); !errors.Is(err, sqlguard.ErrContext) || text != "(1 = NULL)" {
		t.Errorf("have %s, %v, want ErrContext", text, err)
	}
	ctx := sqlguard.With(t.Context())
	for range 1000 {
		if _, _, err := g.SQL(ctx, tasks, mine); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := g.SQL(ctx, tasks, mine); !errors.Is(err, sqlguard.ErrContext) {
		t.Errorf("one too many: have %v, want ErrContext", err)
	}
}

func TestUnfiltered(t *testing.T) {
	t.Parallel()
	var told []string
	g := guardOf(sqlspec.Postgres, sqlguard.OnUnfiltered(func(_ context.Context, reason, statement string) {
		told = append(told, reason+": "+statement)
	}))
	if err := g.Check(sqlguard.Unfiltered(t.Context(), "nightly report"), everything); err != nil {
		t.Errorf("have %v, want it run", err)
	}
	if err := g.Check(sqlguard.Unfiltered(t.Context(), ""), everything); !errors.Is(err, sqlguard.ErrRefused) {
		t.Errorf("without a reason: have %v, want ErrRefused", err)
	}
	if want := "nightly report: " + everything; len(told) != 1 || told[0] != want {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	var told []error
	inner := &database{}
	db := guardOf(sqlspec.Postgres, sqlguard.Report(func(_ context.Context, err error) { told = append(told, err) })).Wrap(inner)
	if _, err := db.ExecContext(t.Context(), everything); err != nil || inner.ran != 1 {
		t.Errorf("have %v, want it run", err)
	}
	if len(told) != 1 || !errors.Is(told[0], sqlguard.ErrRefused) {
		t.Errorf("told %v, want one ErrRefused", told)
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]sqlguard.Option{
		"no table":  nil,
		"no option": {nil},
		"nil table": {sqlguard.Protect(tasks, nil)},
	} {
		if _, err := sqlguard.New(sqlspec.Postgres, opts...); !errors.Is(err, sqlguard.ErrGuard) {
			t.Errorf("%s: have %v, want ErrGuard", name, err)
		}
	}
	for _, d := range []sqlspec.Dialect{0, 99} {
		if _, err := sqlguard.New(d, sqlguard.Protect(tasks)); !errors.Is(err, sqlguard.ErrGuard) {
			t.Errorf("dialect %d: have %v, want ErrGuard", d, err)
		}
	}
	var none *sqlguard.Guard
	if _, _, err := none.Where(sqlguard.With(t.Context()), tasks, mine).ToSql(); !errors.Is(err, sqlguard.ErrGuard) {
		t.Errorf("nil guard: have %v, want ErrGuard", err)
	}
	if err := none.Check(t.Context(), "SELECT 1"); !errors.Is(err, sqlguard.ErrRefused) {
		t.Errorf("nil guard: have %v, want ErrRefused", err)
	}
}
