package agree_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
	"modernc.org/sqlite"
)

func init() {
	sqlite.MustRegisterCollationUtf8("backwards", func(a, b string) int { return strings.Compare(b, a) })
}

func TestCheckSQLite(t *testing.T) {
	text, whole, instant, day := field(spec.KindString), field(spec.KindInt), field(spec.KindTime), field(spec.KindDate)
	strict, noCase := []sqlspec.Option{sqlspec.Strict()}, []sqlspec.ColumnOption{sqlspec.NoCase()}
	const table, isStrict = "CREATE TABLE faults (id INTEGER PRIMARY KEY, v ", ") STRICT"
	a, seven := []cell{{"a", "'a'"}}, []cell{{int64(7), "7"}}
	isA, aboveFive := []spec.Specification{spec.Eq("v", "a"), spec.Ne("v", "a")}, []spec.Specification{spec.Gt("v", 5)}
	micros := []cell{{noon, "1719835200000000"}}
	showFaults(t, sqlspec.SQLite, []fault{
		{name: "TEXT for an integer", field: whole, sound: "INTEGER", faulty: "TEXT", rows: seven, ask: aboveFive, finding: `column "v" has the affinity TEXT of its type TEXT, and needs INTEGER`},
		{name: "REAL for an integer", field: whole, sound: "BIGINT", faulty: "DOUBLE", rows: seven, ask: aboveFive, finding: `column "v" has the affinity REAL of its type DOUBLE, and needs INTEGER`},
		{name: "TEXT for a truth", field: field(spec.KindBool), sound: "BOOLEAN", faulty: "TEXT", rows: []cell{{true, "1"}}, ask: []spec.Specification{spec.Ne("v", false)}, finding: `column "v" has the affinity TEXT of its type TEXT, and needs INTEGER`},
		{name: "TEXT for a float", field: field(spec.KindFloat), sound: "NUMERIC", faulty: "TEXT", rows: []cell{{1.5, "1.5"}}, ask: []spec.Specification{spec.Gt("v", 1.0)}, finding: `column "v" has the affinity TEXT of its type TEXT, and needs REAL`},
		{name: "NUMERIC for a decimal", field: field(spec.KindDecimal), sound: "TEXT", faulty: "DECIMAL(20,2)", rows: []cell{{spec.MustDecimal("0.10"), "'0.10'"}}, ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("0.1"))}, finding: `column "v" has the affinity NUMERIC of its type DECIMAL(20,2), and needs TEXT`},
		{name: "TEXT for cents", field: field(spec.KindDecimal), options: []sqlspec.ColumnOption{sqlspec.Scaled(2)}, sound: "INTEGER", faulty: "TEXT", rows: []cell{{spec.MustDecimal("0.10"), "10"}}, ask: []spec.Specification{spec.Lt("v", spec.MustDecimal("0.2"))}, finding: `column "v" has the affinity TEXT of its type TEXT, and needs INTEGER`},
		{name: "NUMERIC for a text", field: text, sound: "VARCHAR(20)", faulty: "STRING", rows: []cell{{"007", "'007'"}}, ask: []spec.Specification{spec.Eq("v", "7")}, finding: `column "v" has the affinity NUMERIC of its type STRING, and needs TEXT`},
		{name: "instants as a program stores them", field: instant, sound: "INTEGER", faulty: "DATETIME", rows: micros, settle: []string{"UPDATE faults SET v = '2024-07-01 12:00:00+00:00'"}, ask: []spec.Specification{spec.Eq("v", noon)}, finding: `column "v" is declared DATETIME, in which programs and drivers store and read texts`},
		{name: "dates as a driver reads them", field: day, sound: "TEXT", faulty: "DATE", rows: []cell{{"2024-07-01", "'2024-07-01'"}}, read: readAny, ask: []spec.Specification{spec.Eq("v", spec.DateOf(noon))}, finding: `column "v" is declared DATE, in which programs and drivers`},
		{name: "not STRICT", field: whole, table: strict, sound: table + "INTEGER" + isStrict, faulty: "INTEGER", rows: seven, settle: []string{"UPDATE faults SET v = 'abc'"}, settled: "abc", ask: aboveFive, finding: `table "faults": the table is not declared STRICT, and the option Strict says that it is`},
		{name: "NOCASE", field: text, table: strict, sound: table + "TEXT" + isStrict, faulty: table + "TEXT COLLATE NOCASE" + isStrict, rows: a, ask: []spec.Specification{spec.Eq("v", "A")}, finding: `column "v" has a collation that is not BINARY`},
		{name: "RTRIM", field: text, table: strict, sound: table + "TEXT COLLATE BINARY" + isStrict, faulty: table + "TEXT COLLATE RTRIM" + isStrict, rows: a, ask: []spec.Specification{spec.Eq("v", "a ")}, finding: `column "v" has a collation that is not BINARY`},
		{name: "a list in a STRICT table", field: listOf(spec.KindString), table: strict, sound: table + "TEXT" + isStrict, faulty: table + "INTEGER" + isStrict, rows: []cell{{[]any{"a"}, `'["a"]'`}}, refused: true, finding: `column "v" has the affinity INTEGER of its type INTEGER, and needs TEXT`},
		{name: "floats in integers of a STRICT table", field: field(spec.KindFloat), table: strict, sound: table + "REAL" + isStrict, faulty: table + "INTEGER" + isStrict, rows: []cell{{1.5, "1.5"}}, refused: true, finding: `column "v" has the affinity INTEGER of its type INTEGER, and needs REAL`},
		{name: "bytes in a STRICT table", field: field(spec.KindBytes), table: strict, sound: table + "BLOB" + isStrict, faulty: table + "TEXT" + isStrict, rows: []cell{{[]byte("a"), "X'61'"}}, refused: true, finding: `column "v" has the affinity TEXT of its type TEXT, and needs BLOB`},
		{name: "no type", field: whole, sound: "INTEGER", faulty: "", rows: seven, settle: []string{"DROP TABLE faults", "CREATE TABLE faults (id INTEGER PRIMARY KEY, v)", "INSERT INTO faults VALUES (0, 7)"}, ask: aboveFive, advice: true, finding: `column "v" has the affinity BLOB of its type (none), not INTEGER, and keeps whatever it is given`},
		{name: "any type", field: text, table: strict, sound: table + "TEXT" + isStrict, faulty: table + "ANY" + isStrict, rows: a, ask: isA, advice: true, finding: `column "v" has the affinity BLOB of its type ANY, not TEXT`},
		{name: "STRICT that is not said", field: text, sound: "TEXT", faulty: table + "TEXT" + isStrict, rows: a, ask: isA, advice: true, finding: `table "faults": the table is declared STRICT: with the option Strict`},
		{name: "null, which the field is not", field: spec.Field{Name: "v", Kind: spec.KindInt}, sound: "INTEGER NOT NULL", faulty: "INTEGER", rows: seven, ask: aboveFive, advice: true, finding: `column "v" can be null, the field cannot`},
		{name: "a primary key can be null", field: spec.Field{Name: "v", Kind: spec.KindString}, sound: "CREATE TABLE faults (id INTEGER NOT NULL, v TEXT PRIMARY KEY) WITHOUT ROWID", faulty: "CREATE TABLE faults (id INTEGER NOT NULL, v TEXT PRIMARY KEY)", rows: a, ask: isA, advice: true, finding: `column "v" can be null, the field cannot`},
		{name: "an index of more columns", field: whole, policy: true, sound: "INTEGER);CREATE INDEX x ON faults (v, id", faulty: "INTEGER);CREATE INDEX x ON faults (id, v", rows: seven, ask: aboveFive, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of an expression", field: whole, policy: true, sound: "INTEGER UNIQUE", faulty: "INTEGER);CREATE INDEX x ON faults (abs(v)", rows: seven, ask: aboveFive, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of another collation", field: text, policy: true, sound: "TEXT COLLATE NOCASE);CREATE INDEX x ON faults (v", faulty: "TEXT COLLATE NOCASE);CREATE INDEX x ON faults (v COLLATE BINARY", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index that folds case", field: text, options: noCase, policy: true, sound: "TEXT);CREATE INDEX x ON faults (v", faulty: "TEXT);CREATE INDEX x ON faults (v COLLATE NOCASE", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "another collation than NOCASE", field: text, options: noCase, sound: "TEXT COLLATE NOCASE", faulty: "TEXT COLLATE backwards", rows: a, ask: []spec.Specification{spec.HasPrefix("v", "a")}, finding: `column "v" has a collation that is neither NOCASE nor BINARY`},
	})
}

// Names are found as a FROM finds them, in any case, in the database that comes
// first; views, generated columns and keys are what they are.
func TestCheckSQLiteFindsNothing(t *testing.T) {
	type row struct {
		ID    int64
		Name  string
		Upper *string
		Made  *int64
	}
	db := engines.SQLite(t)
	db.SetMaxOpenConns(1)
	for _, s := range []string{
		"CREATE TABLE Rows (Id INTEGER PRIMARY KEY, NAME VARCHAR(9) NOT NULL UNIQUE, upper TEXT AS (upper(name)) VIRTUAL, made INT GENERATED ALWAYS AS (id + 1) STORED)",
		"CREATE VIEW seen AS SELECT id, name, upper, made FROM rows",
		"ATTACH ':memory:' AS other",
		"CREATE TABLE other.rows (id TEXT)",
		"CREATE TABLE other.elsewhere (name TEXT NOT NULL, id INTEGER NOT NULL, upper TEXT, made INT, PRIMARY KEY (name, id)) WITHOUT ROWID",
		"CREATE INDEX other.x ON elsewhere (id)",
		"CREATE TABLE hidden (id TEXT)",
		"CREATE TEMP TABLE hidden (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, upper TEXT, made INT)",
	} {
		exec(t, db, s)
	}
	for _, name := range []string{"rows", "ROWS", "main.rows", "seen", "elsewhere", "other.elsewhere", "hidden", "temp.hidden"} {
		findings, err := sqlspec.MustTable[row](name).Check(t.Context(), db, sqlspec.SQLite, "id", "name")
		if err != nil || len(findings) > 0 {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
	for _, name := range []string{"other.rows", "main.hidden", "nope.rows", "other.seen"} {
		findings, err := sqlspec.MustTable[row](name).Check(t.Context(), db, sqlspec.SQLite)
		if err != nil || sqlspec.Problems(findings) == nil {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
}

// TestCheckSQLiteEncoding: the order of a database in UTF-16 is that of the bytes
// of its units.
func TestCheckSQLiteEncoding(t *testing.T) {
	f := fault{field: field(spec.KindString), rows: []cell{{"b", "'b'"}, {"Ā", "'Ā'"}}, ask: []spec.Specification{spec.Gt("v", "a")}}
	for _, encoding := range []string{"UTF-8", "UTF-16le", "UTF-16be"} {
		faulty := encoding != "UTF-8"
		db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "test.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		db.SetMaxOpenConns(1)
		exec(t, db, "PRAGMA encoding = '"+encoding+"'")
		if encoding == "UTF-16be" { // what is beyond U+FFFF is out of order
			f.rows, f.ask = []cell{{"😀", "'😀'"}}, []spec.Specification{spec.Gt("v", "\uffee")}
		}
		f.make(t, db, "TEXT", nil, nil)
		lines := f.findings(t, sqlspec.SQLite, db)
		if faulty != (len(lines) == 1 && strings.HasPrefix(lines[0], "problem: the database is encoded in "+encoding)) || len(lines) > 1 {
			t.Errorf("%s: findings %q", encoding, lines)
		}
		if differ, shown := f.differ(t, sqlspec.SQLite, db, true); differ != faulty {
			t.Errorf("%s: differs from memory: %v: %s", encoding, differ, shown)
		}
	}
}
