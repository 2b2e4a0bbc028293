package database

import (
	"database/sql/driver"

	"modernc.org/sqlite"

	"github.com/rolespec/rolespec/sqlspec"
)

// SQLite has no RE2 and folds only ASCII, so the driver is given the functions that
// stand for them: once in the life of a program, before it opens a database.
func init() {
	for _, f := range sqlspec.SQLiteFunctions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
				return f.Call(args)
			})
	}
}
