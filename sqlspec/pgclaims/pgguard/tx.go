package pgguard

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/rolespec/rolespec/sqlspec/sqlguard"
)

// ErrNested: BeginTx of a [DB] around a transaction, which can only Begin.
var ErrNested = errors.New("pgguard: a transaction has no other one in it with options")

// Begin begins a transaction, or one within a transaction, behind the guard.
func (db DB) Begin(ctx context.Context) (pgx.Tx, error) {
	if err := db.check(ctx, "BEGIN", nil); err != nil {
		return nil, err
	}
	inner, err := db.inner.Begin(ctx)
	return db.behind(inner, err)
}

// BeginTx begins a transaction with options behind the guard, which reads what pgx will
// send for them, now and at the commit.
func (db DB) BeginTx(ctx context.Context, opts pgx.TxOptions) (pgx.Tx, error) {
	begin := opts.BeginQuery
	if begin == "" {
		begin = strings.Join([]string{"BEGIN", string(opts.IsoLevel), string(opts.AccessMode), string(opts.DeferrableMode)}, " ")
	}
	for _, sql := range []string{begin, opts.CommitQuery} {
		if err := db.check(ctx, sql, nil); err != nil {
			return nil, err
		}
	}
	beginner, ok := db.inner.(interface {
		BeginTx(ctx context.Context, opts pgx.TxOptions) (pgx.Tx, error)
	})
	if !ok {
		return nil, ErrNested
	}
	opts.BeginQuery, opts.CommitQuery = mark(opts.BeginQuery), mark(opts.CommitQuery)
	inner, err := beginner.BeginTx(ctx, opts)
	return db.behind(inner, err)
}

func (db DB) behind(inner pgx.Tx, err error) (pgx.Tx, error) {
	if err != nil {
		return nil, err
	}
	return tx{Wrap(db.guard, inner), inner}, nil
}

// tx is a transaction behind the guard.
type tx struct {
	DB
	inner pgx.Tx
}

func (t tx) Commit(ctx context.Context) error { return t.inner.Commit(ctx) }

func (t tx) Rollback(ctx context.Context) error { return t.inner.Rollback(ctx) }

// LargeObjects runs statements that pgx wrote, on no table of a program.
func (t tx) LargeObjects() pgx.LargeObjects { return t.inner.LargeObjects() }

// Prepare refuses: a name says nothing to the guard.
func (t tx) Prepare(context.Context, string, string) (*pgconn.StatementDescription, error) {
	return nil, &sqlguard.RefusedError{Reason: "it is to be run by a name"}
}

// Conn would lead around the guard.
func (t tx) Conn() *pgx.Conn { return nil }
