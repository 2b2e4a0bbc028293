package pgclaims

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/rolespec/rolespec/sqlspec/pgclaims/internal/norows"
)

// Query runs one statement in a transaction of its own that has the claims, all in
// one round trip (and one more where the connection has yet to prepare it). The rows
// are as those of [pgxpool.Pool.Query]: close them, or read them to their end, and
// then ask Err, which is also that of the commit. The functions of pgx that collect
// rows do.
//
//	rows, err := pgclaims.Query(ctx, pool, claims, "SELECT id, title FROM tasks WHERE done = $1", false)
//	if err != nil {
//		return err
//	}
//	tasks, err := pgx.CollectRows(rows, pgx.RowToStructByName[Task])
//
// The commit is already on its way: what is done with the rows does not take back
// what the statement wrote. The rows are never nil, and have the error too.
//
// The transaction is the one that PostgreSQL makes of statements that are sent
// together, as it does of a statement alone: SAVEPOINT and LOCK are errors in it, BEGIN
// is [ErrNotCommitted], and a procedure that commits is refused or goes on without
// claims, as the version of the server has it. Use [Run] for these.
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
	block := needsBlock(conn.Conn())
	var batch pgx.Batch
	if block {
		batch.Queue("begin")
	}
	batch.Queue(set, text)
	batch.Queue(sql, args...)
	if block {
		batch.Queue("commit")
	}
	return open(ctx, conn, conn.SendBatch(ctx, &batch), block)
}

// failed returns what [Query] does where the statement was not run.
func failed(err error) (pgx.Rows, error) { return norows.For(err), err }

// Exec is [Query] for a statement of which no rows are wanted.
func Exec(ctx context.Context, pool *pgxpool.Pool, claims any, sql string, args ...any) (pgconn.CommandTag, error) {
	rows, err := Query(ctx, pool, claims, sql, args...)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	rows.Close()
	return rows.CommandTag(), rows.Err()
}
