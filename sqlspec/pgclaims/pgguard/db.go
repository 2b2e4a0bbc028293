package pgguard

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/sqlspec/pgclaims/internal/norows"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

// Runner is what pools, connections and transactions of pgx have in common.
type Runner interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
	CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, source pgx.CopyFromSource) (int64, error)
	Begin(ctx context.Context) (pgx.Tx, error)
}

// DB runs what its guard lets through. It may be used as what it wraps may: a pool by
// any number of goroutines. The zero DB refuses every statement.
type DB struct {
	guard *sqlguard.Guard
	inner Runner
}

var _ Runner = DB{}

// Wrap returns a pool, a connection or a transaction behind a guard. A nil guard or
// inner refuses every statement.
func Wrap(guard *sqlguard.Guard, inner Runner) DB { return DB{guard, inner} }

// check refuses a statement with a [*sqlguard.RefusedError].
func (db DB) check(ctx context.Context, sql string, args []any) error {
	if db.inner == nil {
		return &sqlguard.RefusedError{Reason: "there is no database"}
	}
	return db.guard.Check(ctx, sql, args...)
}

// Exec runs a statement, or refuses it with a [*sqlguard.RefusedError].
func (db DB) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	sql, args, err := db.statement(ctx, sql, args, isMode)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	return db.inner.Exec(ctx, sql, args...)
}

// Query runs a statement, or refuses it with a [*sqlguard.RefusedError]. The rows are
// never nil, and have the error too; their Conn is nil.
func (db DB) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	sql, args, err := db.statement(ctx, sql, args, isQueryOption)
	if err != nil {
		return norows.For(err), err
	}
	inner, err := db.inner.Query(ctx, sql, args...)
	return guarded(inner, err)
}

// QueryRow runs a statement, or refuses it: Scan then returns a
// [*sqlguard.RefusedError].
func (db DB) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	sql, args, err := db.statement(ctx, sql, args, isQueryOption)
	if err != nil {
		return norows.For(err)
	}
	return db.inner.QueryRow(ctx, sql, args...)
}

// CopyFrom inserts rows, as an INSERT into the table would.
func (db DB) CopyFrom(ctx context.Context, table pgx.Identifier, columns []string, source pgx.CopyFromSource) (int64, error) {
	if err := db.check(ctx, "INSERT INTO "+table.Sanitize(), nil); err != nil {
		return 0, err
	}
	return db.inner.CopyFrom(ctx, table, columns, source)
}

// rows do not lead to the connection.
type rows struct{ pgx.Rows }

// Conn implements [pgx.Rows].
func (rows) Conn() *pgx.Conn { return nil }

func guarded(inner pgx.Rows, err error) (pgx.Rows, error) {
	if inner == nil {
		return norows.For(err), err
	}
	return rows{inner}, err
}
