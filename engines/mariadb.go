package engines

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/go-sql-driver/mysql"
)

var mariadb = &engine{
	name:     "mariadb",
	variable: "ROLESPEC_MARIADB_DSN",
	packages: "mariadb-server",
	driver:   "mysql",
	dsn:      mariadbDSN,
	start:    startMariaDB,
	version:  "SELECT VERSION()",
	create:   "CREATE DATABASE %s CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci",
	drop:     "DROP DATABASE %s",
}

// MariaDB returns an empty MariaDB database that is gone when the test ends.
// Without a server the test is skipped, or fails, as the package says.
//
// Its connections have the settings under which filters are exact: text is
// utf8mb4 and compared by code point, instants are UTC on both sides, and a
// value that a column cannot hold is an error. Columns are another matter:
// those that name no collation have MariaDB's usual one, utf8mb4_general_ci.
func MariaDB(tb testing.TB) *sql.DB {
	tb.Helper()
	return open(tb, mariadb.driver, MariaDBDSN(tb))
}

// MariaDBDSN makes a database as [MariaDB] does and returns its DSN, settings
// included, for connections that need others on top.
func MariaDBDSN(tb testing.TB) string {
	tb.Helper()
	return mariadb.server(tb).database(tb)
}

// mariadbDSN returns dsn with the settings that filters need, pointed at
// another database of the same server.
func mariadbDSN(dsn, database string) (string, error) {
	cfg, err := mysql.ParseDSN(dsn)
	if err != nil {
		return "", fmt.Errorf("not a DSN of go-sql-driver/mysql: %w", err)
	}
	cfg.DBName = database
	cfg.Collation = "utf8mb4_bin"
	cfg.ParseTime, cfg.Loc = true, time.UTC
	if cfg.Params == nil {
		cfg.Params = map[string]string{}
	}
	cfg.Params["time_zone"] = "'+00:00'"
	cfg.Params["sql_auto_is_null"] = "0"
	cfg.Params["sql_mode"] = "'STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO'"
	return cfg.FormatDSN(), nil
}
