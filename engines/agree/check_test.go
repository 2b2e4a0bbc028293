package agree_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// The tables of the random tests are as they should be.
func TestCheckFindsNothing(t *testing.T) {
	for _, e := range []engine{openSQLite(t, false), openSQLite(t, true), openPostgres(t)} {
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

// Each of these has led to other rows than in memory.
func TestCheckFinds(t *testing.T) {
	tests := []struct {
		dialect sqlspec.Dialect
		name    string
		ddl     []string
		opts    []sqlspec.Option
		policy  []string
		want    []string // in the order of the findings
	}{
		{sqlspec.SQLite, "a good table", []string{
			"CREATE TABLE checked (id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, price TEXT NOT NULL, at INTEGER NOT NULL, tags TEXT, mood TEXT NOT NULL, gone INTEGER NOT NULL, weight REAL NOT NULL) STRICT",
			"CREATE INDEX by_name ON checked (name)"},
			[]sqlspec.Option{sqlspec.Strict()}, []string{"id", "name"}, nil},
		{sqlspec.SQLite, "what goes wrong in SQLite", []string{
			"CREATE TABLE checked (id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, email STRING NOT NULL, price DECIMAL(10,2) NOT NULL, at DATETIME NOT NULL, tags TEXT, mood TEXT, weight REAL NOT NULL)"},
			[]sqlspec.Option{sqlspec.Strict()}, []string{"name", "nope"}, []string{
				"problem: the table is not declared STRICT",
				`problem: field "at": column "at" has the affinity NUMERIC of its type DATETIME, and needs INTEGER`,
				`problem: field "email": column "email" may have a collation`,
				`problem: field "gone": the table has no column "gone"`,
				`problem: field "mood": column "mood" may have a collation`,
				`advice: field "mood": column "mood" can be null, the field cannot`,
				`problem: field "name": column "name" may have a collation`,
				`advice: field "name": no index begins with column "name"`,
				`problem: field "price": column "price" has the affinity NUMERIC of its type DECIMAL(10,2), and needs TEXT`,
				`problem: field "nope": the policy asks for it`,
			}},
		{sqlspec.SQLite, "no table", nil, nil, nil, []string{"problem: the database has no table or view"}},
		{sqlspec.Postgres, "a good table", []string{
			"CREATE TYPE mood AS ENUM ('calm', 'cross')",
			"CREATE TABLE checked (id bigint PRIMARY KEY, name text NOT NULL, email varchar(80) NOT NULL, price numeric(12,2) NOT NULL, at timestamptz NOT NULL, tags text[], mood mood NOT NULL, gone bool NOT NULL, weight real NOT NULL)",
			"CREATE INDEX by_name ON checked (name)"},
			[]sqlspec.Option{sqlspec.Column("mood", sqlspec.PostgresType("mood"))}, []string{"id", "name"}, nil},
		{sqlspec.Postgres, "what goes wrong in PostgreSQL", []string{
			"CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
			"CREATE TABLE checked (id text PRIMARY KEY, name text COLLATE folded NOT NULL, email char(80) NOT NULL, price float8 NOT NULL, at timestamp NOT NULL, tags varchar[], mood text, weight real NOT NULL)"},
			nil, []string{"name", "email"}, []string{
				`problem: field "at": column "at" is of type timestamp without time zone, not timestamp with time zone`,
				`problem: field "email": column "email" is of type character, not text or character varying`,
				`advice: field "email": no index begins with`,
				`problem: field "gone": the table has no column "gone"`,
				`problem: field "id": column "id" is of type text, not smallint or integer or bigint`,
				`advice: field "mood": column "mood" can be null`,
				`problem: field "name": column "name" has the nondeterministic collation folded`,
				`advice: field "name": no index begins with`,
				`problem: field "price": column "price" is of type double precision, not numeric`,
				`problem: field "tags": column "tags" is of type character varying, not text`,
			}},
		{sqlspec.Postgres, "no table", nil, nil, nil, []string{"problem: the database has no table or view"}},
	}
	for _, test := range tests {
		t.Run(test.dialect.String()+" "+test.name, func(t *testing.T) {
			db := engines.SQLite(t)
			if test.dialect == sqlspec.Postgres {
				db = engines.Postgres(t)
			}
			for _, ddl := range test.ddl {
				exec(t, db, ddl)
			}
			findings, err := sqlspec.MustTable[checked]("checked", test.opts...).Check(t.Context(), db, test.dialect, test.policy...)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range findings {
				if i >= len(test.want) || !strings.HasPrefix(f.String(), test.want[i]) {
					t.Errorf("finding %d: %s", i, f)
				}
			}
			if len(findings) != len(test.want) {
				t.Errorf("%d findings, want %d", len(findings), len(test.want))
			}
			if problems := sqlspec.Problems(findings); (len(test.want) > 0) != errors.Is(problems, sqlspec.ErrTable) {
				t.Errorf("Problems: %v", problems)
			}
		})
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
	if _, err := table.Check(t.Context(), db, sqlspec.Postgres); err == nil {
		t.Error("PostgreSQL's questions to SQLite: no error")
	}
}
