package pgclaims

import (
	"context"
	"database/sql"
	"fmt"
)

// SQLBeginner begins transactions, as [sql.DB] and [sql.Conn] do.
type SQLBeginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

// RunSQL is [RunTx] for database/sql, with any driver for PostgreSQL. Nil options are
// those of the database. The transaction ends when ctx does. The claims cost a round
// trip.
func RunSQL(ctx context.Context, db SQLBeginner, opts *sql.TxOptions, claims any, f func(*sql.Tx) error) error {
	if db == nil || f == nil {
		return fmt.Errorf("%w: the database or the function is nil", ErrCall)
	}
	text, err := encode(claims)
	if err != nil {
		return err
	}
	tx, err := db.BeginTx(ctx, opts)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if _, err := tx.ExecContext(ctx, set, text); err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
