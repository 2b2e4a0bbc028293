package agree_test

import (
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

// TestPromise holds every engine, and every way in which its tables can be made,
// against memory.
func TestPromise(t *testing.T) {
	for _, e := range []sqlspectest.Engine{
		{DB: engines.SQLite(t), Dialect: sqlspec.SQLite},
		{DB: engines.SQLite(t), Dialect: sqlspec.SQLite, Strict: true},
		{DB: engines.SQLite(t), Dialect: sqlspec.SQLite, Collation: "NOCASE"},
		{DB: engines.Postgres(t), Dialect: sqlspec.Postgres},
		{DB: engines.MariaDB(t), Dialect: sqlspec.MariaDB},
		{DB: engines.MariaDB(t), Dialect: sqlspec.MariaDB, Collation: unicodeCollation},
		{DB: engines.MariaDB(t), Dialect: sqlspec.MariaDB, Collation: bytesCollation},
	} {
		t.Run(e.String(), func(t *testing.T) { sqlspectest.Run(t, e, *seed, 50_000/scale) })
	}
}
