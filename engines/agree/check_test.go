package agree_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The tables of the random tests are as they should be.
func TestCheckFindsNothing(t *testing.T) {
	for _, e := range []engine{openSQLite(t, false), openSQLite(t, true), openPostgres(t), openMariaDB(t, usualCollation), openMariaDB(t, unicodeCollation), openMariaDB(t, bytesCollation)} {
		findings, err := e.table.Check(t.Context(), e.db, e.dialect)
		if err != nil || sqlspec.Problems(findings) != nil {
			t.Errorf("%s: %v, %v", e.dialect, findings, err)
		}
	}
}

type checked struct {
	ID     int64
	Name   string
	Email  string
	Price  spec.Decimal
	At     time.Time
	Tags   []string
	Mood   string `spec:"mood,enum=calm|cross"`
	Gone   bool
	Weight float64
}

// What a log shows of a table in which much is wrong.
func TestCheckInALog(t *testing.T) {
	tests := map[sqlspec.Dialect]struct {
		ddl  []string
		want string
	}{
		sqlspec.SQLite: {[]string{
			"CREATE TABLE checked (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, email STRING NOT NULL, price DECIMAL(10,2) NOT NULL, at DATETIME NOT NULL, tags JSON, mood TEXT, weight REAL NOT NULL)"}, `problems: 7, advice: 2
	problem: table "checked": the table is not declared STRICT, and the option Strict says that it is
	problem: table "checked", "at": column "at" is declared DATETIME, in which programs and drivers store and read texts of their own form: INTEGER is needed
	problem: table "checked", "email": column "email" has the affinity NUMERIC of its type STRING, and needs TEXT
	problem: table "checked", "gone": the table has no column "gone"
	problem: table "checked", "name": column "name" has a collation that is not BINARY, and the option Strict says that only columns with NoCase do
	problem: table "checked", "price": column "price" has the affinity NUMERIC of its type DECIMAL(10,2), and needs TEXT
	problem: table "checked", "nope": the policy asks about it, and the table has no column for it
	advice: table "checked", "mood": column "mood" can be null, the field cannot
	advice: table "checked", "name": no index that serves it begins with column "name", which the policy asks about`},
		sqlspec.Postgres: {[]string{
			"CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
			"CREATE TABLE checked (id text PRIMARY KEY, name text COLLATE folded NOT NULL, email char(80) NOT NULL, price float8 NOT NULL, at timestamp NOT NULL, tags varchar[], mood text, weight real NOT NULL)"}, `problems: 8, advice: 2
	problem: table "checked", "at": column "at" is of type timestamp without time zone, not timestamp with time zone
	problem: table "checked", "email": column "email" is of type character, not text or character varying
	problem: table "checked", "gone": the table has no column "gone"
	problem: table "checked", "id": column "id" is of type text, not smallint or integer or bigint
	problem: table "checked", "name": column "name" has the nondeterministic collation folded
	problem: table "checked", "price": column "price" is of type double precision, not numeric
	problem: table "checked", "tags": column "tags" is of type character varying[], not text[]
	problem: table "checked", "nope": the policy asks about it, and the table has no column for it
	advice: table "checked", "mood": column "mood" can be null, the field cannot
	advice: table "checked", "name": no index that serves it begins with column "name", which the policy asks about`},
		sqlspec.MariaDB: {[]string{
			"CREATE TABLE checked (id varchar(20) PRIMARY KEY, name varchar(20) CHARSET latin1 NOT NULL, email char(80) NOT NULL, price double NOT NULL, at bigint NOT NULL, tags json, mood enum('calm'), weight float NOT NULL)"}, `problems: 9, advice: 2
	problem: table "checked", "at": column "at" is of type bigint, not datetime or timestamp
	problem: table "checked", "email": column "email" is of type char, not enum or varchar or tinytext or text or mediumtext or longtext
	problem: table "checked", "gone": the table has no column "gone"
	problem: table "checked", "id": column "id" is of type varchar, not tinyint or smallint or mediumint or int or bigint
	problem: table "checked", "mood": the enum of column "mood" has no label "cross"
	problem: table "checked", "name": column "name" is in latin1, not utf8mb4: asked about a character it has not, MariaDB answers with an error
	problem: table "checked", "price": column "price" is of type double, not decimal
	problem: table "checked", "weight": column "weight" is of type float, not double
	problem: table "checked", "nope": the policy asks about it, and the table has no column for it
	advice: table "checked", "mood": column "mood" can be null, the field cannot
	advice: table "checked", "name": no index that serves it begins with column "name", which the policy asks about`},
	}
	for d, test := range tests {
		db := openEmpty[d](t)
		for _, ddl := range test.ddl {
			exec(t, db, ddl)
		}
		findings, err := sqlspec.MustTable[checked]("checked", sqlspec.Strict()).Check(t.Context(), db, d, "name", "nope")
		if err != nil {
			t.Fatal(err)
		}
		if have := findings.String(); have != test.want {
			t.Errorf("%s: have %s\nwant %s", d, have, test.want)
		}
		problems := sqlspec.Problems(findings)
		if !errors.Is(problems, sqlspec.ErrTable) {
			t.Fatalf("%s: Problems: %v", d, problems)
		}
		for line := range strings.SplitSeq(test.want, "\n\t") {
			if strings.Contains(problems.Error(), line) != strings.HasPrefix(line, "problem: ") {
				t.Errorf("%s: %s: among the problems %v", d, line, problems)
			}
		}
	}
}

func TestCheckOfNothing(t *testing.T) {
	for d, open := range openEmpty {
		findings, err := sqlspec.MustTable[checked]("checked").Check(t.Context(), open(t), d)
		if err != nil || len(findings) != 1 || findings[0] != (sqlspec.Finding{Table: "checked", Problem: true, Text: "the database has no such table or view"}) {
			t.Errorf("%s: %v, %v", d, findings, err)
		}
	}
	var none sqlspec.Findings
	if have := none.String(); have != "problems: 0, advice: 0" {
		t.Errorf("no findings: %s", have)
	}
	if err := sqlspec.Problems(sqlspec.Findings{{Field: "name", Text: "slow"}}); err != nil {
		t.Errorf("the problems of advice: %v", err)
	}
}

func TestCheckThatCannotBe(t *testing.T) {
	db := engines.SQLite(t)
	var none *sqlspec.Table
	if _, err := none.Check(t.Context(), db, sqlspec.SQLite); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("the nil table: %v", err)
	}
	table := sqlspec.MustTable[checked]("checked")
	if _, err := table.Check(t.Context(), db, 0); !errors.Is(err, sqlspec.ErrUnsupported) {
		t.Errorf("no dialect: %v", err)
	}
	for _, d := range []sqlspec.Dialect{sqlspec.Postgres, sqlspec.MariaDB} {
		if findings, err := table.Check(t.Context(), db, d); err == nil || findings != nil {
			t.Errorf("the questions of %s to SQLite: %v, %v", d, findings, err)
		}
	}
}

// TestCheckCodes: a column of codes is looked at as what the codes are.
func TestCheckCodes(t *testing.T) {
	encode := func(v spec.Value) (spec.Value, error) { return spec.Of([]byte(v.Text())), nil }
	table := sqlspec.MustTable[owner]("people", sqlspec.Column("name", sqlspec.Encoded(spec.KindBytes, encode)))
	for d, types := range map[sqlspec.Dialect][2]string{sqlspec.SQLite: {"BLOB", "TEXT"}, sqlspec.Postgres: {"bytea", "text"}, sqlspec.MariaDB: {"varbinary(20)", "varchar(20)"}} {
		for i, typ := range types {
			db := openEmpty[d](t)
			exec(t, db, "CREATE TABLE people (name "+typ+" NOT NULL)")
			findings, err := table.Check(t.Context(), db, d)
			if err != nil || len(findings) != i {
				t.Errorf("%s %s: %v, %v", d, typ, findings, err)
			}
		}
	}
}

// TestCheckWrongDialect: an option that PostgreSQL alone has.
func TestCheckWrongDialect(t *testing.T) {
	table := sqlspec.MustTable[checked]("checked", sqlspec.Column("at", sqlspec.Timestamp()), sqlspec.Column("tags", sqlspec.JSONB()))
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.MariaDB} {
		db := openEmpty[d](t)
		exec(t, db, "CREATE TABLE checked (id BIGINT NOT NULL, name VARCHAR(9) NOT NULL, email VARCHAR(9) NOT NULL, price "+either(d == sqlspec.SQLite, "TEXT", "DECIMAL(9)")+" NOT NULL, at "+
			either(d == sqlspec.SQLite, "INTEGER", "DATETIME(6)")+" NOT NULL, tags JSON, mood VARCHAR(9) NOT NULL, gone INTEGER NOT NULL, weight DOUBLE NOT NULL)")
		findings, err := table.Check(t.Context(), db, d)
		if err != nil {
			t.Fatal(err)
		}
		for field, ask := range map[string]spec.Specification{"at": spec.Eq("at", noon), "tags": spec.Contains("tags", "a"), "name": spec.Eq("name", "a")} {
			_, _, err := table.SQL(ask, d)
			said := slices.Contains(findings, sqlspec.Finding{Table: "checked", Field: field, Problem: true, Text: fmt.Sprintf("column %q has an option for PostgreSQL: no condition about it compiles here", field)})
			if said != errors.Is(err, sqlspec.ErrUnsupported) {
				t.Errorf("%s %s: %v, findings %v", d, field, err, findings)
			}
		}
	}
}

// TestCheckIsSilent: the settings that a check says nothing of make no difference.
func TestCheckIsSilent(t *testing.T) {
	for d, settings := range map[sqlspec.Dialect][]string{
		sqlspec.MariaDB: {
			"sql_mode = ''", "sql_mode = 'HIGH_NOT_PRECEDENCE'", "sql_mode = 'ANSI'", "sql_mode = 'ORACLE'", "sql_mode = 'MSSQL,NO_BACKSLASH_ESCAPES'",
			"sql_mode = 'PAD_CHAR_TO_FULL_LENGTH,TIME_ROUND_FRACTIONAL,REAL_AS_FLOAT,NO_UNSIGNED_SUBTRACTION,ALLOW_INVALID_DATES'",
			"default_regex_flags = 'DOTALL,MULTILINE,UNGREEDY,DUPNAMES'", "time_zone = '+09:00'", "collation_connection = utf8mb4_general_ci", "in_predicate_conversion_threshold = 2",
			"div_precision_increment = 0", "eq_range_index_dive_limit = 1",
		},
		sqlspec.Postgres: {
			"DateStyle = 'SQL, DMY'", "IntervalStyle = sql_standard", "TimeZone = 'Asia/Kathmandu'", "transform_null_equals = on", "bytea_output = escape", "extra_float_digits = -15",
			"quote_all_identifiers = on", "enable_seqscan = off", "plan_cache_mode = force_generic_plan", "row_security = off",
		},
	} {
		var e engine
		if d == sqlspec.Postgres {
			e = openPostgres(t)
		} else {
			e = openMariaDB(t, usualCollation)
		}
		e.db.SetMaxOpenConns(1)
		r := rand.New(rand.NewPCG(*seed, 10))
		for _, setting := range settings {
			name, _, _ := strings.Cut(setting, " = ")
			exec(t, e.db, "SET SESSION "+setting)
			findings, err := e.table.Check(t.Context(), e.db, d)
			if err != nil || sqlspec.Problems(findings) != nil {
				t.Errorf("%s: %v, %v", setting, findings, err)
			}
			for range *specs / 10 {
				s := randomSpec(r, 3)
				got, text, err := e.visible(s)
				if errors.Is(err, sqlspec.ErrUnsupported) {
					continue
				}
				if want := e.inMemory(t, s); err != nil || !slices.Equal(got, want) {
					t.Fatalf("%s: %v\n%s\n%v\n memory %v\n%s %v", setting, s, text, err, want, d, got)
				}
			}
			exec(t, e.db, "SET SESSION "+name+" = DEFAULT")
		}
	}
}
