package scale

import (
	"context"
	"errors"
	"os"
	"slices"

	"github.com/rolespec/rolespec/bench/internal/database"
	"github.com/rolespec/rolespec/bench/internal/pair"
	"github.com/rolespec/rolespec/bench/internal/scene"
)

// postgresTable is the query for the 50 rows of a caller, over tables of PostgreSQL.
func postgresTable() Curve {
	return Curve{
		Name: "postgres", Title: "Query by the rows of the table, PostgreSQL", Size: "rows", Sizes: powers(1000, 10_000_000),
		Note: "50 rows are read, of every size. Verify and the statement are in the time.",
		open: func(ctx context.Context) (opened, error) {
			url, stop, err := database.Server()
			if err != nil {
				return opened{}, err
			}
			return table(func(n database.Size) (database.DB, error) { return database.OpenPostgres(ctx, url, n) },
				func() error { stop(); return nil }, "row security, pgclaims", "hand-written, on another connection"), nil
		},
	}
}

// sqliteTable is the same of SQLite.
func sqliteTable() Curve {
	return Curve{
		Name: "sqlite", Title: "Query by the rows of the table, SQLite", Size: "rows", Sizes: powers(1000, 10_000_000),
		Note: "50 rows are read, of every size. Verify and the statement are in the time.",
		open: func(ctx context.Context) (opened, error) {
			dir, err := os.MkdirTemp("", "rolespec-bench-")
			if err != nil {
				return opened{}, err
			}
			return table(func(n database.Size) (database.DB, error) { return database.OpenSQLite(ctx, dir, n) },
				func() error { return os.RemoveAll(dir) }, "hand-written, prepared", "rolespec, appended, prepared"), nil
		},
	}
}

// table opens an engine at the first size, and lets its table grow. The ways are the
// usual ones and those of the names, where the engine has them.
func table(open func(database.Size) (database.DB, error), after func() error, names ...string) opened {
	names = append(names, scene.Hand, scene.Ours, "squirrel's own And{Eq}", "fetch the account, filter in Go")
	var db database.DB
	return opened{
		grow: func(n int) (ways []pair.Way, err error) {
			if db == nil {
				db, err = open(database.Size(n))
			} else {
				err = db.Grow(database.Size(n))
			}
			if err != nil {
				return nil, err
			}
			if ways, err = db.Query(); err != nil {
				return nil, err
			}
			return slices.DeleteFunc(ways, func(w pair.Way) bool { return !slices.Contains(names, w.Name()) }), nil
		},
		close: func() (err error) {
			if db != nil {
				err = db.Close()
			}
			return errors.Join(err, after())
		},
	}
}
