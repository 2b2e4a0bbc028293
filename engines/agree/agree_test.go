// Package agree_test holds the promise: the same rows, whichever way a
// specification is applied.
package agree_test

import (
	"database/sql"
	"database/sql/driver"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"modernc.org/sqlite"
)

func TestMain(m *testing.M) {
	for _, f := range sqlspec.SQLiteFunctions() {
		sqlite.MustRegisterDeterministicScalarFunction(f.Name, int32(f.Args),
			func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) { return f.Call(args) })
	}
	engines.Main(m)
}

var (
	seed     = flag.Uint64("agree.seed", 1, "seed of the random rows and specifications")
	verdicts = flag.Int("agree.verdicts", 50_000/scale, "verdicts of TestPromise on each engine")
	specs    = flag.Int("agree.specs", 3000/scale, "random specifications for each engine")
)

const rowCount = 120

// engine is a database with the rows in it.
type engine struct {
	dialect sqlspec.Dialect
	table   *sqlspec.Table
	db      *sql.DB
	without map[int64]bool // the rows that it cannot store
}

var strictTable = []sqlspec.Option{
	sqlspec.As("t"),
	sqlspec.Column("cents", sqlspec.Scaled(2)),
}

func openSQLite(t *testing.T, strict bool) engine {
	db := engines.SQLite(t)
	types := map[spec.Kind]string{
		spec.KindBool: "INTEGER", spec.KindInt: "INTEGER", spec.KindFloat: "REAL", spec.KindDecimal: "TEXT", spec.KindString: "TEXT",
		spec.KindBytes: "BLOB", spec.KindTime: "INTEGER", spec.KindDate: "TEXT", spec.KindUUID: "TEXT",
	}
	columnType := func(f spec.Field) string {
		switch {
		case f.List:
			return "TEXT"
		case f.Name == "cents":
			return "INTEGER"
		case f.Name == "blob_key":
			return "BLOB"
		}
		return types[f.Kind]
	}
	opts := append(slices.Clone(strictTable), sqlspec.Column("blob_key", sqlspec.Blob()))
	suffix := ""
	if strict {
		suffix = "STRICT"
		opts = append(opts, sqlspec.Strict())
	}
	return fill(t, engine{dialect: sqlspec.SQLite, table: mustTable(t, opts...), db: db}, columnType, suffix)
}

func openPostgres(t *testing.T) engine {
	db := engines.Postgres(t)
	exec(t, db, "CREATE EXTENSION ltree")
	exec(t, db, `CREATE TYPE "mood type" AS ENUM ('calm', 'Calm', 'cross')`)
	types := map[spec.Kind]string{
		spec.KindBool: "bool", spec.KindInt: "int8", spec.KindFloat: "float8", spec.KindDecimal: "numeric", spec.KindString: "text",
		spec.KindBytes: "bytea", spec.KindTime: "timestamptz", spec.KindDate: "date", spec.KindUUID: "uuid",
	}
	columnType := func(f spec.Field) string {
		switch f.Name {
		case "mood":
			return `"mood type"`
		case "local":
			return "timestamp"
		case "cents":
			return "int8"
		case "labels":
			return "jsonb"
		case "tags":
			return "varchar[]"
		case "tree":
			return "ltree"
		}
		if f.List {
			return types[f.Kind] + "[]"
		}
		return types[f.Kind]
	}
	table := mustTable(t, append(slices.Clone(strictTable),
		sqlspec.Column("mood", sqlspec.PostgresType("mood type")),
		sqlspec.Column("tags", sqlspec.PostgresType("varchar")),
		sqlspec.Column("labels", sqlspec.JSONB()),
		sqlspec.Column("tree", sqlspec.Ltree()),
		sqlspec.Column("local", sqlspec.Timestamp()))...)
	return fill(t, engine{dialect: sqlspec.Postgres, table: table, db: db}, columnType, "")
}

func mustTable(t *testing.T, opts ...sqlspec.Option) *sqlspec.Table {
	t.Helper()
	table, err := sqlspec.NewTable("rows", schema, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func exec(t *testing.T, db *sql.DB, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

var testRows = sync.OnceValue(func() []map[string]any {
	r := rand.New(rand.NewPCG(*seed, 2))
	rows := make([]map[string]any, rowCount)
	for i := range rows {
		rows[i] = randomRow(r, i+1)
	}
	return rows
})

func fill(t *testing.T, e engine, columnType func(spec.Field) string, suffix string) engine {
	var columns, marks []string
	for i, f := range fields {
		columns = append(columns, fmt.Sprintf("%q %s", strings.ReplaceAll(f.Name, ".", "_"), columnType(f)))
		if e.dialect == sqlspec.Postgres {
			marks = append(marks, fmt.Sprintf("$%d::%s", i+1, columnType(f)))
		} else {
			marks = append(marks, "?")
		}
	}
	exec(t, e.db, `CREATE TABLE "rows" (`+strings.Join(columns, ", ")+`) `+suffix)
	for _, row := range testRows() {
		args := make([]any, len(fields))
		for i, f := range fields {
			args[i] = stored(row, f, e.dialect == sqlspec.SQLite)
		}
		exec(t, e.db, `INSERT INTO "rows" VALUES (`+strings.Join(marks, ", ")+`)`, args...)
	}
	return e
}

// visible returns the ids of the rows that the engine finds.
func (e engine) visible(s spec.Specification) ([]int64, string, error) {
	text, args, err := e.table.SQL(s, e.dialect)
	if err != nil {
		return nil, "", err
	}
	ids, err := e.query(text, args)
	return ids, fmt.Sprintf("%s %q", text, args), err
}

func (e engine) query(condition string, args []any) ([]int64, error) {
	rows, err := e.db.Query(`SELECT id FROM `+e.table.From()+` WHERE `+condition+` ORDER BY id`, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// inMemory returns the ids of the rows that the matcher finds among those that
// the engine has.
func (e engine) inMemory(t *testing.T, s spec.Specification) []int64 {
	t.Helper()
	m, err := spec.Compile[map[string]any](s, spec.WithSchema(schema))
	if err != nil {
		t.Fatalf("%v: %v", s, err)
	}
	ids := []int64{}
	for _, row := range m.Filter(testRows()) {
		if id := row["id"].(int64); !e.without[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

func TestRandomSpecifications(t *testing.T) {
	for name, open := range map[string]func(*testing.T) engine{
		"sqlite":        func(t *testing.T) engine { return openSQLite(t, false) },
		"sqlite strict": func(t *testing.T) engine { return openSQLite(t, true) },
		"postgres":      openPostgres,
		"mariadb":       func(t *testing.T) engine { return openMariaDB(t, usualCollation) },
		"mariadb folds": func(t *testing.T) engine { return openMariaDB(t, unicodeCollation) },
		"mariadb bytes": func(t *testing.T) engine { return openMariaDB(t, bytesCollation) },
	} {
		t.Run(name, func(t *testing.T) {
			e := open(t)
			r := rand.New(rand.NewPCG(*seed, 3))
			verdicts, seen, refused := 0, 0, 0
			for range *specs {
				s := randomSpec(r, 4)
				want := e.inMemory(t, s)
				got, text, err := e.visible(s)
				if e.dialect == sqlspec.MariaDB && errors.Is(err, sqlspec.ErrUnsupported) { // an order of lists of decimals
					refused++
					continue
				}
				if err != nil {
					t.Fatalf("%v\n%s\n%v", s, text, err)
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%v\n%s\n   memory %v\n%8s %v", s, text, want, e.dialect, got)
				}
				verdicts += rowCount - len(e.without)
				seen += len(want)
			}
			t.Logf("%s: %d verdicts, %.0f%% visible, 0 differences, %d specifications refused", e.dialect, verdicts, 100*float64(seen)/float64(verdicts), refused)
		})
	}
}
