package pgclaims

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// rows are those of the statement in a batch. When they are closed the transaction
// is over and the connection back in its pool.
type rows struct {
	pgx.Rows
	ctx    context.Context
	conn   *pgxpool.Conn // nil once it is given back
	batch  pgx.BatchResults
	block  bool  // the batch has a BEGIN and a COMMIT
	failed error // of the transaction around the statement
}

// open reads the answers that come before those of the statement.
func open(ctx context.Context, conn *pgxpool.Conn, batch pgx.BatchResults, block bool) (pgx.Rows, error) {
	r := &rows{ctx: ctx, conn: conn, batch: batch, block: block}
	before := 1 // of the claims
	if block {
		before = 2 // and of BEGIN
	}
	for range before {
		if _, err := batch.Exec(); err != nil {
			r.release()
			return failed(err)
		}
	}
	inner, err := batch.Query()
	r.Rows = inner
	if err != nil {
		r.Close()
	}
	return r, err
}

// Next implements [pgx.Rows].
func (r *rows) Next() bool {
	if r.conn == nil {
		return false
	}
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

// Close implements [pgx.Rows].
func (r *rows) Close() {
	r.Rows.Close()
	if r.conn == nil {
		return
	}
	if r.Rows.Err() == nil {
		r.failed = r.committed()
	}
	r.release()
}

// committed reads what comes after the statement. Where there is a COMMIT, its answer
// may be that of another statement, if there were several. Where there is none, the
// statement may have been a BEGIN.
func (r *rows) committed() error {
	var done error
	if r.block {
		tag, err := r.batch.Exec()
		if done = err; err == nil && tag.String() != "COMMIT" {
			done = ErrNotCommitted
		}
	}
	closing := r.batch.Close()
	switch {
	case done != nil:
		return done
	case closing == nil && r.open():
		return ErrNotCommitted
	}
	return closing
}

// open reports whether the connection is in a transaction.
func (r *rows) open() bool { return r.conn.Conn().PgConn().TxStatus() != 'I' }

// release gives the connection back. After an error in a block its transaction is
// still open, since what was sent after the statement in error is skipped. The pool
// does away with a connection that is not out of its transaction.
func (r *rows) release() {
	r.batch.Close() // what it says is in the error of the statement
	if r.open() {
		r.conn.Exec(r.ctx, "rollback")
	}
	r.conn.Release()
	r.conn = nil
}

// Err implements [pgx.Rows].
func (r *rows) Err() error {
	if err := r.Rows.Err(); err != nil {
		return err
	}
	return r.failed
}

// Conn implements [pgx.Rows]. It is nil once the rows are closed, as the connection
// may then be another caller's.
func (r *rows) Conn() *pgx.Conn {
	if r.conn == nil {
		return nil
	}
	return r.Rows.Conn()
}
