package pgclaims

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Query runs one statement in a transaction of its own that has the claims, all in
// one round trip (and one more where the connection has yet to prepare it). The rows
// are as those of [pgxpool.Pool.Query]: close them, or read them to their end, and
// then ask Err, which is also that of the COMMIT. The functions of pgx that collect
// rows do.
//
//	rows, err := pgclaims.Query(ctx, pool, claims, "SELECT id, title FROM tasks WHERE done = $1", false)
//	if err != nil {
//		return err
//	}
//	tasks, err := pgx.CollectRows(rows, pgx.RowToStructByName[Task])
//
// The COMMIT is already on its way: what is done with the rows does not take back
// what the statement wrote. The rows are never nil, and have the error too.
func Query(ctx context.Context, pool *pgxpool.Pool, claims any, sql string, args ...any) (pgx.Rows, error) {
	if pool == nil {
		return failed(fmt.Errorf("%w: the pool is nil", ErrCall))
	}
	text, err := encode(claims)
	if err != nil {
		return failed(err)
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return failed(err)
	}
	var batch pgx.Batch
	batch.Queue("begin")
	batch.Queue(set, text)
	batch.Queue(sql, args...)
	batch.Queue("commit")
	return open(ctx, conn, conn.SendBatch(ctx, &batch))
}

// Exec is [Query] for a statement of which no rows are wanted.
func Exec(ctx context.Context, pool *pgxpool.Pool, claims any, sql string, args ...any) (pgconn.CommandTag, error) {
	rows, err := Query(ctx, pool, claims, sql, args...)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	rows.Close()
	return rows.CommandTag(), rows.Err()
}
