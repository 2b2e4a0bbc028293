package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/sqlspec"
)

//go:embed migrations
var embedded embed.FS

// migrations are the directories of embedded by dialect.
func migrations() (fs.FS, error) { return fs.Sub(embedded, "migrations") }

// store is the database of groups, users and resources.
type store struct {
	db *database.DB
}

// newStore checks that SQL finds in the database the rows that memory would.
func newStore(ctx context.Context, db *database.DB) (*store, error) {
	for _, table := range []*sqlspec.Table{groups, resources, users} {
		findings, err := table.Check(ctx, db, db.Dialect)
		if err == nil {
			err = sqlspec.Problems(findings)
		}
		if err != nil {
			return nil, err
		}
	}
	return &store{db}, nil
}

// write runs a transaction that writes. On SQLite writers take turns. On PostgreSQL they
// do not wait for each other but for the rows that they name, which they lock: many who
// attach the same user to groups of their own all get through at the first try. What
// fails because a row was deleted meanwhile is run again, and then finds it gone.
func (s *store) write(ctx context.Context, f func(*sql.Tx) error) error {
	if s.db.Dialect == sqlspec.SQLite {
		return s.db.InTx(ctx, f)
	}
	const attempts = 8
	for n := 1; ; n++ {
		err := s.once(ctx, f)
		if err == nil || !database.IsRetryable(err) && !database.IsForeignKey(err) {
			return err
		}
		if n == attempts {
			return fmt.Errorf("given up after %d attempts: %w", n, err)
		}
		select {
		case <-time.After(rand.N(time.Duration(1<<n) * time.Millisecond)):
		case <-ctx.Done():
			return errors.Join(ctx.Err(), err)
		}
	}
}

func (s *store) once(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
