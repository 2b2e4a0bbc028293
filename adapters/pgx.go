package adapters

import (
	"context"

	"github.com/jackc/pgx/v5"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// PgxConn is a connection, a pool or a transaction of pgx.
type PgxConn interface {
	Query(ctx context.Context, query string, args ...any) (pgx.Rows, error)
}

// PgxIDs returns the visible tasks. The condition works in every mode of pgx,
// the simple protocol included: each argument carries its type.
func PgxIDs(ctx context.Context, db PgxConn, tasks *sqlspec.Table, visible spec.Specification) ([]int64, error) {
	// snippet: pgx
	where, args, err := tasks.SQL(visible, sqlspec.Postgres)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(ctx, "SELECT id FROM "+tasks.From()+" WHERE "+where, args...)
	// end
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}

// PgxRun runs a statement that lacks its last condition and returns the ids that
// it returns. The statement has arguments of its own, from $1; they cannot be
// [pgx.NamedArgs], which do not mix with numbered ones.
func PgxRun(ctx context.Context, db PgxConn, tasks *sqlspec.Table, visible spec.Specification, statement string, args ...any) ([]int64, error) {
	text, args, err := tasks.Append([]byte(statement), args, visible, sqlspec.Postgres)
	if err != nil {
		return nil, err
	}
	rows, err := db.Query(ctx, string(text), args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[int64])
}
