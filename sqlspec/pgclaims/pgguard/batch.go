package pgguard

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/sqlspec/pgclaims/internal/norows"
	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

// SendBatch sends the statements of a batch, or none of them where one is refused: then
// every method of the results returns a [*sqlguard.RefusedError]. The batch is left as
// it is.
func (db DB) SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults {
	sent, err := db.batch(ctx, b)
	if err != nil {
		return refused{err}
	}
	return results{db.inner.SendBatch(ctx, sent)}
}

// batch returns a batch of what the guard lets through. It is a new one, since one that
// was sent before holds, unseen, what was prepared for it.
func (db DB) batch(ctx context.Context, b *pgx.Batch) (*pgx.Batch, error) {
	if b == nil || db.inner == nil {
		return nil, &sqlguard.RefusedError{Reason: "there is no batch or no database"}
	}
	sent := &pgx.Batch{}
	for _, queued := range b.QueuedQueries {
		if queued == nil {
			return nil, &sqlguard.RefusedError{Reason: "a statement of the batch is nil"}
		}
		sql, args, err := db.statement(ctx, queued.SQL, queued.Arguments, noOption)
		if err != nil {
			return nil, err
		}
		q := sent.Queue(sql, args...)
		if f := queued.Fn; f != nil {
			q.Fn = func(inner pgx.BatchResults) error { return f(results{inner}) }
		}
	}
	return sent, nil
}

// results do not lead to the connection.
type results struct{ pgx.BatchResults }

// Query implements [pgx.BatchResults].
func (r results) Query() (pgx.Rows, error) {
	inner, err := r.BatchResults.Query()
	return guarded(inner, err)
}

// refused are the results of a batch that was not sent.
type refused struct{ err error }

func (r refused) Exec() (pgconn.CommandTag, error) { return pgconn.CommandTag{}, r.err }
func (r refused) Query() (pgx.Rows, error)         { return norows.For(r.err), r.err }
func (r refused) QueryRow() pgx.Row                { return norows.For(r.err) }
func (r refused) Close() error                     { return r.err }
