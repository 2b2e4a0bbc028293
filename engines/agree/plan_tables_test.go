package agree_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// planRows is enough for a planner to care.
const planRows = 20000

var openers = map[sqlspec.Dialect]func(testing.TB) *sql.DB{
	sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB,
}

// openItems fills the large table, with the indexes that the documentation of
// sqlspec asks for.
func openItems(t *testing.T, name string, d sqlspec.Dialect) engine {
	t.Helper()
	db, at := openers[d](t), int(d-sqlspec.SQLite)
	var fields []spec.Field
	var declared, held []string
	for _, c := range planColumns {
		typ := c.types[at]
		if d == sqlspec.MariaDB && strings.HasPrefix(typ, "varchar") {
			typ += " COLLATE " + either(name == "bytes", bytesCollation, usualCollation)
		}
		fields = append(fields, c.field())
		declared = append(declared, quoteFor(d, c.name)+" "+typ)
		held = append(held, either(c.holds[at] == "", c.holds[0], c.holds[at]))
	}
	if d == sqlspec.Postgres {
		exec(t, db, "CREATE EXTENSION ltree")
		exec(t, db, "CREATE EXTENSION pg_trgm")
		exec(t, db, "CREATE TYPE mood AS ENUM ('"+strings.Join(moods(), "', '")+"')")
	}
	exec(t, db, "CREATE TABLE items ("+strings.Join(declared, ", ")+")"+either(name == "strict", " STRICT", ""))
	fillSeries(t, db, d, "items", strings.Join(held, ", "), planRows)
	for _, c := range planColumns[1:] {
		switch {
		case c.name == "maker" || c.isList() && d != sqlspec.Postgres:
		case c.isList():
			createIndex(t, db, "items USING gin ("+c.name+")")
		case c.name == "tree" && d == sqlspec.Postgres:
			createIndex(t, db, "items USING gist (tree)")
		default:
			createIndex(t, db, "items ("+quoteFor(d, c.name)+")")
		}
	}
	if d == sqlspec.Postgres {
		createIndex(t, db, `items (name COLLATE "C")`)
		createIndex(t, db, `items (path COLLATE "C")`)
		createIndex(t, db, `items USING gin (name gin_trgm_ops)`)
	}
	analyze(t, db, d, "items")
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("items", sc, planOptions(name, d)...)
	if err != nil {
		t.Fatal(err)
	}
	return engine{dialect: d, table: table.In(d), db: db}
}

// fillSeries fills a table with rows 1 to n, of which the values say what they
// hold.
func fillSeries(t *testing.T, db *sql.DB, d sqlspec.Dialect, table, values string, n int) {
	t.Helper()
	from := map[sqlspec.Dialect]string{
		sqlspec.SQLite:   "(WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < %d) SELECT n FROM g)",
		sqlspec.Postgres: "generate_series(1, %d) n",
		sqlspec.MariaDB:  "(SELECT seq AS n FROM seq_1_to_%d) g",
	}[d]
	exec(t, db, "INSERT INTO "+quoteFor(d, table)+" SELECT "+values+" FROM "+fmt.Sprintf(from, n))
}

// createIndex makes an index with a name of its own.
func createIndex(t *testing.T, db *sql.DB, on string) {
	t.Helper()
	name := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" (),`\"", r) {
			return '_'
		}
		return r
	}, on)
	exec(t, db, "CREATE INDEX by_"+name+" ON "+on)
}

func analyze(t *testing.T, db *sql.DB, d sqlspec.Dialect, tables ...string) {
	t.Helper()
	for _, table := range tables {
		exec(t, db, either(d == sqlspec.MariaDB, "ANALYZE TABLE ", "ANALYZE ")+quoteFor(d, table))
	}
}

func quoteFor(d sqlspec.Dialect, name string) string {
	q := either(d == sqlspec.MariaDB, "`", `"`)
	return q + name + q
}
