package agree_test

import (
	"fmt"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// planColumn is a column of the large table: its type in SQLite, PostgreSQL and
// MariaDB, what row n holds there (where it is not as in SQLite), and what value
// that is.
type planColumn struct {
	name  string
	kind  spec.Kind
	types [3]string
	holds [3]string
	value func(n int) any
}

const (
	planUser = "concat('user', n)"
	planPath = "concat('a', n % 200, '.b', n)"
	planKey  = "concat('00000000-0000-4000-8000-', 100000000000 + n)"
)

var (
	same     = func(n int) any { return n }
	price    = func(n int) any { return spec.MustDecimal(fmt.Sprint(n, ".25")) }
	named    = func(n int) any { return fmt.Sprint("user", n) }
	pathed   = func(n int) any { return fmt.Sprint("a", n%200, ".b", n) }
	moment   = func(n int) any { return time.Unix(int64(n), 0) }
	keyed    = func(n int) any { return fmt.Sprint("00000000-0000-4000-8000-", 100000000000+n) }
	labelled = func(n int) any { return fmt.Sprint("l", n%100) }
	tagged   = func(n int) any { return fmt.Sprint("tag", n) }
)

var planColumns = []planColumn{
	{"id", spec.KindInt, [3]string{"INTEGER PRIMARY KEY", "int8 PRIMARY KEY", "bigint PRIMARY KEY"}, [3]string{"n"}, same},
	{"account", spec.KindInt, [3]string{"INTEGER", "int4", "int"}, [3]string{"n % 4000"}, same},
	{"number", spec.KindUint, [3]string{"INTEGER", "int8", "bigint unsigned"}, [3]string{"n"}, func(n int) any { return uint64(n) }},
	{"ratio", spec.KindFloat, [3]string{"REAL", "float8", "double"}, [3]string{"n + 0.5"}, func(n int) any { return float64(n) + 0.5 }},
	{"price", spec.KindDecimal, [3]string{"TEXT", "numeric", "decimal(20,2)"}, [3]string{"concat(n, '.25')", "n + 0.25", "n + 0.25"}, price},
	{"cents", spec.KindDecimal, [3]string{"INTEGER", "int8", "bigint"}, [3]string{"n * 100 + 25"}, price},
	{"name", spec.KindString, [3]string{"TEXT", "text", "varchar(100)"}, [3]string{"CASE WHEN n % 100 > 0 THEN " + planUser + " END"}, named},
	{"nick", spec.KindString, [3]string{"TEXT COLLATE NOCASE", `text COLLATE "C"`, "varchar(100)"}, [3]string{planUser}, named},
	{"path", spec.KindString, [3]string{"TEXT", "text", "varchar(100)"}, [3]string{planPath}, pathed},
	{"tree", spec.KindString, [3]string{"TEXT", "ltree", "varchar(100)"}, [3]string{planPath, planPath + "::ltree"}, pathed},
	{"mood", spec.KindString, [3]string{"TEXT", "mood", "varchar(20)"}, [3]string{"concat('l', n % 100)", "concat('l', n % 100)::mood"}, labelled},
	{"raw", spec.KindBytes, [3]string{"BLOB", "bytea", "varbinary(100)"},
		[3]string{"CAST(" + planUser + " AS BLOB)", "convert_to(" + planUser + ", 'UTF8')", planUser}, func(n int) any { return []byte(fmt.Sprint("user", n)) }},
	{"code", spec.KindString, [3]string{"BLOB", "bytea", "varbinary(100)"},
		[3]string{"CAST(concat('of user', n) AS BLOB)", "convert_to(concat('of user', n), 'UTF8')", "concat('of user', n)"}, named},
	{"at", spec.KindTime, [3]string{"INTEGER", "timestamptz", "datetime(6)"},
		[3]string{"n * 1000000", "to_timestamp(n)", "'1970-01-01' + INTERVAL n SECOND"}, moment},
	{"local", spec.KindTime, [3]string{"INTEGER", "timestamp", "datetime(6)"},
		[3]string{"n * 1000000", "to_timestamp(n) AT TIME ZONE 'UTC'", "'1970-01-01' + INTERVAL n SECOND"}, moment},
	{"day", spec.KindDate, [3]string{"TEXT", "date", "date"},
		[3]string{"date('2000-01-01', concat('+', n, ' days'))", "date '2000-01-01' + n", "'2000-01-01' + INTERVAL n DAY"},
		func(n int) any { return time.Date(2000, 1, 1+n, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }},
	{"key", spec.KindUUID, [3]string{"TEXT", "uuid", "uuid"}, [3]string{planKey, planKey + "::uuid"}, keyed},
	{"octets", spec.KindUUID, [3]string{"BLOB", "uuid", "binary(16)"},
		[3]string{"unhex(concat('00000000000040008000', 100000000000 + n))", planKey + "::uuid"}, keyed},
	{"tags", spec.KindString, [3]string{"TEXT", "text[]", "longtext"}, [3]string{"json_array(concat('tag', n))", "ARRAY[concat('tag', n)]"}, tagged},
	{"labels", spec.KindString, [3]string{"TEXT", "jsonb", "longtext"}, [3]string{"json_array(concat('tag', n))", "jsonb_build_array(concat('tag', n))"}, tagged},
	{"maker", spec.KindInt, [3]string{"INTEGER", "int8", "bigint"}, [3]string{"n % 7"}, same}, // without an index
}

func (c planColumn) isList() bool { return c.name == "tags" || c.name == "labels" }

// field is the column as a schema has it.
func (c planColumn) field() spec.Field {
	f := spec.Field{Name: c.name, Kind: c.kind, List: c.isList(), Nullable: c.name == "name"}
	if c.name == "mood" {
		f.Labels = moods()
	}
	return f
}

func moods() []string {
	labels := make([]string, 100)
	for i := range labels {
		labels[i] = fmt.Sprint("l", i)
	}
	return labels
}

// planOptions says how the columns are stored.
func planOptions(name string, d sqlspec.Dialect) []sqlspec.Option {
	code := func(v spec.Value) (spec.Value, error) { return spec.ValueOf([]byte("of " + v.Text())) }
	opts := []sqlspec.Option{sqlspec.As("t"), sqlspec.Column("cents", sqlspec.Scaled(2)), sqlspec.Column("code", sqlspec.Encoded(spec.KindBytes, code))}
	switch d {
	case sqlspec.Postgres:
		return append(opts, sqlspec.Column("mood", sqlspec.PostgresType("mood")), sqlspec.Column("tree", sqlspec.Ltree()),
			sqlspec.Column("local", sqlspec.Timestamp()), sqlspec.Column("labels", sqlspec.JSONB()))
	case sqlspec.SQLite:
		opts = append(opts, sqlspec.Column("nick", sqlspec.NoCase()))
	}
	opts = append(opts, sqlspec.Column("octets", sqlspec.Blob()))
	switch name {
	case "strict":
		opts = append(opts, sqlspec.Strict())
	case "bytes":
		for _, text := range []string{"name", "nick", "path", "tree", "mood"} {
			opts = append(opts, sqlspec.Column(text, sqlspec.BinaryText()))
		}
	}
	return opts
}
