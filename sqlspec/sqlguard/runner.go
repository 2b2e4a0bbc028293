package sqlguard

import (
	"context"
	"database/sql"

	"github.com/Masterminds/squirrel"
)

// Runner runs statements, as [sql.DB], [sql.Tx] and [sql.Conn] do.
type Runner interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// DB runs what its guard lets through. Squirrel's builders can RunWith it. The zero
// DB refuses every statement.
type DB struct {
	guard *Guard
	inner Runner
}

var (
	_ squirrel.BaseRunner        = DB{}
	_ squirrel.ExecerContext     = DB{}
	_ squirrel.QueryerContext    = DB{}
	_ squirrel.QueryRower        = DB{}
	_ squirrel.QueryRowerContext = DB{}
)

// Wrap returns the database, transaction or connection behind the guard. What a
// program keeps of inner itself is not guarded.
func (g *Guard) Wrap(inner Runner) DB { return DB{g, inner} }

func (db DB) check(ctx context.Context, query string, args []any) error {
	if db.inner == nil {
		return &RefusedError{Reason: "there is no database"}
	}
	return db.guard.Check(ctx, query, args...)
}

// ExecContext runs a statement, or refuses it with a [*RefusedError].
func (db DB) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := db.check(ctx, query, args); err != nil {
		return nil, err
	}
	return db.inner.ExecContext(ctx, query, args...)
}

// QueryContext runs a statement, or refuses it with a [*RefusedError].
func (db DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := db.check(ctx, query, args); err != nil {
		return nil, err
	}
	return db.inner.QueryContext(ctx, query, args...)
}

// QueryRowContext runs a statement, or refuses it: Scan then returns a [*RefusedError].
func (db DB) QueryRowContext(ctx context.Context, query string, args ...any) squirrel.RowScanner {
	if err := db.check(ctx, query, args); err != nil {
		return noRowScanner{err}
	}
	return db.inner.QueryRowContext(ctx, query, args...)
}

type noRowScanner struct{ err error }

// Scan implements [squirrel.RowScanner].
func (r noRowScanner) Scan(...any) error { return r.err }

// Exec is [DB.ExecContext] without a request: it refuses what names a protected table.
func (db DB) Exec(query string, args ...any) (sql.Result, error) {
	return db.ExecContext(context.Background(), query, args...)
}

// Query is [DB.QueryContext] without a request: it refuses what names a protected table.
func (db DB) Query(query string, args ...any) (*sql.Rows, error) {
	return db.QueryContext(context.Background(), query, args...)
}

// QueryRow is [DB.QueryRowContext] without a request.
func (db DB) QueryRow(query string, args ...any) squirrel.RowScanner {
	return db.QueryRowContext(context.Background(), query, args...)
}
