package sqlguard_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

type comment struct {
	ID     int64
	Hidden bool
}

type task struct {
	ID       int64
	Account  int64
	Comments []comment
}

var (
	comments = sqlspec.MustTable[comment]("comments", sqlspec.As("c"))
	tasks    = sqlspec.MustTable[task]("tasks", sqlspec.As("t"), sqlspec.ToMany("comments", comments, sqlspec.On("id", "task_id")))
	mine     = spec.Eq("account", 7)
	shown    = spec.Eq("hidden", false)
)

var dialects = []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB, sqlspec.DuckDB}

func guardOf(d sqlspec.Dialect, opts ...sqlguard.Option) *sqlguard.Guard {
	return sqlguard.Must(d, append(opts, sqlguard.Protect(tasks, comments))...)
}

func condition(t testing.TB, g *sqlguard.Guard, ctx context.Context, table *sqlspec.Table, s spec.Specification) (string, []any) {
	t.Helper()
	text, args, err := g.SQL(ctx, table, s)
	if err != nil {
		t.Fatal(err)
	}
	return text, args
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, d := range dialects {
		g := guardOf(d)
		for _, c := range statements {
			t.Run(d.String()+"/"+c.name, func(t *testing.T) {
				ctx := sqlguard.With(t.Context())
				statement, args := fill(t, g, ctx, c.statement)
				judge(t, g.Check(ctx, statement, args...), c.ok, statement, c.reason)
			})
		}
	}
}

// fill writes conditions into a statement, in the order in which they stand there.
func fill(t testing.TB, g *sqlguard.Guard, ctx context.Context, statement string) (string, []any) {
	t.Helper()
	// Compiled, as a program would, before it is known which are needed.
	own, err := tasks.Aliased("tasks")
	if err != nil {
		t.Fatal(err)
	}
	var args []any
	for {
		begin := strings.IndexByte(statement, '{')
		if begin < 0 {
			return statement, args
		}
		end := begin + strings.IndexByte(statement[begin:], '}')
		table, s, from := tasks, mine, ctx
		switch statement[begin : end+1] {
		case "{tasks}":
			table = own
		case "{c}":
			table, s = comments, shown
		case "{other}":
			from = sqlguard.With(ctx)
		}
		text, more := condition(t, g, from, table, s)
		if len(args) > 0 {
			text = strings.ReplaceAll(text, "$1", "$2")
		}
		statement, args = statement[:begin]+text+statement[end+1:], append(args, more...)
	}
}

func judge(t testing.TB, err error, ok bool, statement, reason string) {
	t.Helper()
	var refused *sqlguard.RefusedError
	switch {
	case ok && err != nil:
		t.Errorf("%s: have %v, want it run: %s", statement, err, reason)
	case !ok && (!errors.As(err, &refused) || !errors.Is(err, sqlguard.ErrRefused)):
		t.Errorf("%s: have %v, want it refused: %s", statement, err, reason)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	for _, d := range dialects {
		g := guardOf(d)
		ctx := sqlguard.With(t.Context())
		text, args := condition(t, g, ctx, tasks, spec.And(mine, spec.Gt("id", 5)))
		statement := "SELECT 1 FROM tasks t WHERE " + text
		judge(t, g.Check(ctx, statement, args...), true, statement, "the arguments are its own")
		judge(t, g.Check(ctx, statement, args[1], args[0]), false, statement, "they are swapped")
		judge(t, g.Check(ctx, statement, int64(8), args[1]), false, statement, "one is another")
		judge(t, g.Check(ctx, statement, args[0]), false, statement, "one is missing")
		judge(t, g.Check(ctx, statement), false, statement, "all are missing")
	}
}

// What a condition says of related rows needs no condition of their own.
func TestRelation(t *testing.T) {
	t.Parallel()
	for _, d := range dialects {
		g := guardOf(d)
		ctx := sqlguard.With(t.Context())
		text, args := condition(t, g, ctx, tasks, spec.Any("comments", shown))
		statement := "SELECT 1 FROM tasks t WHERE " + text
		judge(t, g.Check(ctx, statement, args...), true, statement, "it was compiled as a whole")
		other := sqlguard.With(ctx)
		judge(t, g.Check(other, statement, args...), false, statement, "it is of another request")
	}
}
