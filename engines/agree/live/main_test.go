// Package live_test holds the tables of a program against memory, as a program
// does that uses package sqlspectest.
package live_test

import (
	"database/sql"
	"database/sql/driver"
	"testing"

	"modernc.org/sqlite"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) {
	for _, f := range sqlspec.SQLiteFunctions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) { return f.Call(args) })
	}
	engines.Main(m)
}

func run(t testing.TB, db *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}
