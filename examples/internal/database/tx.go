package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/sqlspec"
)

// attempts is how often a transaction is tried.
const attempts = 8

// InTx runs a transaction that writes, as if no other ran at the same time: what f reads
// of the database, and what it decides by it, still holds when it is stored. An error of
// f undoes all of it.
//
// On PostgreSQL it is serializable. One that another has come in the way of is run again
// from its beginning, a few times, so f does nothing that cannot be done twice and keeps
// nothing of an earlier run. SQLite has one writer: transactions take turns, and waiting
// heeds the context. f writes through tx alone, never through the DB.
func (db *DB) InTx(ctx context.Context, f func(tx *sql.Tx) error) error {
	if db.turn != nil {
		select {
		case db.turn <- struct{}{}:
			defer func() { <-db.turn }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return db.retry(ctx, &sql.TxOptions{Isolation: db.isolation(sql.LevelSerializable)}, f)
}

// isolation is the level, or what SQLite calls the only one that it has.
func (db *DB) isolation(level sql.IsolationLevel) sql.IsolationLevel {
	if db.Dialect == sqlspec.SQLite {
		return sql.LevelDefault
	}
	return level
}

func (db *DB) retry(ctx context.Context, options *sql.TxOptions, f func(*sql.Tx) error) error {
	for n := 1; ; n++ {
		err := db.once(ctx, options, f)
		if err == nil || !IsRetryable(err) {
			return err
		}
		if n == attempts {
			return fmt.Errorf("given up after %d attempts: %w", n, err)
		}
		// Two that have met should not meet again.
		pause := time.NewTimer(rand.N(time.Duration(1<<n) * time.Millisecond))
		select {
		case <-pause.C:
		case <-ctx.Done():
			pause.Stop()
			return errors.Join(ctx.Err(), err)
		}
	}
}

func (db *DB) once(ctx context.Context, options *sql.TxOptions, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, options)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// Execer is a *sql.Tx, a *sql.DB or a *sql.Conn.
type Execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// Exec runs a statement and returns how many rows it reached.
func Exec(ctx context.Context, db Execer, statement sq.Sqlizer) (int64, error) {
	text, args, err := statement.ToSql()
	if err != nil {
		return 0, err
	}
	result, err := db.ExecContext(ctx, text, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// ExecOne runs a statement that has to reach one row. The error is sql.ErrNoRows where
// it reaches none.
func ExecOne(ctx context.Context, db Execer, statement sq.Sqlizer) error {
	switch n, err := Exec(ctx, db, statement); {
	case err != nil:
		return err
	case n == 0:
		return sql.ErrNoRows
	case n > 1:
		return fmt.Errorf("a statement for one row has reached %d", n)
	}
	return nil
}
