// Package duckdb opens DuckDB databases for tests, as package engines does other
// engines. It is a module of its own, outside the workspace, because the library
// of the engine is large and not written in Go.
//
//	db := duckdb.Open(t)
//	// an empty database that is this test's alone
//
// A C++ compiler is needed to link it: in Debian the package g++.
package duckdb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"testing"

	engine "github.com/duckdb/duckdb-go/v2"
)

// settings trip a careless filter: text folds case by default, the time zone is
// neither UTC nor whole hours away from it, and null comes first.
var settings = []string{
	"SET default_collation = 'NOCASE'",
	"SET TimeZone = 'Asia/Kathmandu'",
	"SET Calendar = 'japanese'",
	"SET default_null_order = 'NULLS_FIRST'",
	"SET integer_division = true",
}

// Open returns an empty DuckDB database in memory that is gone when the test
// ends. All connections of the pool see the same.
func Open(tb testing.TB) *sql.DB {
	tb.Helper()
	connector, err := engine.NewConnector("", func(conn driver.ExecerContext) error {
		for _, s := range settings {
			if _, err := conn.ExecContext(context.Background(), s, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	db := sql.OpenDB(connector)
	tb.Cleanup(func() {
		if err := db.Close(); err != nil { // closes the connector as well
			tb.Error(err)
		}
	})
	return db
}
