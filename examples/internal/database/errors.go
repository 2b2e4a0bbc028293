package database

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// IsUnique reports whether a row was not stored because another has the same key.
func IsUnique(err error) bool {
	return is(err, "23505", sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_ROWID)
}

// IsForeignKey reports whether a row was not stored because one that it names is not
// there, or not removed because others name it.
func IsForeignKey(err error) bool {
	return is(err, "23503", sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY)
}

// IsRetryable reports whether a transaction failed only because of another that ran at
// the same time. It has stored nothing.
func IsRetryable(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		primary := lite.Code() & 0xff
		return primary == sqlite3.SQLITE_BUSY || primary == sqlite3.SQLITE_LOCKED
	}
	return is(err, "40001") || is(err, "40P01") // serialization failure, deadlock
}

// is compares with a state of PostgreSQL and with codes of SQLite.
func is(err error, state string, codes ...int) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == state
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		for _, code := range codes {
			if lite.Code() == code {
				return true
			}
		}
	}
	return false
}
