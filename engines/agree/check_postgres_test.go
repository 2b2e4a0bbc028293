package agree_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestCheckPostgresTypes(t *testing.T) {
	const folded = "CREATE COLLATION folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
	const moods = "CREATE TYPE mood AS ENUM ('calm', 'cross')"
	text, whole, enum := field(spec.KindString), field(spec.KindInt), enumOf("calm", "cross")
	isMood := []sqlspec.ColumnOption{sqlspec.PostgresType("mood")}
	a := []cell{{"a", "'a'"}}
	showFaults(t, sqlspec.Postgres, []fault{
		{name: "char fills up", field: text, sound: "varchar(5)", faulty: "char(5)", rows: a, read: readText, ask: []spec.Specification{spec.Eq("v", "a")}, finding: `column "v" is of type character, not text or character varying`},
		{name: "char below a domain", field: text, before: []string{"CREATE DOMAIN good AS varchar(5)", "CREATE DOMAIN bad AS char(5)"}, sound: "good", faulty: "bad", rows: a, read: readText, ask: []spec.Specification{spec.Eq("v", "a")}, finding: `column "v" is of type character, not text`},
		{name: "citext", field: text, spoil: []string{"CREATE EXTENSION citext"}, sound: "text", faulty: "citext", rows: a, ask: []spec.Specification{spec.Contains("v", "A")}, finding: `column "v" is of type citext, not text`},
		{name: "name is cut", field: text, sound: "text", faulty: "name", rows: []cell{{sixty + "4567", "'" + sixty + "4567'"}}, ask: []spec.Specification{spec.Eq("v", sixty+"456")}, finding: `column "v" is of type name, not text`},
		{name: "an enum for a text", field: text, before: []string{moods}, sound: "text", faulty: "mood", rows: []cell{{"calm", "'calm'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type mood, not text`},
		{name: "a nondeterministic collation", field: text, before: []string{folded}, sound: "text", faulty: "text COLLATE folded", rows: a, ask: []spec.Specification{spec.Eq("v", "A")}, finding: `column "v" has the nondeterministic collation folded`},
		{name: "a nondeterministic collation of elements", field: listOf(spec.KindString), before: []string{folded}, sound: "text[]", faulty: "text[] COLLATE folded", rows: []cell{{[]any{"a"}, "'{a}'"}}, ask: []spec.Specification{spec.Contains("v", "A")}, finding: `column "v" has the nondeterministic collation folded`},
		{name: "a label is missing", field: enum, options: isMood, sound: moods + ";CREATE TABLE faults (id int PRIMARY KEY, v mood)", faulty: "CREATE TYPE mood AS ENUM ('cross');CREATE TABLE faults (id int PRIMARY KEY, v mood)", rows: []cell{{"cross", "'cross'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `the enum of column "v" has no label "calm"`},
		{name: "an enum that is not said", field: enum, before: []string{moods}, sound: "text", faulty: "mood", rows: []cell{{"calm", "'calm'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type mood, not text`},
		{name: "a text where an enum is said", field: enum, options: isMood, before: []string{moods}, sound: "mood", faulty: "text", rows: []cell{{"calm", "'calm'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type text, not "mood"`},
		{name: "a domain over the enum", field: enum, options: isMood, before: []string{moods, "CREATE DOMAIN temper AS mood"}, sound: "mood", faulty: "temper", rows: []cell{{"calm", "'calm'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type mood, not "mood"`},
		{name: "an enum of the same name elsewhere", field: enum, options: isMood, before: []string{moods, "CREATE SCHEMA other", "CREATE TYPE other.mood AS ENUM ('calm', 'cross')"}, sound: "mood", faulty: "other.mood", rows: []cell{{"calm", "'calm'"}}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type other.mood, not "mood"`},
		{name: "a type that is not found", field: enum, options: []sqlspec.ColumnOption{sqlspec.PostgresType("other.mood")}, before: []string{"CREATE SCHEMA other", "CREATE TYPE other.mood AS ENUM ('calm', 'cross')"}, sound: "other.mood", faulty: "other.mood", rows: []cell{{"calm", "'calm'"}}, settle: []string{"ALTER TYPE other.mood RENAME TO temper"}, ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type other.temper, and the database finds no type "other"."mood"`},
		{name: "numeric for an integer", field: whole, sound: "bigint", faulty: "numeric", rows: []cell{{int64(7), "7"}}, settle: []string{"UPDATE faults SET v = 9223372036854775815"}, settled: uint64(1<<63 + 7), ask: []spec.Specification{spec.Eq("v", uint64(1<<63+5))}, finding: `column "v" is of type numeric, not smallint or integer or bigint`},
		{name: "double precision for an integer", field: whole, sound: "bigint", faulty: "double precision", rows: []cell{{int64(1<<53 + 1), "9007199254740993"}}, ask: []spec.Specification{spec.Eq("v", 1<<53), spec.In("v", 1<<53, 1)}, finding: `column "v" is of type double precision, not smallint`},
		{name: "text for an integer", field: whole, sound: "int", faulty: "text", rows: []cell{{int64(7), "7"}}, ask: []spec.Specification{spec.Eq("v", 7)}, finding: `column "v" is of type text, not smallint`},
		{name: "numeric for a float", field: field(spec.KindFloat), sound: "float8", faulty: "numeric", rows: []cell{{1.0, "1"}}, settle: []string{"UPDATE faults SET v = 1e400"}, ask: []spec.Specification{spec.Eq("v", 1.0)}, finding: `column "v" is of type numeric, not double precision or real`},
		{name: "double precision for a decimal", field: field(spec.KindDecimal), sound: "numeric", faulty: "float8", rows: []cell{{spec.MustDecimal("12345678901234567.123456"), "12345678901234567.123456"}}, ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("12345678901234567.123457"))}, finding: `column "v" is of type double precision, not numeric`},
		{name: "int for a truth", field: field(spec.KindBool), sound: "bool", faulty: "int", rows: []cell{{true, "'1'"}}, ask: []spec.Specification{spec.Eq("v", true)}, finding: `column "v" is of type integer, not boolean`},
		{name: "text for bytes", field: field(spec.KindBytes), sound: "bytea", faulty: "text", rows: []cell{{[]byte("a"), "'a'"}}, ask: []spec.Specification{spec.Eq("v", []byte("a"))}, finding: `column "v" is of type text, not bytea`},
		{name: "timestamp for an instant", field: field(spec.KindTime), before: []string{"SET timezone = 'Asia/Tokyo'"}, sound: "timestamptz", faulty: "timestamp", rows: []cell{{noon, "'2024-07-01 12:00:00Z'"}}, ask: []spec.Specification{spec.Eq("v", noon)}, finding: `column "v" is of type timestamp without time zone, not timestamp with time zone`},
		{name: "timestamptz where a timestamp is said", field: field(spec.KindTime), options: []sqlspec.ColumnOption{sqlspec.Timestamp()}, before: []string{"SET timezone = 'Asia/Tokyo'"}, sound: "timestamp", faulty: "timestamptz", rows: []cell{summerNoon}, settle: []string{"UPDATE faults SET v = '2024-07-01 12:00:00Z'"}, ask: []spec.Specification{spec.Eq("v", noon)}, finding: `column "v" is of type timestamp with time zone, not timestamp without time zone`},
		{name: "timestamptz for a date", field: field(spec.KindDate), sound: "date", faulty: "timestamptz", rows: []cell{{spec.DateOf(noon), "'2024-07-01 12:00:00Z'"}}, ask: []spec.Specification{spec.Eq("v", spec.DateOf(noon))}, finding: `column "v" is of type timestamp with time zone, not date`},
		{name: "text for a UUID", field: field(spec.KindUUID), sound: "uuid", faulty: "text", rows: []cell{{oneUUID, "'" + oneUUID + "'"}}, ask: []spec.Specification{spec.Eq("v", oneUUID)}, finding: `column "v" is of type text, not uuid`},
		{name: "varchar elements", field: listOf(spec.KindString), sound: "text[]", faulty: "varchar[]", rows: []cell{{[]any{"a"}, "'{a}'"}}, ask: []spec.Specification{spec.Contains("v", "a")}, finding: `column "v" is of type character varying[], not text[]`},
		{name: "text elements where varchar is said", field: listOf(spec.KindString), options: []sqlspec.ColumnOption{sqlspec.PostgresType("varchar")}, sound: "varchar[]", faulty: "text[]", rows: []cell{{[]any{"a"}, "'{a}'"}}, ask: []spec.Specification{spec.Contains("v", "a")}, finding: `column "v" is of type text[], not "varchar"[]`},
		{name: "elements of a domain", field: listOf(spec.KindString), before: []string{"CREATE DOMAIN tag AS text", "CREATE DOMAIN tags AS text[]"}, sound: "tags", faulty: "tag[]", rows: []cell{{[]any{"a"}, "'{a}'"}}, ask: []spec.Specification{spec.Contains("v", "a")}, finding: `column "v" is of type tag[], not text[]`},
		{name: "jsonb that is not said", field: listOf(spec.KindString), sound: "text[]", faulty: "jsonb", rows: []cell{{[]any{}, "'{}'"}}, ask: []spec.Specification{spec.Contains("v", "a")}, finding: `column "v" is of type jsonb, not text[]`},
		{name: "json where jsonb is said", field: listOf(spec.KindString), options: []sqlspec.ColumnOption{sqlspec.JSONB()}, sound: "jsonb", faulty: "json", rows: []cell{{[]any{"a"}, `'["a"]'`}}, ask: []spec.Specification{spec.Contains("v", "a")}, finding: `column "v" is of type json, not jsonb`},
		{name: "ltree where it is not found", field: text, options: []sqlspec.ColumnOption{sqlspec.Ltree()}, before: []string{"CREATE EXTENSION ltree"}, sound: "ltree", rows: []cell{{"a.b", "'a.b'"}}, settle: []string{"CREATE SCHEMA other", "ALTER EXTENSION ltree SET SCHEMA other"}, ask: []spec.Specification{spec.Under("v", "a")}, finding: `column "v" is of type other.ltree, not ltree`},
	})
}

const sixty = "012345678901234567890123456789012345678901234567890123456789"

func TestCheckPostgresAdvice(t *testing.T) {
	const moods = "CREATE TYPE mood AS ENUM ('calm', 'other')"
	const parted = "CREATE TABLE faults (id int NOT NULL, v text) PARTITION BY RANGE (id);CREATE TABLE low PARTITION OF faults FOR VALUES FROM (0) TO (9)"
	a := []cell{{"a", "'a'"}, {"b", "'b'"}}
	isA := []spec.Specification{spec.Eq("v", "a"), spec.Ne("v", "a")}
	showFaults(t, sqlspec.Postgres, []fault{
		{name: "a label too many", field: enumOf("calm"), options: []sqlspec.ColumnOption{sqlspec.PostgresType("mood")}, sound: "CREATE TYPE mood AS ENUM ('calm');CREATE TABLE faults (id int PRIMARY KEY, v mood)", faulty: moods + ";CREATE TABLE faults (id int PRIMARY KEY, v mood)", rows: []cell{{"calm", "'calm'"}},
			settle: []string{"UPDATE faults SET v = 'other'"}, settled: "other", ask: []spec.Specification{spec.Eq("v", "calm"), spec.Ne("v", "calm")}, advice: true, finding: `the enum of column "v" has the label "other", which the field has not`},
		{name: "integers for decimals", field: field(spec.KindDecimal), sound: "numeric", faulty: "int", rows: []cell{{spec.MustDecimal("7"), "7"}}, ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("7")), spec.Lt("v", spec.MustDecimal("7.5"))}, advice: true, finding: `column "v" is of type integer, not numeric`},
		{name: "instants without microseconds", field: field(spec.KindTime), sound: "timestamptz", faulty: "timestamptz(3)", rows: []cell{{noon, "'2024-07-01 12:00:00Z'"}}, ask: []spec.Specification{spec.Eq("v", noon), spec.Lt("v", noon.Add(time.Microsecond))}, advice: true, finding: `column "v" keeps 3 digits of a second`},
		{name: "null, which the field is not", field: spec.Field{Name: "v", Kind: spec.KindInt}, sound: "int NOT NULL", faulty: "int", rows: []cell{{int64(7), "7"}}, ask: []spec.Specification{spec.Eq("v", 7)}, advice: true, finding: `column "v" can be null, the field cannot`},
		{name: "an index of more columns", field: field(spec.KindString), policy: true, sound: "text);CREATE INDEX ON faults (v, id", faulty: "text);CREATE INDEX ON faults (id, v", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of an expression", field: field(spec.KindString), policy: true, sound: "text);CREATE INDEX ON faults USING hash (v", faulty: "text);CREATE INDEX ON faults (lower(v)", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of another collation", field: field(spec.KindString), policy: true, sound: `text COLLATE "C");CREATE INDEX ON faults (v COLLATE "C"`, faulty: `text);CREATE INDEX ON faults (v COLLATE "C"`, rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index that is not valid", field: field(spec.KindString), policy: true, sound: parted + ";CREATE INDEX ON faults (v)", faulty: parted + ";CREATE INDEX ON ONLY faults (v)", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index that includes", field: field(spec.KindString), policy: true, sound: "text UNIQUE", faulty: "text);CREATE INDEX ON faults (id) INCLUDE (v", rows: a, ask: isA, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of whole documents", field: listOf(spec.KindString), options: []sqlspec.ColumnOption{sqlspec.JSONB()}, policy: true, sound: "jsonb);CREATE INDEX ON faults USING gin (v jsonb_path_ops", faulty: "jsonb);CREATE INDEX ON faults (v", rows: []cell{{[]any{"a"}, `'["a"]'`}}, ask: []spec.Specification{spec.Contains("v", "a")}, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index of whole arrays", field: listOf(spec.KindString), policy: true, sound: "text[]);CREATE INDEX ON faults USING gin (v", faulty: "text[]);CREATE INDEX ON faults (v", rows: []cell{{[]any{"a"}, "'{a}'"}}, ask: []spec.Specification{spec.Contains("v", "a")}, advice: true, finding: `no index that serves it begins with column "v"`},
	})
}

func TestCheckPostgresSettings(t *testing.T) {
	text := field(spec.KindString)
	showFaults(t, sqlspec.Postgres, []fault{
		{name: "client_encoding", field: text, sound: "text", rows: []cell{{"é", "'é'"}}, settle: []string{"SET client_encoding = LATIN1"}, ask: []spec.Specification{spec.Eq("v", "é")}, finding: "client_encoding is LATIN1, not UTF8"},
		{name: "array_nulls", field: text, sound: "text", rows: []cell{{"a", "'a'"}}, settle: []string{"SET array_nulls = off"}, ask: []spec.Specification{spec.Not(spec.In("v", spec.Of("b"), spec.Null))}, finding: "array_nulls is off"},
	})
}

// TestCheckPostgresFindsNothing: names are found as a FROM finds them, and types
// by what they are.
func TestCheckPostgresFindsNothing(t *testing.T) {
	type row struct {
		ID    int64
		Name  string
		Tags  []string
		Mood  string `spec:"mood,enum=calm|it's"`
		Upper *string
	}
	db := engines.Postgres(t)
	db.SetMaxOpenConns(1)
	for _, s := range []string{
		"CREATE SCHEMA app", "CREATE TYPE app.mood AS ENUM ('calm', 'it''s')", "CREATE DOMAIN name9 AS varchar(9)", "CREATE DOMAIN name8 AS name9 NOT NULL", "CREATE DOMAIN tags AS text[]",
		"CREATE TABLE rows (id text)", "SET search_path = app, public",
		"CREATE TABLE rows (id int PRIMARY KEY, name name8 NOT NULL UNIQUE, tags tags, mood mood NOT NULL, upper text GENERATED ALWAYS AS (upper(name)) STORED)",
		`CREATE TABLE "Parts" (id int NOT NULL, name name8 NOT NULL, tags tags, mood mood NOT NULL, upper text, PRIMARY KEY (id), UNIQUE (name, id)) PARTITION BY RANGE (id)`,
		`CREATE TABLE low PARTITION OF "Parts" FOR VALUES FROM (0) TO (9)`,
		"CREATE VIEW seen AS SELECT * FROM rows", "CREATE MATERIALIZED VIEW kept AS SELECT * FROM rows", "CREATE INDEX ON kept (id)", "CREATE INDEX ON kept USING hash (name)",
	} {
		exec(t, db, s)
	}
	table := func(name string) *sqlspec.Table {
		return sqlspec.MustTable[row](name, sqlspec.Column("mood", sqlspec.PostgresType("app.mood")))
	}
	for _, name := range []string{"rows", "app.rows", "Parts", "app.Parts", "low", "seen"} {
		findings, err := table(name).Check(t.Context(), db, sqlspec.Postgres, "id", "name")
		if err != nil || len(findings) > 0 {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
	exec(t, db, "CREATE TABLE plain (id int PRIMARY KEY, name text NOT NULL, tags text[], mood text NOT NULL, upper text)")
	varchar := sqlspec.MustTable[row]("plain", sqlspec.Column("mood", sqlspec.PostgresType("varchar")))
	if findings, err := varchar.Check(t.Context(), db, sqlspec.Postgres); err != nil || len(findings) > 0 {
		t.Errorf("a text where varchar is said: %v, %v", findings, err)
	}
	if ids, _, err := (engine{dialect: sqlspec.Postgres, table: varchar, db: db}).visible(spec.Eq("mood", "calm")); err != nil || len(ids) > 0 {
		t.Errorf("a text where varchar is said: %v, %v", ids, err)
	}
	if findings, err := table("kept").Check(t.Context(), db, sqlspec.Postgres, "id", "name"); err != nil || sqlspec.Problems(findings) != nil {
		t.Errorf("kept: %v, %v", findings, err)
	}
	if findings, err := table("public.rows").Check(t.Context(), db, sqlspec.Postgres); err != nil || sqlspec.Problems(findings) == nil {
		t.Errorf("public.rows: %v, %v", findings, err)
	}
	for _, name := range []string{"parts", "nope.rows", "rows_pkey"} {
		findings, err := table(name).Check(t.Context(), db, sqlspec.Postgres)
		if err != nil || len(findings) != 1 || findings[0].Text != "the database has no such table or view" {
			t.Errorf("%s: %v, %v", name, findings, err)
		}
	}
}

// TestCheckPostgresLiterals: a client that writes arguments into the text doubles
// the quotes, as the standard says. With standard_conforming_strings off that is
// not enough.
func TestCheckPostgresLiterals(t *testing.T) {
	f := fault{field: field(spec.KindString), rows: []cell{{`a\b`, `E'a\\b'`}}}
	db := f.make(t, engines.Postgres(t), "text", nil, nil)
	text, args, err := f.mapped(t, sqlspec.Postgres).SQL(spec.Eq("v", `a\b`), sqlspec.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	text = strings.ReplaceAll(text, "$1", "'"+strings.ReplaceAll(args[0].(string), "'", "''")+"'")
	for setting, faulty := range map[string]bool{"on": false, "off": true} {
		exec(t, db, "SET standard_conforming_strings = "+setting)
		var found int
		if err := db.QueryRow("SELECT count(*) FROM faults WHERE " + text + " /* a text of its own, so that it is prepared anew: " + setting + " */").Scan(&found); err != nil || (found == 0) != faulty {
			t.Errorf("%s: %d rows, %v", setting, found, err)
		}
		lines := f.findings(t, sqlspec.Postgres, db)
		if faulty != (len(lines) == 1 && strings.HasPrefix(lines[0], "problem: standard_conforming_strings is off")) || len(lines) > 1 {
			t.Errorf("%s: findings %q", setting, lines)
		}
	}
}

// TestCheckPostgresFuzzyLimit: with the setting, an index of lists finds some of
// the rows.
func TestCheckPostgresFuzzyLimit(t *testing.T) {
	f := fault{field: listOf(spec.KindString)}
	db := f.make(t, engines.Postgres(t), "text[]", nil, nil)
	exec(t, db, "INSERT INTO faults SELECT g, '{a}' FROM generate_series(1, 20000) g")
	exec(t, db, "CREATE INDEX ON faults USING gin (v)")
	exec(t, db, "SET enable_seqscan = off")
	text, args, err := f.mapped(t, sqlspec.Postgres).SQL(spec.Contains("v", "a"), sqlspec.Postgres)
	if err != nil {
		t.Fatal(err)
	}
	for limit, faulty := range map[string]bool{"0": false, "100": true} {
		exec(t, db, "SET gin_fuzzy_search_limit = "+limit)
		var found int
		if err := db.QueryRow("SELECT count(*) FROM faults WHERE "+text, args...).Scan(&found); err != nil || (found < 20000) != faulty {
			t.Errorf("%s: %d rows, %v", limit, found, err)
		}
		lines := f.findings(t, sqlspec.Postgres, db)
		if faulty != (len(lines) == 1 && strings.HasPrefix(lines[0], `problem: table "faults": gin_fuzzy_search_limit is 100`)) || len(lines) > 1 {
			t.Errorf("%s: findings %q", limit, lines)
		}
	}
}

// TestCheckPostgresEncoding: a database of another encoding has not all texts.
func TestCheckPostgresEncoding(t *testing.T) {
	dsn := engines.PostgresURL(t)
	own, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer own.Close()
	var name string
	if err := own.QueryRow("SELECT current_database()").Scan(&name); err != nil {
		t.Fatal(err)
	}
	exec(t, own, "CREATE DATABASE "+name+"_latin1 TEMPLATE template0 ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C'")
	defer exec(t, own, "DROP DATABASE "+name+"_latin1 WITH (FORCE)")
	db, err := sql.Open("pgx", strings.Replace(dsn, name, name+"_latin1", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f := fault{field: field(spec.KindString), rows: []cell{{"é", "'é'"}}, ask: []spec.Specification{spec.Eq("v", "é"), spec.Eq("v", "😀")}}
	f.make(t, db, "text", []string{"SET client_encoding = UTF8"}, nil)
	if lines := f.findings(t, sqlspec.Postgres, db); len(lines) != 1 || !strings.HasPrefix(lines[0], "problem: the database is encoded in LATIN1, not UTF8") {
		t.Errorf("findings %q", lines)
	}
	if differ, _ := f.differ(t, sqlspec.Postgres, db, true); !differ {
		t.Error("LATIN1 does not differ from memory")
	}
}
