package agree_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestCheckMariaDBTypes(t *testing.T) {
	text, whole := field(spec.KindString), field(spec.KindInt)
	bytes := []sqlspec.ColumnOption{sqlspec.BinaryText()}
	showFaults(t, sqlspec.MariaDB, []fault{
		{name: "char takes blanks off", field: text, sound: "varchar(20)", faulty: "char(20)", rows: []cell{{"bob ", "'bob '"}},
			ask: []spec.Specification{spec.Eq("v", "bob")}, finding: `column "v" is of type char, not enum or varchar or`},
		{name: "char fills up, by a setting", field: enumOf("calm"), sound: "varchar(20)", faulty: "char(20)", rows: []cell{{"calm", "'calm'"}}, settle: []string{"SET sql_mode = 'STRICT_TRANS_TABLES,PAD_CHAR_TO_FULL_LENGTH'"},
			ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `column "v" is of type char, not enum or varchar or`},
		{name: "int for a text", field: text, sound: "varchar(20)", faulty: "int", rows: []cell{{"007", "'007'"}},
			ask: []spec.Specification{spec.Eq("v", "7")}, finding: `column "v" is of type int, not enum or varchar or`},
		{name: "set for a text", field: text, sound: "varchar(20)", faulty: "set('a','b')", rows: []cell{{"b,a", "'b,a'"}},
			ask: []spec.Specification{spec.Eq("v", "a,b")}, finding: `column "v" is of type set, not`},
		{name: "uuid for a text", field: text, sound: "varchar(40)", faulty: "uuid", rows: []cell{{"6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "'6BA7B810-9DAD-11D1-80B4-00C04FD430C8'"}},
			ask: []spec.Specification{spec.HasPrefix("v", "6B")}, finding: `column "v" is of type uuid, not`},
		{name: "varbinary for a text", field: text, sound: "varchar(20)", faulty: "varbinary(20)", spoil: []string{"SET sql_mode = ''"}, rows: []cell{{"é", "'é'"}}, settle: []string{"UPDATE faults SET v = UNHEX('61FF')"},
			read: readText, ask: []spec.Specification{spec.HasSuffix("v", "?")}, finding: `column "v" is of type varbinary, not`},
		{name: "latin1", field: text, sound: "varchar(20)", faulty: "varchar(20) CHARSET latin1", rows: []cell{{"é", "'é'"}},
			ask: []spec.Specification{spec.Eq("v", "é"), spec.Eq("v", "😀")}, finding: `column "v" is in latin1, not utf8mb4`},
		{name: "utf8mb3", field: text, sound: "varchar(20)", faulty: "varchar(20) CHARSET utf8mb3", rows: []cell{{"é", "'é'"}},
			ask: []spec.Specification{spec.Eq("v", "😀")}, finding: `column "v" is in utf8mb3, not utf8mb4`},
		{name: "labels in latin1", field: enumOf("日本", "é"), sound: "varchar(20)", faulty: "varchar(20) CHARSET latin1", rows: []cell{{"é", "'é'"}},
			ask: []spec.Specification{spec.Eq("v", "日本")}, finding: `column "v" is in latin1, not utf8mb4`},
		{name: "a collation that folds case, said to be of bytes", field: text, options: bytes, sound: "varchar(20) COLLATE utf8mb4_nopad_bin", faulty: "varchar(20)", rows: []cell{{"A", "'A'"}},
			ask: []spec.Specification{spec.Eq("v", "a")}, finding: `column "v" has the collation utf8mb4_general_ci, and the option BinaryText says utf8mb4_nopad_bin`},
		{name: "a collation that passes over blanks, said to be of bytes", field: text, options: bytes, sound: "varchar(20) COLLATE utf8mb4_nopad_bin", faulty: "varchar(20) COLLATE utf8mb4_bin", rows: []cell{{"a ", "'a '"}},
			ask: []spec.Specification{spec.Eq("v", "a")}, finding: `column "v" has the collation utf8mb4_bin, and`},
		{name: "a label is missing", field: enumOf("calm", "Calm"), sound: "enum('Calm','calm') COLLATE utf8mb4_bin", faulty: "enum('calm')", rows: []cell{{"Calm", "'Calm'"}},
			ask: []spec.Specification{spec.Eq("v", "calm")}, finding: `the enum of column "v" has no label "Calm"`},
		{name: "binary fills up", field: field(spec.KindBytes), sound: "varbinary(20)", faulty: "binary(20)", rows: []cell{{[]byte{1}, "UNHEX('01')"}},
			ask: []spec.Specification{spec.Eq("v", []byte{1})}, finding: `column "v" is of type binary, not varbinary or`},
		{name: "varchar for bytes", field: field(spec.KindBytes), sound: "varbinary(20)", faulty: "varchar(20)", rows: []cell{{[]byte("A"), "UNHEX('41')"}},
			ask: []spec.Specification{spec.Eq("v", []byte("a"))}, finding: `column "v" is of type varchar, not varbinary or`},
		{name: "enum for a truth", field: field(spec.KindBool), sound: "tinyint(1)", faulty: "enum('0','1')", rows: []cell{{false, "'0'"}},
			ask: []spec.Specification{spec.Eq("v", true)}, finding: `column "v" is of type enum, not tinyint or`},
		{name: "bigint unsigned", field: whole, sound: "bigint", faulty: "bigint unsigned", rows: []cell{{int64(7), "7"}}, settle: []string{"UPDATE faults SET v = 9223372036854775815"},
			read: readAny, ask: []spec.Specification{spec.Eq("v", uint64(1<<63+5))}, finding: `column "v" is unsigned and can hold more than the field`},
		{name: "bigint unsigned for cents", field: field(spec.KindDecimal), options: []sqlspec.ColumnOption{sqlspec.Scaled(2)}, sound: "bigint", faulty: "bigint unsigned", rows: []cell{{spec.MustDecimal("0.07"), "7"}},
			settle: []string{"UPDATE faults SET v = 9223372036854775815"}, settled: spec.MustDecimal("92233720368547758.15"), ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("92233720368547758.09"))}, finding: `column "v" is unsigned and can hold more`},
		{name: "decimal for an integer", field: whole, sound: "bigint", faulty: "decimal(30)", rows: []cell{{int64(7), "7"}}, settle: []string{"UPDATE faults SET v = 9223372036854775815"},
			read: readAny, ask: []spec.Specification{spec.Eq("v", uint64(1<<63+5))}, finding: `column "v" is of type decimal, not tinyint or`},
		{name: "double for an integer", field: whole, sound: "bigint", faulty: "double", rows: []cell{{int64(1<<53 + 1), "9007199254740993"}},
			ask: []spec.Specification{spec.Eq("v", 1<<53)}, finding: `column "v" is of type double, not tinyint or`},
		{name: "varchar for an integer", field: whole, sound: "int", faulty: "varchar(20)", rows: []cell{{int64(7), "7"}}, settle: []string{"UPDATE faults SET v = 'abc'"},
			read: readAny, ask: []spec.Specification{spec.Eq("v", 0)}, finding: `column "v" is of type varchar, not tinyint or`},
		{name: "year for an integer", field: whole, sound: "int", faulty: "year", rows: []cell{{int64(24), "24"}},
			ask: []spec.Specification{spec.Lt("v", 100)}, finding: `column "v" is of type year, not tinyint or`},
		{name: "bit for an integer", field: whole, sound: "bigint", faulty: "bit(64)", rows: []cell{{int64(-1), "-1"}},
			ask: []spec.Specification{spec.Lt("v", 0)}, finding: `column "v" is of type bit, not tinyint or`},
		{name: "float", field: field(spec.KindFloat), sound: "double", faulty: "float", rows: []cell{{0.1, "0.1"}},
			ask: []spec.Specification{spec.Eq("v", 0.1)}, finding: `column "v" is of type float, not double`},
		{name: "varchar for a float", field: field(spec.KindFloat), sound: "double", faulty: "varchar(20)", rows: []cell{{1.0, "1"}}, settle: []string{"UPDATE faults SET v = 'abc'"},
			read: readAny, ask: []spec.Specification{spec.Eq("v", 0.0)}, finding: `column "v" is of type varchar, not double`},
		{name: "double for a decimal", field: field(spec.KindDecimal), sound: "decimal(40,10)", faulty: "double", rows: []cell{{spec.MustDecimal("12345678901234567.123456"), "12345678901234567.123456"}},
			ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("12345678901234567.123456")), spec.Eq("v", spec.MustDecimal("12345678901234568"))}, finding: `column "v" is of type double, not decimal`},
		{name: "varchar for a decimal", field: field(spec.KindDecimal), sound: "decimal(40,10)", faulty: "varchar(60)", rows: []cell{{spec.MustDecimal("12345678901234567.123456"), "'12345678901234567.123456'"}},
			ask: []spec.Specification{spec.In("v", spec.MustDecimal("12345678901234567.123457"), spec.MustDecimal("1"))}, finding: `column "v" is of type varchar, not decimal`},
		{name: "date for an instant", field: field(spec.KindTime), sound: "datetime(6)", faulty: "date", rows: []cell{summerNoon},
			ask: []spec.Specification{spec.Eq("v", noon)}, finding: `column "v" is of type date, not datetime or timestamp`},
		{name: "bigint for an instant", field: field(spec.KindTime), sound: "datetime(6)", faulty: "bigint", rows: []cell{{noon, "20240701120000"}},
			ask: []spec.Specification{spec.Eq("v", noon)}, settle: []string{"UPDATE faults SET v = 1719835200000000"}, finding: `column "v" is of type bigint, not datetime or timestamp`},
		{name: "datetime for a date", field: field(spec.KindDate), sound: "date", faulty: "datetime", rows: []cell{{spec.DateOf(noon), "'2024-07-01'"}}, settle: []string{"UPDATE faults SET v = '2024-07-01 12:00:00'"},
			ask: []spec.Specification{spec.Eq("v", spec.DateOf(noon))}, finding: `column "v" is of type datetime, not date`},
		{name: "varchar for a UUID", field: field(spec.KindUUID), sound: "uuid", faulty: "varchar(36)", rows: []cell{{oneUUID, "upper('" + oneUUID + "')"}},
			ask: []spec.Specification{spec.Gt("v", "6ba00000-0000-1000-8000-000000000000")}, finding: `column "v" is of type varchar, not uuid`},
		{name: "char for the octets of a UUID", field: field(spec.KindUUID), options: []sqlspec.ColumnOption{sqlspec.Blob()}, sound: "binary(16)", faulty: "char(36)", rows: []cell{{oneUUID, "UNHEX(REPLACE('" + oneUUID + "', '-', ''))"}},
			spoil: []string{"SET sql_mode = ''"}, settle: []string{"UPDATE faults SET v = '" + oneUUID + "'"}, ask: []spec.Specification{spec.Eq("v", oneUUID)}, finding: `column "v" is of type char, not binary or varbinary`},
		{name: "too long for the octets of a UUID", field: field(spec.KindUUID), options: []sqlspec.ColumnOption{sqlspec.Blob()}, sound: "varbinary(16)", faulty: "binary(20)", rows: []cell{{oneUUID, "UNHEX(REPLACE('" + oneUUID + "', '-', ''))"}},
			ask: []spec.Specification{spec.Eq("v", oneUUID)}, finding: `column "v" is of type binary(20), not binary(16)`},
		{name: "enum for a list", field: listOf(spec.KindString), sound: "json", faulty: `enum('["a"]')`, rows: []cell{{[]any{"a "}, `'["a "]'`}},
			refused: true, finding: `column "v" is of type enum, not varchar or`},
		{name: "a zero date by default", field: field(spec.KindTime), sound: "datetime(6) NOT NULL", faulty: "datetime(6) NOT NULL DEFAULT '0000-00-00'", spoil: []string{"SET sql_mode = ''"}, rows: []cell{summerNoon},
			settle: []string{"UPDATE faults SET v = DEFAULT", "SET sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE'"}, settled: time.Time{}, ask: []spec.Specification{spec.IsNull("v")}, finding: `column "v" has a zero date as its default`},
		{name: "a zero date by default, where null is not excluded", field: field(spec.KindDate), sound: "date", faulty: "date DEFAULT '0000-00-00'", spoil: []string{"SET sql_mode = ''"}, rows: []cell{{spec.DateOf(noon), "'2024-07-01'"}},
			settle: []string{"UPDATE faults SET v = DEFAULT", "SET sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE'"}, settled: spec.DateOf(time.Time{}), ask: []spec.Specification{spec.Gte("v", spec.DateOf(time.Time{}))}, finding: `column "v" has a zero date as its default`},
	})
}

const oneUUID = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"

// What is exact and only unusual, or only slower, is advice: the rows are those
// of memory.
func TestCheckMariaDBAdvice(t *testing.T) {
	text := field(spec.KindString)
	showFaults(t, sqlspec.MariaDB, []fault{
		{name: "a label too many", field: enumOf("calm"), sound: "enum('calm')", faulty: "enum('it''s','calm')", rows: []cell{{"calm", "'calm'"}},
			settle: []string{"UPDATE faults SET v = 'it''s'"}, settled: "it's", ask: []spec.Specification{spec.Eq("v", "calm"), spec.Ne("v", "calm")}, advice: true, finding: `the enum of column "v" has the label "it's", which the field has not`},
		{name: "integers for decimals", field: field(spec.KindDecimal), sound: "decimal(10,2)", faulty: "int", rows: []cell{{spec.MustDecimal("7"), "7"}},
			ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("7")), spec.Lt("v", spec.MustDecimal("7.5"))}, advice: true, finding: `column "v" is of type int, not decimal`},
		{name: "unsigned integers for decimals", field: field(spec.KindDecimal), sound: "decimal(20)", faulty: "bigint unsigned", rows: []cell{{spec.MustDecimal("9223372036854775815"), "9223372036854775815"}},
			ask: []spec.Specification{spec.Eq("v", spec.MustDecimal("9223372036854775813")), spec.Gt("v", spec.MustDecimal("9223372036854775814.5"))}, advice: true, finding: `column "v" is of type bigint, not decimal`},
		{name: "decimals for floats", field: field(spec.KindFloat), sound: "double", faulty: "decimal(10,2)", rows: []cell{{0.1, "0.1"}, {1e7, "1e7"}},
			ask: []spec.Specification{spec.Eq("v", 0.1), spec.Gt("v", 0.1), spec.In("v", 0.1, 5), spec.NotIn("v", 0.1, 1e300)}, advice: true, finding: `column "v" is of type decimal, not double`},
		{name: "decimals for unsigned integers", field: field(spec.KindUint), sound: "bigint unsigned", faulty: "decimal(20)", rows: []cell{{uint64(1<<64 - 1), "18446744073709551615"}, {uint64(7), "7"}},
			ask: []spec.Specification{spec.Eq("v", uint64(1<<64-1)), spec.Lt("v", uint64(1<<64-1)), spec.NotIn("v", uint64(1<<64-1), 3)}, advice: true, finding: `column "v" is of type decimal, not`},
		{name: "bytes for lists", field: listOf(spec.KindString), sound: "longtext", faulty: "varbinary(100)", rows: []cell{{[]any{"é"}, `'["é"]'`}},
			ask: []spec.Specification{spec.Contains("v", "é"), spec.Contains("v", "É").Not()}, advice: true, finding: `column "v" is of type varbinary, not varchar or`},
		{name: "instants without microseconds", field: field(spec.KindTime), sound: "datetime(6)", faulty: "datetime", rows: []cell{summerNoon},
			ask: []spec.Specification{spec.Eq("v", noon), spec.Lt("v", noon.Add(time.Microsecond)), spec.In("v", noon, noon.Add(time.Hour))}, advice: true, finding: `column "v" keeps 0 digits of a second`},
		{name: "a policy field without an index", field: field(spec.KindInt), policy: true, sound: "int, KEY (v, id)", faulty: "int, KEY (id, v)", rows: []cell{{int64(7), "7"}},
			ask: []spec.Specification{spec.Eq("v", 7)}, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index that is ignored", field: field(spec.KindInt), policy: true, sound: "int, KEY (v)", faulty: "int, KEY (v) IGNORED", rows: []cell{{int64(7), "7"}},
			ask: []spec.Specification{spec.Eq("v", 7)}, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "an index for words", field: text, options: []sqlspec.ColumnOption{sqlspec.BinaryText()}, policy: true, sound: "varchar(20) COLLATE utf8mb4_nopad_bin, KEY (v)", faulty: "varchar(20) COLLATE utf8mb4_nopad_bin, FULLTEXT KEY (v)", rows: []cell{{"a", "'a'"}},
			ask: []spec.Specification{spec.Eq("v", "a")}, advice: true, finding: `no index that serves it begins with column "v"`},
		{name: "null, which the field is not", field: spec.Field{Name: "v", Kind: spec.KindInt}, sound: "int NOT NULL", faulty: "int", rows: []cell{{int64(7), "7"}},
			ask: []spec.Specification{spec.Eq("v", 7)}, advice: true, finding: `column "v" can be null, the field cannot`},
	})
	bytes, empty := []sqlspec.ColumnOption{sqlspec.BinaryText()}, emptyDatabases(t, sqlspec.MariaDB)
	for name, f := range map[string]fault{
		"an index that serves equality alone": {faulty: "varchar(20), KEY (v)", finding: `an index of column "v" serves equality and In alone`},
		"BinaryText is not said":              {faulty: "varchar(20) COLLATE utf8mb4_nopad_bin, KEY (v)", finding: `column "v" is in the order of bytes: with the option BinaryText`},
	} {
		t.Run(name, func(t *testing.T) {
			f.field, f.policy, f.rows = text, true, []cell{{"a", "'a'"}, {"b", "'b'"}}
			db := f.make(t, empty(t), f.faulty, nil, nil)
			if lines := f.findings(t, sqlspec.MariaDB, db); len(lines) != 1 || !strings.HasPrefix(lines[0], "advice: "+f.finding) {
				t.Errorf("findings %q", lines)
			}
			f.ask = []spec.Specification{spec.Eq("v", "a"), spec.HasPrefix("v", "a"), spec.Lt("v", "b")}
			if differ, shown := f.differ(t, sqlspec.MariaDB, db, true); differ {
				t.Error(shown)
			}
			f.options, f.faulty = bytes, "varchar(20) COLLATE utf8mb4_nopad_bin, KEY (v)"
			if lines := f.findings(t, sqlspec.MariaDB, f.make(t, empty(t), f.faulty, nil, nil)); len(lines) > 0 {
				t.Errorf("the sound table has findings: %q", lines)
			}
		})
	}
}

// Each setting is shown by rows that are stored before it is made.
func TestCheckMariaDBSettings(t *testing.T) {
	text := field(spec.KindString)
	setting := func(name, set, finding string, column string, f spec.Field, rows []cell, ask ...spec.Specification) fault {
		return fault{name: name, field: f, sound: column, settle: []string{"SET " + set}, rows: rows, ask: ask, finding: finding}
	}
	emoji := []cell{{"😀", "'😀'"}, {"?", "'?'"}}
	results := setting("character_set_results", "character_set_results = latin1", "character_set_results is latin1, not utf8mb4", "varchar(20)", text, emoji, spec.Eq("v", "?"))
	results.read = readText
	showFaults(t, sqlspec.MariaDB, []fault{
		results,
		setting("character_set_client", "character_set_client = latin1", "character_set_client is latin1, not utf8mb4", "varchar(20)", text, []cell{{"é", "'é'"}}, spec.Eq("v", "é")),
		setting("character_set_connection", "character_set_connection = utf8mb3", "character_set_connection is utf8mb3, not utf8mb4", "varchar(20)", text, emoji, spec.Eq("v", "😁")),
		setting("the empty text is null", "sql_mode = 'STRICT_TRANS_TABLES,EMPTY_STRING_IS_NULL'", "sql_mode has EMPTY_STRING_IS_NULL", "varchar(20)", text, []cell{{"", "''"}}, spec.Eq("v", "")),
		setting("a limit", "sql_select_limit = 1", "sql_select_limit is set", "varchar(20)", text, []cell{{"a", "'a'"}, {"a", "'a'"}}, spec.Eq("v", "a")),
		setting("patterns without tabs", "default_regex_flags = 'EXTENDED'", `table "faults": default_regex_flags has EXTENDED`, "varchar(20)", text, []cell{{"a	b", "'a	b'"}, {"ab", "'ab'"}}, spec.Matches("v", "a	b")),
		setting("the time zone of a TIMESTAMP", "time_zone = '+05:45'", `column "v" is a TIMESTAMP, and the time zone of the connection is +05:45, not UTC`, "timestamp(6) NULL", field(spec.KindTime), []cell{summerNoon}, spec.Eq("v", noon)),
		{name: "what was stored last is null", field: field(spec.KindInt), sound: "int NOT NULL AUTO_INCREMENT, KEY (v)", rows: []cell{{int64(1), "DEFAULT"}},
			settle: []string{"DELETE FROM faults", "SET sql_auto_is_null = 1", "INSERT INTO faults (id) VALUES (0)"}, ask: []spec.Specification{spec.IsNull("v")}, finding: `sql_auto_is_null is on and column "v" is AUTO_INCREMENT`},
		{name: "zero dates can be stored", field: field(spec.KindTime), sound: "datetime(6) NOT NULL", rows: []cell{summerNoon}, settle: []string{"SET sql_mode = 'STRICT_TRANS_TABLES'", "UPDATE faults SET v = '0000-00-00'"}, settled: time.Time{},
			ask: []spec.Specification{spec.IsNull("v")}, finding: `zero dates can be stored in column "v"`, advice: true, anyway: true},
	})
}

// TestCheckMariaDBFindsNothing: names are found as a FROM finds them, and labels
// read as they are written.
func TestCheckMariaDBFindsNothing(t *testing.T) {
	labels := []string{"calm", "it's", `c:\d`, "a','b", "ä😀", "", "two\nlines"}
	sc, err := spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}, spec.Field{Name: "name", Kind: spec.KindString}, spec.Field{Name: "mood", Kind: spec.KindString, Labels: labels},
		spec.Field{Name: "at", Kind: spec.KindTime}, spec.Field{Name: "upper", Kind: spec.KindString, Nullable: true}, spec.Field{Name: "plain", Kind: spec.KindString}, spec.Field{Name: "wide", Kind: spec.KindString})
	if err != nil {
		t.Fatal(err)
	}
	db := engines.MariaDB(t)
	db.SetMaxOpenConns(1)
	var database string
	if err := db.QueryRow("SELECT DATABASE()").Scan(&database); err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(database, "rolespec_", "other_", 1) // the prefix is kept for aliases
	exec(t, db, "CREATE DATABASE "+other)
	defer exec(t, db, "DROP DATABASE "+other)
	var folded bool // the names of tables
	if err := db.QueryRow("SELECT @@lower_case_table_names > 0").Scan(&folded); err != nil {
		t.Fatal(err)
	}
	const columns = " (ID int PRIMARY KEY, Name varchar(20) COLLATE utf8mb4_nopad_bin NOT NULL, at timestamp(6) NOT NULL DEFAULT current_timestamp(6), upper varchar(20) AS (upper(name)) VIRTUAL, UNIQUE (name, id)," +
		`mood enum('calm','it''s','c:\\d','a'',''b','ä😀','','two\nlines') COLLATE utf8mb4_bin NOT NULL, plain text NOT NULL, wide varchar(20) CHARSET utf16 NOT NULL)`
	for _, s := range []string{
		"CREATE TABLE tasks" + columns, either(folded, "DO 0", "CREATE TABLE TASKS (id text)"), "CREATE VIEW seen AS SELECT * FROM tasks", "CREATE TABLE " + other + ".elsewhere" + columns,
		"CREATE TABLE parts" + columns + " PARTITION BY HASH (id)",
	} {
		if strings.Contains(s, "PARTITION") {
			s = strings.Replace(s, "UNIQUE", "KEY", 1)
		}
		exec(t, db, s)
	}
	check := func(name string) sqlspec.Findings {
		t.Helper()
		table, err := sqlspec.NewTable(name, sc, sqlspec.Column("name", sqlspec.BinaryText()))
		if err != nil {
			t.Fatal(err)
		}
		findings, err := table.Check(t.Context(), db, sqlspec.MariaDB, "id", "name")
		if err != nil {
			t.Fatal(err)
		}
		return findings
	}
	for _, name := range []string{"tasks", "seen", "parts", other + ".elsewhere"} {
		if findings := check(name); len(findings) > 0 {
			t.Errorf("%s: %v", name, findings)
		}
	}
	for _, name := range []string{"TASKS", "elsewhere", other + ".tasks"} {
		if sqlspec.Problems(check(name)) == nil != (folded && name == "TASKS") {
			t.Errorf("%s: no problem", name)
		}
	}
}

// otherwise is a database that answers one question otherwise.
type otherwise struct {
	sqlspec.Queryer
	question, answer string
}

func (o otherwise) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return o.Queryer.QueryContext(ctx, strings.Replace(query, o.question, o.answer, 1), args...)
}

func TestCheckOtherServers(t *testing.T) {
	f := fault{field: field(spec.KindString)}
	db := f.make(t, engines.MariaDB(t), "varchar(20)", nil, nil)
	if lines := f.findings(t, sqlspec.MariaDB, otherwise{db, "VERSION()", "'8.0.36'"}); len(lines) != 1 || !strings.HasPrefix(lines[0], "problem: the server is of version 8.0.36, which is not MariaDB") {
		t.Errorf("MySQL: findings %q", lines)
	}
}
