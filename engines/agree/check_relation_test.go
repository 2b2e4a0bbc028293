package agree_test

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A keyFault is what can be wrong with the keys between a task and its owner:
// their columns, and a value in each. Memory has an owner where the program takes
// the two values for equal.
type keyFault struct {
	name       string
	before     []string
	near, far  string // columns
	task, user string // values, as SQL
	related    bool
	set        string // a statement after the rows are stored
	finding    string
	advice     bool
	agrees     bool // advice that costs time alone
}

type owned struct {
	ID    int64
	Owner *owner
}

type owner struct{ Name string }

func ownedTable() *sqlspec.Table {
	return sqlspec.MustTable[owned]("tasks", sqlspec.ToOne("owner", sqlspec.MustTable[owner]("people"), sqlspec.On("owner_key", "k")))
}

func (f keyFault) show(t *testing.T, d sqlspec.Dialect, db *sql.DB) {
	db.SetMaxOpenConns(1)
	for _, s := range append(f.before,
		"DROP TABLE IF EXISTS tasks", "DROP TABLE IF EXISTS people",
		"CREATE TABLE people (k "+f.far+" UNIQUE, name VARCHAR(10) NOT NULL)", "CREATE TABLE tasks (id INTEGER NOT NULL, owner_key "+f.near+")",
		"INSERT INTO people VALUES ("+f.user+", 'ann')", "INSERT INTO tasks VALUES (1, "+f.task+")", f.set) {
		if s != "" {
			exec(t, db, s)
		}
	}
	row := owned{ID: 1}
	if f.related {
		row.Owner = &owner{"ann"}
	}
	table := ownedTable().In(d)
	differ := false
	for _, s := range []spec.Specification{spec.Eq("owner.name", "ann"), spec.Ne("owner.name", "ann"), spec.IsNull("owner.name")} {
		visible, err := spec.Filter(s, []owned{row})
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := engine{dialect: d, table: table, db: db}.visible(s)
		differ = differ || err != nil || len(got) != len(visible)
	}
	if wanted := f.finding != "" && !f.agrees; differ != wanted {
		t.Errorf("differs from memory: %v", differ)
	}
	findings, err := table.Check(t.Context(), db, d)
	if err != nil {
		t.Fatal(err)
	}
	want := either(f.advice, "advice: ", "problem: ") + `table "tasks", "owner": its keys "owner_key" of "tasks" and "k" of "people" ` + f.finding
	if f.finding == "" && len(findings) > 0 || f.finding != "" && (len(findings) != 1 || !strings.HasPrefix(findings[0].String(), want)) {
		t.Errorf("%v\nwant only %s", findings, want)
	}
}

func TestCheckKeys(t *testing.T) {
	const bytes, usual, unicode = "varchar(40) COLLATE utf8mb4_nopad_bin", "varchar(40)", "varchar(40) COLLATE utf8mb4_unicode_ci"
	const folded = "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
	for d, faults := range map[sqlspec.Dialect][]keyFault{
		sqlspec.MariaDB: {
			{name: "integers of different widths", near: "int", far: "bigint unsigned", task: "7", user: "7", related: true},
			{name: "texts in the order of bytes", near: bytes, far: "text COLLATE utf8mb4_nopad_bin", task: "'bob'", user: "'bob'", related: true},
			{name: "a UUID and its octets", near: "uuid", far: "varbinary(16)", task: "'" + oneUUID + "'", user: "UNHEX(REPLACE('" + oneUUID + "', '-', ''))", related: true},
			{name: "a date and its midnight", near: "date", far: "datetime", task: "'2024-07-01'", user: "'2024-07-01'", related: true},
			{name: "a number and a text", near: "int", far: bytes, task: "0", user: "'bob'", finding: "are of types int and varchar"},
			{name: "an integer and a float", near: "bigint", far: "double", task: "9007199254740993", user: "9007199254740992", finding: "are of types bigint and double"},
			{name: "a UUID and a text", near: bytes, far: "uuid", task: "'" + strings.ToUpper(oneUUID) + "'", user: "'" + oneUUID + "'", finding: "are of types varchar and uuid"},
			{name: "bytes of one length", near: "varbinary(4)", far: "binary(4)", task: "'abcd'", user: "'abcd'", related: true},
			{name: "bytes that are filled up", near: "varbinary(4)", far: "binary(5)", task: "'abcd'", user: "'abcd'", related: true, finding: "are of types varbinary and binary for 4 and 5 bytes"},
			{name: "two collations", near: usual, far: unicode, task: "'bob'", user: "'bob'", related: true, finding: "have the collations utf8mb4_general_ci and utf8mb4_unicode_ci, which MariaDB does not compare"},
			{name: "two collations of bytes", near: bytes, far: "varchar(40) COLLATE utf8mb4_bin", task: "'bob'", user: "'bob'", related: true, finding: "have the collations utf8mb4_nopad_bin and utf8mb4_bin, which"},
			{name: "two forms of Unicode", near: usual, far: "varchar(40) CHARSET utf16", task: "'bob'", user: "'bob'", related: true, finding: "have the collations utf8mb4_general_ci and utf16_general_ci, which"},
			{name: "two parts of Unicode", near: "varchar(40) CHARSET latin1", far: "varchar(40) CHARSET latin2", task: "'bob'", user: "'bob'", related: true, finding: "have the collations latin1_swedish_ci and latin2_general_ci, which"},
			{name: "a time zone between them", near: "timestamp NULL", far: "datetime", task: "'2024-07-01 12:00:00'", user: "'2024-07-01 12:00:00'", related: true, set: "SET time_zone = '+05:45'", finding: "are of types timestamp and datetime"},
			{name: "a collation that folds case", near: usual, far: usual, task: "'Bob'", user: "'bob'", finding: "have the collation utf8mb4_general_ci, so that different texts can be equal", advice: true},
			{name: "one collation of bytes", near: usual, far: bytes, task: "'bob'", user: "'bob'", related: true, finding: "have the collations utf8mb4_general_ci and utf8mb4_nopad_bin, and are compared by one", advice: true, agrees: true},
			{name: "one part of Unicode", near: bytes, far: "varchar(40) CHARSET latin1", task: "'é'", user: "'é'", related: true, finding: "have the collations utf8mb4_nopad_bin and latin1_swedish_ci, and are compared by one", advice: true, agrees: true},
			{name: "ASCII", near: "varchar(40) CHARSET latin1", far: "varchar(40) CHARSET ascii", task: "'a'", user: "'a'", related: true, finding: "have the collations latin1_swedish_ci and ascii_general_ci, and are compared by one", advice: true, agrees: true},
		},
		sqlspec.Postgres: {
			{name: "integers of different widths", near: "int", far: "numeric", task: "7", user: "7", related: true},
			{name: "texts", near: "text", far: "varchar(9)", task: "'bob'", user: "'bob'", related: true},
			{name: "a domain", before: []string{"CREATE DOMAIN nick AS varchar(9)"}, near: "text", far: "nick", task: "'bob'", user: "'bob'", related: true},
			{name: "a number and a text", near: "int", far: "text", task: "7", user: "'7'", related: true, finding: "are of types integer and text"},
			{name: "an integer and a float", near: "float8", far: "bigint", task: "9007199254740992", user: "9007199254740993", finding: "are of types double precision and bigint"},
			{name: "a text that is filled up", near: "text", far: "char(3)", task: "'a  '", user: "'a'", related: true, finding: "are of types text and character"},
			{name: "two collations", near: `text COLLATE "POSIX"`, far: `text COLLATE "C"`, task: "'bob'", user: "'bob'", related: true, finding: `have the collations POSIX and C, of which PostgreSQL chooses neither`},
			{name: "another collation than that of the database", near: "text", far: `text COLLATE "C"`, task: "'bob'", user: "'bob'", related: true, finding: `have the collations default and C, and are compared by one`, advice: true, agrees: true},
			{name: "a time zone between them", before: []string{"SET timezone = 'Asia/Tokyo'"}, near: "timestamptz", far: "timestamp", task: "'2024-07-01 12:00:00Z'", user: "'2024-07-01 12:00:00'", related: true, finding: "are of types timestamp with time zone and timestamp without time zone"},
			{name: "a nondeterministic collation", before: []string{folded}, near: "text COLLATE folded", far: "text COLLATE folded", task: "'Bob'", user: "'bob'", finding: "have a type or collation by which different texts can be equal", advice: true},
			{name: "citext", before: []string{"CREATE EXTENSION citext"}, near: "citext", far: "citext", task: "'Bob'", user: "'bob'", finding: "have a type or collation by which different texts can be equal", advice: true},
		},
		sqlspec.SQLite: {
			{name: "integers", near: "INTEGER", far: "NUMERIC", task: "7", user: "7", related: true},
			{name: "texts", near: "TEXT", far: "VARCHAR(9)", task: "'bob'", user: "'bob'", related: true},
			{name: "a number and a text", near: "TEXT", far: "INTEGER", task: "'07'", user: "7", finding: "have the affinities TEXT and INTEGER"},
			{name: "a text and octets", near: "TEXT", far: "BLOB", task: "'a'", user: "X'61'", related: true, finding: "have the affinities TEXT and BLOB"},
			{name: "an integer and a float", near: "REAL", far: "INTEGER", task: "9007199254740993", user: "9007199254740993", related: true, finding: "have the affinities REAL and INTEGER"},
			{name: "two collations", near: "TEXT COLLATE NOCASE", far: "TEXT", task: "'Bob'", user: "'bob'", finding: "have different collations, of which that of the first counts"},
			{name: "a collation that folds case", near: "TEXT COLLATE NOCASE", far: "TEXT COLLATE NOCASE", task: "'Bob'", user: "'bob'", finding: "have a collation that is not BINARY", advice: true},
		},
	} {
		empty := emptyDatabases(t, d)
		for _, f := range faults {
			t.Run(d.String()+" "+f.name, func(t *testing.T) { f.show(t, d, empty(t)) })
		}
	}
}

// TestCheckUniqueness: the key of a relation to one row has to be unique. Where it
// is not, any of the rows counts.
func TestCheckUniqueness(t *testing.T) {
	every := []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB}
	some := every[:2]
	for _, test := range []struct {
		name     string
		people   string
		dialects []sqlspec.Dialect
		sound    bool
	}{
		{"a primary key", "k INT PRIMARY KEY, name VARCHAR(10) NOT NULL", every, true},
		{"a unique column", "k INT UNIQUE, name VARCHAR(10) NOT NULL", every, true},
		{"a number of the row", "k INTEGER PRIMARY KEY, name VARCHAR(10) NOT NULL", some[:1], true},
		{"a key that includes more", "k INT, name VARCHAR(10) NOT NULL, UNIQUE (k) INCLUDE (name)", every[1:2], true},
		{"no key", "k INT, name VARCHAR(10) NOT NULL", every, false},
		{"a key of more columns", "k INT, name VARCHAR(10) NOT NULL, UNIQUE (k, name)", every, false},
		{"a key of some of the rows", "k INT, name VARCHAR(10) NOT NULL);CREATE UNIQUE INDEX x ON people (k) WHERE (name = 'ann'", some, false},
		{"a key of an expression", "k INT, name VARCHAR(10) NOT NULL);CREATE UNIQUE INDEX x ON people (k, (name || 'x')", some, false},
		{"an index that is not unique", "k INT, name VARCHAR(10) NOT NULL);CREATE INDEX x ON people (k", every, false},
	} {
		for _, d := range test.dialects {
			t.Run(d.String()+" "+test.name, func(t *testing.T) {
				db := openEmpty[d](t)
				for s := range strings.SplitSeq("CREATE TABLE people ("+test.people+");CREATE TABLE tasks (id INT NOT NULL, owner_key INT);INSERT INTO tasks VALUES (1, 7);INSERT INTO people VALUES (7, 'ann')", ";") {
					exec(t, db, s)
				}
				if _, err := db.Exec("INSERT INTO people VALUES (7, 'bob')"); (err != nil) != test.sound {
					t.Fatalf("a second owner: %v", err)
				}
				table := ownedTable().In(d)
				both, _, err := engine{dialect: d, table: table, db: db}.visible(spec.And(spec.Eq("owner.name", "ann"), spec.Ne("owner.name", "ann")))
				if err != nil || (len(both) == 0) != test.sound {
					t.Errorf("ann and not ann: %v, %v", both, err)
				}
				findings, err := table.Check(t.Context(), db, d)
				want := `problem: table "tasks", "owner": nothing says that one row of "people" at most has the key "k"`
				if err != nil || test.sound && len(findings) > 0 || !test.sound && (len(findings) != 1 || !strings.HasPrefix(findings[0].String(), want)) {
					t.Errorf("%v, %v", findings, err)
				}
			})
		}
	}
}

// TestCheckRelations looks at a graph of tables: each is named once, after the
// first relation that leads to it.
func TestCheckRelations(t *testing.T) {
	indexes := []string{
		"CREATE INDEX i1 ON remarks (task_id, id)", "CREATE INDEX i2 ON members (person)", "CREATE INDEX i3 ON friends (person)", "CREATE INDEX i4 ON task_groups (task_id)",
	}
	advice := []string{
		`advice: table "people", "checker.friends": no index of "friends" begins with the key "person"`,
		`advice: table "people", "checker.teams": no index of "members" begins with the key "person"`,
		`advice: table "tasks", "groups": no index of "task_groups" begins with the key "task_id"`,
		`advice: table "tasks", "remarks": no index of "remarks" begins with the key "task_id"`,
	}
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		t.Run(d.String(), func(t *testing.T) {
			db := openRelated(t, d)
			check := func(policy ...string) (lines []string) {
				t.Helper()
				findings, err := taskTable(t).Check(t.Context(), db, d, policy...)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range findings {
					// The columns of these tables can be null, and their texts have
					// the collation that the engine gives them.
					if !strings.Contains(f.Text, "can be null") && !strings.Contains(f.Text, "BinaryText") {
						lines = append(lines, f.String())
					}
				}
				return lines
			}
			same := func(step string, have []string, want ...string) {
				t.Helper()
				if !slices.Equal(have, want) {
					t.Errorf("%s:\nhave %s\nwant %s", step, strings.Join(have, "\n     "), strings.Join(want, "\n     "))
				}
			}
			same("without indexes", check(), advice...)
			for _, s := range indexes {
				exec(t, db, s)
			}
			same("with indexes", check("id", "remarks", "owner.id", "owner.boss.id", "remarks.author.teams.id"))
			same("policies", check("owner.boss.age", "remarks.words", "owner.nope", "nope.name"),
				`advice: table "people", "checker.age": no index that serves it begins with column "age", which the policy asks about`,
				`advice: table "remarks", "remarks.words": no index that serves it begins with column "words", which the policy asks about`,
				`problem: table "people", "owner.nope": the policy asks about it, and the table has no column for it`,
				`problem: table "tasks", "nope.name": the policy asks about it, and the table has no column for it`)
			exec(t, db, "ALTER TABLE people RENAME COLUMN boss_id TO chief")
			exec(t, db, "ALTER TABLE members RENAME COLUMN team TO side")
			exec(t, db, "ALTER TABLE remarks RENAME COLUMN words TO text")
			exec(t, db, "DROP TABLE task_groups")
			same("what is missing", check(),
				`problem: table "people", "checker.boss": its key is column "boss_id" of "people", which is not there`,
				`problem: table "people", "checker.teams": its key is column "team" of "members", which is not there`,
				`problem: table "tasks", "groups": the database has no table or view "task_groups", which leads there`,
				`problem: table "remarks", "remarks.words": the table has no column "words"`)
			exec(t, db, "DROP TABLE people")
			if lines := check(); !slices.Contains(lines, `problem: table "people", "checker": the database has no such table or view`) {
				t.Errorf("without people: %q", lines)
			}
		})
	}
}

// TestCheckKeysOfTwoColumns: an index may have them in either order, and be unique
// in one of them.
func TestCheckKeysOfTwoColumns(t *testing.T) {
	type asked struct {
		ID     int64
		Owner  *owner
		Owners []owner
	}
	people := sqlspec.MustTable[owner]("people")
	keys := sqlspec.On("x", "a").And("y", "b")
	table := sqlspec.MustTable[asked]("tasks", sqlspec.ToOne("owner", people, keys), sqlspec.ToMany("owners", people, keys))
	const unique, index = `problem: table "tasks", "owner": nothing says that one row of "people" at most has the key "a", "b"`, `advice: table "tasks", "owners": no index of "people" begins with the key "a", "b"`
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		db := openEmpty[d](t)
		exec(t, db, "CREATE TABLE tasks (id INT NOT NULL, x INT, y INT)")
		for _, test := range []struct {
			keys string
			want []string
		}{
			{"PRIMARY KEY (b, a)", nil},
			{"UNIQUE (a, b)", nil},
			{"UNIQUE (b)", []string{index}},
			{"UNIQUE (b, name, a)", []string{unique, index}},
			{"UNIQUE (b, a, name)", []string{unique}},
			{"CHECK (a > 0)", []string{unique, index}},
		} {
			exec(t, db, "CREATE TABLE people (a INT, b INT, name VARCHAR(10) NOT NULL, "+test.keys+")")
			findings, err := table.Check(t.Context(), db, d)
			var have []string
			for _, f := range findings {
				line, _, _ := strings.Cut(f.String(), ": of many")
				have = append(have, line)
			}
			if err != nil || !slices.Equal(have, test.want) {
				t.Errorf("%s: %s: %v, %v", d, test.keys, findings, err)
			}
			exec(t, db, "DROP TABLE people")
		}
		exec(t, db, "CREATE TABLE people (a INT, b "+either(d == sqlspec.MariaDB, "VARCHAR(9) COLLATE utf8mb4_nopad_bin", "TEXT")+", name VARCHAR(10) NOT NULL, PRIMARY KEY (a, b))")
		findings, err := table.Check(t.Context(), db, d)
		if err != nil || len(findings) != 2 || !strings.HasPrefix(findings[0].Text, `its keys "y" of "tasks" and "b" of "people" `) || findings[1].Field != "owners" {
			t.Errorf("%s: %v, %v", d, findings, err)
		}
	}
}

// TestCheckViewsOfRelations: a view has no key to look at.
func TestCheckViewsOfRelations(t *testing.T) {
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres, sqlspec.MariaDB} {
		db := openEmpty[d](t)
		for _, s := range []string{"CREATE TABLE everybody (k INT PRIMARY KEY, name VARCHAR(10) NOT NULL)", "CREATE VIEW people AS SELECT k, name FROM everybody", "CREATE TABLE tasks (id INT NOT NULL, owner_key INT)"} {
			exec(t, db, s)
		}
		findings, err := ownedTable().Check(t.Context(), db, d)
		want := `advice: table "tasks", "owner": "people" is a view: nothing says that one row at most has the key "k"`
		if err != nil || len(findings) != 1 || findings[0].String() != want {
			t.Errorf("%s: %v, %v", d, findings, err)
		}
	}
}
