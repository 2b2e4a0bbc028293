package engines

import (
	"database/sql"
	"fmt"
	"net/url"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

var postgres = &engine{
	name:     "postgres",
	variable: "ROLESPEC_POSTGRES_DSN",
	packages: "postgresql",
	driver:   "pgx",
	dsn:      postgresDSN,
	start:    startPostgres,
	version:  "SHOW server_version",
	create:   "CREATE DATABASE %s TEMPLATE template0",
	drop:     "DROP DATABASE %s WITH (FORCE)",
}

// Postgres returns an empty PostgreSQL database that is gone when the test
// ends. Without a server the test is skipped, or fails, as the package says.
func Postgres(tb testing.TB) *sql.DB {
	tb.Helper()
	return open(tb, postgres.driver, PostgresURL(tb))
}

// PostgresURL makes a database as [Postgres] does and returns its connection
// string, for pgx without database/sql. Connections still open when the test
// ends are cut.
func PostgresURL(tb testing.TB) string {
	tb.Helper()
	return postgres.server(tb).database(tb)
}

// postgresDSN returns dsn, an URL or keywords and values, pointed at another
// database of the same server.
func postgresDSN(dsn, database string) (string, error) {
	if !strings.HasPrefix(dsn, "postgres://") && !strings.HasPrefix(dsn, "postgresql://") {
		return dsn + " dbname=" + database, nil // of two the later one holds
	}
	u, err := url.Parse(dsn)
	if err != nil {
		return "", fmt.Errorf("not a connection URL: %w", err)
	}
	settings := u.Query()
	settings.Del("dbname") // it would win over the path
	settings.Del("database")
	u.Path, u.RawQuery = "/"+database, settings.Encode()
	return u.String(), nil
}
