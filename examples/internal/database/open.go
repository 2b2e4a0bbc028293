package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/sqlspec"
)

// DB is a database that may be used by any number of goroutines at once.
type DB struct {
	*sql.DB
	Dialect sqlspec.Dialect
	SQL     sq.StatementBuilderType // statements with the placeholders of the dialect

	turn   chan struct{} // of the one writer of SQLite; nil elsewhere
	remove func() error  // of a temporary file
}

// Open opens the database of a DSN and asks it for an answer:
//
//	postgres://user@host/name   PostgreSQL, also as postgresql://
//	host=.. dbname=..           PostgreSQL, by keywords
//	""  and :memory:            a new SQLite database, gone when it is closed
//	anything else               the path of a SQLite file, made where there is none
//
// The text of an error has no password.
func Open(ctx context.Context, dsn string) (*DB, error) {
	db, err := open(dsn)
	if err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if err := db.PingContext(within); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", db.Dialect, err), db.Close())
	}
	return db, nil
}

func open(dsn string) (*DB, error) {
	switch {
	case strings.HasPrefix(dsn, "postgres://"), strings.HasPrefix(dsn, "postgresql://"), keywords(dsn):
		return openPostgres(dsn)
	case strings.Contains(dsn, "://"):
		scheme, _, _ := strings.Cut(dsn, "://")
		return nil, fmt.Errorf("no database is opened by %q", scheme+"://")
	case dsn == "", dsn == ":memory:":
		return openTemporary()
	}
	return openFile(dsn)
}

// keywords reports whether a DSN is one of libpq's keywords and values.
func keywords(dsn string) bool {
	for _, word := range strings.Fields(dsn) {
		switch name, _, _ := strings.Cut(word, "="); name {
		case "host", "dbname":
			return strings.Contains(word, "=")
		}
	}
	return false
}

// Ready says whether the database answers, for a probe of readiness.
func (db *DB) Ready(ctx context.Context) error {
	within, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	var one int
	return db.QueryRowContext(within, "SELECT 1").Scan(&one)
}

// Close ends all connections and removes the file of a temporary database.
func (db *DB) Close() error {
	err := db.DB.Close()
	if db.remove != nil {
		err = errors.Join(err, db.remove())
	}
	return err
}
