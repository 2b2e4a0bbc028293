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
	failed error // of the transaction around the statement
}

// open reads the answers that come before those of the statement.
func open(ctx context.Context, conn *pgxpool.Conn, batch pgx.BatchResults) (pgx.Rows, error) {
	r := &rows{ctx: ctx, conn: conn, batch: batch}
	for range 2 { // of BEGIN, and of the claims
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

// committed reads the answer to COMMIT, which may come from another statement where
// there were several.
func (r *rows) committed() error {
	tag, err := r.batch.Exec()
	if err == nil && tag.String() != "COMMIT" {
		err = ErrNotCommitted
	}
	if closing := r.batch.Close(); err == nil {
		err = closing
	}
	return err
}

// release gives the connection back. After an error its transaction is still open,
// since what was sent after the statement in error is skipped. The pool does away
// with a connection that is not out of its transaction.
func (r *rows) release() {
	r.batch.Close() // what it says is in the error of the statement
	if r.conn.Conn().PgConn().TxStatus() != 'I' {
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
