package sqlguard

import (
	"context"
	"fmt"

	"github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Guard knows the protected tables. It may be used by any number of goroutines. The
// zero Guard refuses every statement.
type Guard struct {
	dialect    sqlspec.Dialect
	tables     []string // their names, without quotes and schema
	unfiltered func(ctx context.Context, reason, statement string)
	report     func(ctx context.Context, err error)
	err        error
}

// Option says what a guard does.
type Option func(*Guard)

// Protect adds tables. A table is known by its name, in whichever schema and under
// whichever alias a statement names it.
func Protect(tables ...*sqlspec.Table) Option {
	return func(g *Guard) {
		for _, t := range tables {
			name, _, err := names(t, g.dialect)
			if _, _, unknown := t.SQL(spec.None(), g.dialect); err == nil && unknown != nil {
				err = fmt.Errorf("%w: %w", ErrGuard, unknown)
			}
			if err != nil {
				g.err = err
			}
			g.tables = append(g.tables, name)
		}
	}
}

// OnUnfiltered is told of each statement that is run with [Unfiltered], before it is.
func OnUnfiltered(f func(ctx context.Context, reason, statement string)) Option {
	return func(g *Guard) { g.unfiltered = f }
}

// Report makes the guard run what it would refuse, and tell f: for tests, and to find
// what is missing before anything is refused. It protects nothing.
func Report(f func(ctx context.Context, err error)) Option {
	return func(g *Guard) { g.report = f }
}

// New returns a guard for statements of a dialect.
func New(d sqlspec.Dialect, opts ...Option) (*Guard, error) {
	g := &Guard{dialect: d}
	for _, opt := range opts {
		if opt != nil {
			opt(g)
		}
	}
	switch {
	case g.err != nil:
		return nil, g.err
	case len(g.tables) == 0:
		return nil, fmt.Errorf("%w: it protects no table", ErrGuard)
	}
	return g, nil
}

// Must is [New] for the variables of a program. It panics where New fails.
func Must(d sqlspec.Dialect, opts ...Option) *Guard {
	g, err := New(d, opts...)
	if err != nil {
		panic(err)
	}
	return g
}

// Where returns s as a condition for squirrel, as [sqlspec.Table.Where] does, and
// records it for the request. What is wrong surfaces as an error of ToSql.
func (g *Guard) Where(ctx context.Context, t *sqlspec.Table, s spec.Specification) squirrel.Sqlizer {
	if _, _, err := g.SQL(ctx, t, s); err != nil {
		return failed{err}
	}
	return t.Where(s, g.dialect)
}

// SQL returns s as the text of a condition and its arguments, as [sqlspec.Table.SQL]
// does, and records it for the request. With an error the text is a condition that no
// row meets.
func (g *Guard) SQL(ctx context.Context, t *sqlspec.Table, s spec.Specification) (string, []any, error) {
	if g == nil {
		return noRow, nil, fmt.Errorf("%w: it is nil", ErrGuard)
	}
	text, args, err := t.SQL(s, g.dialect)
	if err != nil {
		return text, args, err
	}
	c := recorded{args: args}
	if c.table, c.alias, err = names(t, g.dialect); err == nil {
		c.tokens, err = lex(text, g.dialect)
	}
	if err == nil {
		err = record(ctx, c)
	}
	if err != nil {
		return noRow, nil, err
	}
	return text, args, nil
}

// noRow is a condition that no row meets, nor its negation.
const noRow = "(1 = NULL)"

// failed is a condition with an error.
type failed struct{ err error }

// ToSql implements [squirrel.Sqlizer].
func (f failed) ToSql() (string, []any, error) { return noRow, nil, f.err }

// names returns the name of a table and what its columns are qualified with.
func names(t *sqlspec.Table, d sqlspec.Dialect) (name, alias string, err error) {
	t = t.In(d)
	if t == nil {
		return "", "", fmt.Errorf("%w: a table is nil", ErrGuard)
	}
	named, err := lex(t.Name(), d)
	if err == nil && len(named) > 0 {
		var from []token
		if from, err = lex(t.From(), d); err == nil && len(from) > 0 {
			return named[len(named)-1].text, from[len(from)-1].text, nil
		}
	}
	return "", "", fmt.Errorf("%w: table or dialect %v", ErrGuard, d)
}
