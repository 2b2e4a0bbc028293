package agree_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A fault is one thing that can be wrong with a column, a table or a connection.
// It is shown twice: a sound table answers as memory does and has no finding; the
// faulty one, with the same rows, differs from memory or fails, and has the
// finding and no other.
type fault struct {
	name    string
	field   spec.Field // called v
	options []sqlspec.ColumnOption
	table   []sqlspec.Option
	sound   string   // the declaration of the column
	faulty  string   // empty: the same, and only the connection differs
	before  []string // statements before each table is made
	spoil   []string // statements before the faulty one is made
	settle  []string // statements after the rows are in, of the faulty one
	settled any      // what the rows are after them, if not what they were
	rows    []cell
	ask     []spec.Specification
	policy  bool
	finding string     // what follows the name of the table
	advice  bool       // the rows are the same, all the same
	anyway  bool       // advice, though this row differs: others may not
	refused bool       // the faulty table does not even store the rows
	read    func() any // memory has the rows as they are read into this
}

// cell is a value as a program has it, and as SQL that stores it.
type cell struct {
	value  any
	stored string
}

func field(kind spec.Kind) spec.Field { return spec.Field{Name: "v", Kind: kind, Nullable: true} }

func listOf(kind spec.Kind) spec.Field {
	return spec.Field{Name: "v", Kind: kind, Nullable: true, List: true}
}

func enumOf(labels ...string) spec.Field {
	return spec.Field{Name: "v", Kind: spec.KindString, Nullable: true, Labels: labels}
}

// showFaults shows each fault in an empty database, on one connection, so that
// settings stay.
func showFaults(t *testing.T, d sqlspec.Dialect, faults []fault) {
	empty := emptyDatabases(t, d)
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			if f.faulty == "" {
				f.faulty = f.sound
			}
			db := f.make(t, empty(t), f.sound, nil, nil)
			if lines := f.findings(t, d, db); len(lines) > 0 {
				t.Errorf("the sound table has findings: %q", lines)
			}
			if differ, shown := f.differ(t, d, db, false); differ {
				t.Errorf("the sound table differs from memory: %s", shown)
			}
			db = f.make(t, empty(t), f.faulty, f.spoil, f.settle)
			if !f.refused {
				if differ, shown := f.differ(t, d, db, true); differ == (f.advice && !f.anyway) {
					t.Errorf("differs from memory: %v: %s", differ, shown)
				}
			}
			want := either(f.advice, "advice: ", "problem: ") + f.finding
			if lines := f.findings(t, d, db); len(lines) != 1 || !strings.HasPrefix(lines[0], want) {
				t.Errorf("findings %q, want only %q", lines, want)
			}
		})
	}
}

// emptyDatabases returns a function that opens a database with nothing in it. Of
// a server, it is the same one each time, emptied: making one takes long.
func emptyDatabases(t *testing.T, d sqlspec.Dialect) func(*testing.T) *sql.DB {
	driver, dsn, clean := "", "", []string(nil)
	switch d {
	case sqlspec.SQLite:
		return func(t *testing.T) *sql.DB { return engines.SQLite(t) }
	case sqlspec.Postgres:
		driver, dsn, clean = "pgx", engines.PostgresURL(t), []string{"DROP SCHEMA IF EXISTS public, other CASCADE", "CREATE SCHEMA public"}
	default:
		driver, dsn, clean = "mysql", engines.MariaDBDSN(t), []string{"DROP TABLE IF EXISTS faults", "DROP TABLE IF EXISTS tasks", "DROP TABLE IF EXISTS people"}
	}
	return func(t *testing.T) *sql.DB {
		t.Helper()
		db, err := sql.Open(driver, dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		for _, s := range clean {
			exec(t, db, s)
		}
		return db
	}
}

// make makes the table and stores the rows on one connection.
func (f fault) make(t *testing.T, db *sql.DB, typ string, before, after []string) *sql.DB {
	t.Helper()
	db.SetMaxOpenConns(1)
	refused := f.refused && typ == f.faulty
	for _, s := range slices.Concat(f.before, before) {
		exec(t, db, s)
	}
	if !strings.HasPrefix(typ, "CREATE ") {
		typ = "CREATE TABLE faults (id INTEGER PRIMARY KEY, v " + typ + ")"
	}
	for statement := range strings.SplitSeq(typ, ";") {
		exec(t, db, statement)
	}
	for i, row := range f.rows {
		if _, err := db.Exec(fmt.Sprintf("INSERT INTO faults (id, v) VALUES (%d, %s)", i, row.stored)); (err != nil) != refused {
			t.Fatalf("storing %s: %v", row.stored, err)
		}
	}
	for _, s := range after {
		exec(t, db, s)
	}
	return db
}

func (f fault) mapped(t *testing.T, d sqlspec.Dialect) *sqlspec.Table {
	t.Helper()
	sc, err := spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}, f.field)
	if err != nil {
		t.Fatal(err)
	}
	options := slices.Clone(f.table)
	if len(f.options) > 0 {
		options = append(options, sqlspec.Column("v", f.options...))
	}
	table, err := sqlspec.NewTable("faults", sc, options...)
	if err != nil {
		t.Fatal(err)
	}
	return table.In(d)
}

func (f fault) findings(t *testing.T, d sqlspec.Dialect, db sqlspec.Queryer) (lines []string) {
	t.Helper()
	var policy []string
	if f.policy {
		policy = []string{"v"}
	}
	findings, err := f.mapped(t, d).Check(t.Context(), db, d, policy...)
	if err != nil {
		t.Fatal(err)
	}
	for _, finding := range findings {
		lines = append(lines, strings.Replace(finding.String(), `table "faults", "v": `, "", 1))
	}
	return lines
}

// differ asks memory and the engine, and shows the first difference or error.
func (f fault) differ(t *testing.T, d sqlspec.Dialect, db *sql.DB, faulty bool) (bool, string) {
	t.Helper()
	e := engine{dialect: d, table: f.mapped(t, d), db: db}
	rows := f.inMemory(t, db, faulty)
	for _, s := range f.ask {
		m, err := spec.Compile[map[string]any](s, spec.WithSchema(e.table.Schema()))
		if err != nil {
			t.Fatal(err)
		}
		want := []int64{}
		for _, row := range m.Filter(rows) {
			want = append(want, row["id"].(int64))
		}
		if got, text, err := e.visible(s); err != nil || !slices.Equal(got, want) {
			return true, fmt.Sprintf("%v: memory %v, %s %v, %v\n%s", s, want, d, got, err, text)
		}
	}
	return false, ""
}

// inMemory returns the rows as the program had them, or as it reads them.
func (f fault) inMemory(t *testing.T, db *sql.DB, faulty bool) (rows []map[string]any) {
	t.Helper()
	for i, row := range f.rows {
		value := row.value
		if faulty && f.settled != nil {
			value = f.settled
		}
		if f.read != nil {
			value = f.read()
			if err := db.QueryRow(fmt.Sprintf("SELECT v FROM faults WHERE id = %d", i)).Scan(value); err != nil {
				t.Fatal(err)
			}
			switch x := value.(type) {
			case *string:
				value = *x
			case *bool:
				value = *x
			case *float64:
				value = *x
			case *any:
				value = *x
			}
		}
		rows = append(rows, map[string]any{"id": int64(i), "v": value})
	}
	return rows
}

func readText() any { return new(string) }
func readAny() any  { return new(any) }

var summerNoon = cell{time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC), "'2024-07-01 12:00:00'"}

var openEmpty = map[sqlspec.Dialect]func(testing.TB) *sql.DB{
	sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB,
}
