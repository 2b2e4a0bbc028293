package sqlspec_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type task struct {
	ID        int64
	AccountID int64
	Owner     *string
	Title     string
	Price     spec.Decimal
	Weight    float64
	Done      bool
	Key       [16]byte
	Due       spec.Date
	CreatedAt time.Time
	Tags      []string
	Size      struct{ Width int }
	Secret    string
}

var tasks = sqlspec.MustTable[task]("tasks", sqlspec.As("t"), sqlspec.Omit("secret"))

var noon = time.Date(2024, 7, 1, 14, 0, 0, 999, time.FixedZone("", 7200))

// Every operator in both dialects. What the text means is for the engines to
// say; this shows what it looks like.
func TestText(t *testing.T) {
	tests := []struct {
		name     string
		spec     spec.Specification
		sqlite   string
		postgres string
		args     []any // of PostgreSQL
	}{
		{"every row", spec.All(), `(1 = 1)`, `(1 = 1)`, nil},
		{"no row", spec.None(), `(1 = 0)`, `(1 = 0)`, nil},
		{"zero specification", spec.Specification{}, `(1 = 0)`, `(1 = 0)`, nil},
		{"equal", spec.Eq("account_id", 7), `("t"."account_id" = ?)`, `("t"."account_id" = $1::int8)`, []any{int64(7)}},
		{"equal text", spec.Eq("owner", "ann"), `("t"."owner" = ? AND CAST("t"."owner" AS BLOB) = CAST(? AS BLOB))`, `("t"."owner" = $1::text)`, []any{"ann"}},
		{"equal null", spec.Eq("owner", spec.Null), `(1 = NULL)`, `(1 = NULL)`, nil},
		{"negation is pushed to the leaf", spec.Not(spec.Lt("account_id", 7)),
			`("t"."account_id" >= ? AND typeof("t"."account_id") = 'integer')`, `("t"."account_id" >= $1::int8)`, []any{int64(7)}},
		{"text order is that of bytes", spec.Lt("title", "b"),
			`("t"."title" COLLATE BINARY < ? AND typeof("t"."title") = 'text')`, `("t"."title" COLLATE "C" < $1::text)`, []any{"b"}},
		{"null", spec.IsNull("owner"), `("t"."owner" IS NULL)`, `("t"."owner" IS NULL)`, nil},
		{"not null", spec.NotNull("owner"), `("t"."owner" IS NOT NULL)`, `("t"."owner" IS NOT NULL)`, nil},
		{"distinct", spec.Distinct("account_id", 7),
			`(("t"."account_id" <> ? AND typeof("t"."account_id") = 'integer') OR ("t"."account_id" IS NULL))`,
			`(("t"."account_id" <> $1::int8) OR ("t"."account_id" IS NULL))`, []any{int64(7)}},
		{"one of a list", spec.In("account_id", 1, 2),
			`("t"."account_id" IN (SELECT value FROM json_each(?)))`, `("t"."account_id" = ANY ($1::int8[]))`, []any{`{"1","2"}`}},
		{"none of a list", spec.NotIn("owner", "a", `"`),
			`("t"."owner" COLLATE BINARY NOT IN (SELECT value FROM json_each(?)) AND typeof("t"."owner") = 'text')`,
			`("t"."owner" <> ALL ($1::text[]))`, []any{`{"a","\""}`}},
		{"contains escapes", spec.Contains("title", "50%_!"),
			`(instr("t"."title", ?) > 0 AND typeof("t"."title") = 'text')`, `("t"."title" LIKE $1::text ESCAPE '!')`, []any{"%50!%!_!!%"}},
		{"prefix is a range", spec.HasPrefix("title", "ab"),
			`(("t"."title" COLLATE BINARY >= ? AND "t"."title" COLLATE BINARY < ?) AND typeof("t"."title") = 'text')`,
			`("t"."title" COLLATE "C" >= $1::text AND "t"."title" COLLATE "C" < $2::text)`, []any{"ab", "ac"}},
		{"prefix without an end", spec.HasPrefix("title", "\U0010ffff"),
			`(("t"."title" COLLATE BINARY >= ?) AND typeof("t"."title") = 'text')`, `("t"."title" COLLATE "C" >= $1::text)`, []any{"\U0010ffff"}},
		{"suffix", spec.HasSuffix("title", "z"),
			`(ifnull(substr(CAST("t"."title" AS BLOB), ?), CAST("t"."title" AS BLOB)) = CAST(? AS BLOB) AND typeof("t"."title") = 'text')`, `("t"."title" LIKE $1::text ESCAPE '!')`, []any{"%z"}},
		{"matches", spec.Matches("title", `\d+$`),
			`(rolespec_match(?, "t"."title") AND typeof("t"."title") = 'text')`, `("t"."title" COLLATE "POSIX" ~ $1::text)`, []any{`\A(?:(?:[0-9])+\Z)`}},
		{"float beside not a number", spec.Gt("weight", 1.5),
			`("t"."weight" > ? AND typeof("t"."weight") IN ('real', 'integer'))`, `("t"."weight" > $1::float8 AND "t"."weight" < 'NaN'::float8)`, []any{1.5}},
		{"decimal", spec.Eq("price", 1.10), `(decimal_cmp("t"."price", ?) = 0 AND typeof("t"."price") = 'text')`, `("t"."price" = $1::numeric)`, []any{"1.1"}},
		{"instant in UTC to the microsecond", spec.Gte("created_at", noon),
			`("t"."created_at" >= ? AND typeof("t"."created_at") = 'integer')`, `("t"."created_at" >= $1::timestamptz)`, []any{noon.UTC().Truncate(time.Microsecond)}},
		{"date", spec.Eq("due", spec.Date{Year: 2024, Month: 7, Day: 1}), `("t"."due" = ?)`, `("t"."due" = $1::date)`, []any{"2024-07-01"}},
		{"uuid", spec.Eq("key", [16]byte{15: 1}), `("t"."key" = ?)`, `("t"."key" = $1::uuid)`, []any{"00000000-0000-0000-0000-000000000001"}},
		{"element of a list", spec.Contains("tags", "x"),
			`(CASE WHEN CASE WHEN json_valid("t"."tags") THEN json_type("t"."tags") = 'array' END THEN EXISTS (SELECT 1 FROM json_each("t"."tags") AS rolespec_e WHERE rolespec_e.type = 'text' AND rolespec_e.value = ?) END)`,
			`(("t"."tags" @> $1::text[]))`, []any{`{"x"}`}},
		{"a list that overlaps", spec.Overlaps("tags", "x", "y"),
			`(CASE WHEN CASE WHEN json_valid("t"."tags") THEN json_type("t"."tags") = 'array' END THEN EXISTS (SELECT 1 FROM json_each("t"."tags") AS rolespec_e WHERE rolespec_e.type = 'text' AND rolespec_e.value IN (SELECT value FROM json_each(?))) END)`,
			`(("t"."tags" && $1::text[]))`, []any{`{"x","y"}`}},
		{"path", spec.Under("title", "a.b"),
			`(("t"."title" COLLATE BINARY >= ? AND "t"."title" COLLATE BINARY < ? AND ("t"."title" COLLATE BINARY = ? OR "t"."title" COLLATE BINARY >= ?)) AND typeof("t"."title") = 'text')`,
			`("t"."title" COLLATE "C" >= $1::text AND "t"."title" COLLATE "C" < $2::text AND ("t"."title" COLLATE "C" = $3::text OR "t"."title" COLLATE "C" >= $4::text))`, []any{"a.b", "a.b/", "a.b", "a.b."}},
		{"no path", spec.Not(spec.Under("title", "a.b")),
			`(("t"."title" COLLATE BINARY <> ? AND ("t"."title" COLLATE BINARY < ? OR "t"."title" COLLATE BINARY >= ?)) AND typeof("t"."title") = 'text')`,
			`("t"."title" COLLATE "C" <> $1::text AND ("t"."title" COLLATE "C" < $2::text OR "t"."title" COLLATE "C" >= $3::text))`, []any{"a.b", "a.b.", "a.b/"}},
		{"equal but for case", spec.EqualFold("title", "ak."),
			`(rolespec_match(?, "t"."title") AND typeof("t"."title") = 'text')`, `("t"."title" COLLATE "POSIX" ~ $1::text)`, []any{"\\A[aA][k\u212aK]\\.\\Z"}},
		{"contains but for case", spec.ContainsFold("title", "1a"),
			`(rolespec_match(?, "t"."title") AND typeof("t"."title") = 'text')`, `("t"."title" COLLATE "POSIX" ~ $1::text)`, []any{`1[aA]`}},
		{"two fields", spec.Not(spec.Lt("id", spec.Ref("account_id"))),
			`("t"."id" >= "t"."account_id" AND typeof("t"."id") = 'integer' AND typeof("t"."account_id") = 'integer')`,
			`("t"."id" >= "t"."account_id")`, nil},
		{"two texts", spec.Eq("owner", spec.Ref("title")),
			`("t"."owner" COLLATE BINARY = "t"."title" AND typeof("t"."owner") = 'text' AND typeof("t"."title") = 'text')`,
			`("t"."owner" COLLATE "C" = "t"."title")`, nil},
		{"nested field", spec.Eq("size.width", 3), `("t"."size_width" = ?)`, `("t"."size_width" = $1::int8)`, []any{int64(3)}},
		{"integer beyond every bigint", spec.Ne("account_id", uint64(math.MaxUint64)),
			`("t"."account_id" <= ? AND typeof("t"."account_id") = 'integer')`, `("t"."account_id" <= $1::int8)`, []any{int64(math.MaxInt64)}},
		{"junctions are balanced", spec.Or(spec.Eq("id", 1), spec.Eq("id", 2), spec.And(spec.Eq("id", 3), spec.Eq("done", true))),
			`(("t"."id" = ?) OR (("t"."id" = ?) OR (("t"."id" = ?) AND ("t"."done" = ?))))`,
			`(("t"."id" = $1::int8) OR (("t"."id" = $2::int8) OR (("t"."id" = $3::int8) AND ("t"."done" = $4::bool))))`,
			[]any{int64(1), int64(2), int64(3), true}},
		{"De Morgan", spec.Not(spec.And(spec.Eq("id", 1), spec.IsNull("owner"))),
			`(("t"."id" <> ? AND typeof("t"."id") = 'integer') OR ("t"."owner" IS NOT NULL))`,
			`(("t"."id" <> $1::int8) OR ("t"."owner" IS NOT NULL))`, []any{int64(1)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, _, err := tasks.SQL(test.spec, sqlspec.SQLite)
			if err != nil || text != test.sqlite {
				t.Errorf("sqlite:\nhave %s\nwant %s\n%v", text, test.sqlite, err)
			}
			text, args, err := tasks.SQL(test.spec, sqlspec.Postgres)
			if err != nil || text != test.postgres {
				t.Errorf("postgres:\nhave %s\nwant %s\n%v", text, test.postgres, err)
			}
			if diff := cmp.Diff(test.args, args); diff != "" {
				t.Errorf("arguments (-want +have):\n%s", diff)
			}
		})
	}
}

// Whatever is wrong, the error says so, and whoever ignores it gets a condition
// that no row meets.
func TestErrors(t *testing.T) {
	lists := sqlspec.MustTable[struct{ At []time.Time }]("lists")
	wide := make([]spec.Specification, 70000)
	for i := range wide {
		wide[i] = spec.Eq("id", i)
	}
	deep := spec.Eq("id", 0)
	for range spec.MaxDepth / 2 {
		deep = spec.Not(spec.And(spec.Not(spec.Or(deep, spec.Eq("id", 1))), spec.Eq("id", 2)))
	}
	var noTable *sqlspec.Table
	tests := []struct {
		name    string
		table   *sqlspec.Table
		spec    spec.Specification
		dialect sqlspec.Dialect
		want    error
	}{
		{"unknown field", tasks, spec.Eq("acount_id", 1), sqlspec.Postgres, spec.ErrUnknownField},
		{"unknown field under Not", tasks, spec.Not(spec.Eq("acount_id", 1)), sqlspec.SQLite, spec.ErrUnknownField},
		{"field that is SQL", tasks, spec.Eq(`1=1 OR id`, 1), sqlspec.SQLite, spec.ErrUnknownField},
		{"field with a quote", tasks, spec.Eq(`id" = 1 OR "t"."id`, 1), sqlspec.Postgres, spec.ErrUnknownField},
		{"pseudo column", tasks, spec.Eq("rowid", 1), sqlspec.SQLite, spec.ErrUnknownField},
		{"field without a column", tasks, spec.Eq("secret", "x"), sqlspec.SQLite, sqlspec.ErrUnmapped},
		{"other field without a column", tasks, spec.Eq("title", spec.Ref("secret")), sqlspec.SQLite, sqlspec.ErrUnmapped},
		{"very long text but for case", tasks, spec.EqualFold("title", strings.Repeat("a", 1001)), sqlspec.Postgres, sqlspec.ErrUnsupported},
		{"null of a field without a column", tasks, spec.IsNull("secret"), sqlspec.SQLite, sqlspec.ErrUnmapped},
		{"wrong type", tasks, spec.Eq("account_id", "7"), sqlspec.Postgres, spec.ErrType},
		{"fraction for an integer", tasks, spec.Gt("account_id", 1.5), sqlspec.Postgres, spec.ErrType},
		{"unbound variable", tasks, spec.Eq("account_id", spec.Var("account")), sqlspec.Postgres, spec.ErrUnbound},
		{"bad value", tasks, spec.Eq("weight", math.NaN()), sqlspec.SQLite, spec.ErrValue},
		{"bad value beside everything", tasks, spec.Or(spec.All(), spec.Eq("title", "\x00")), sqlspec.SQLite, spec.ErrValue},
		{"bad pattern", tasks, spec.Matches("title", "("), sqlspec.Postgres, spec.ErrPattern},
		{"pattern that the engine cannot say", tasks, spec.Matches("title", `\bx`), sqlspec.Postgres, sqlspec.ErrUnsupported},
		{"pattern that takes seconds", tasks, spec.Matches("title", strings.Repeat("a?", 65)), sqlspec.Postgres, sqlspec.ErrUnsupported},
		{"pattern of thousands of classes", tasks, spec.Matches("title", strings.Repeat(`\pL`, 4000)), sqlspec.Postgres, sqlspec.ErrUnsupported},
		{"no dialect", tasks, spec.All(), 0, sqlspec.ErrUnsupported},
		{"no table", noTable, spec.All(), sqlspec.SQLite, sqlspec.ErrTable},
		{"list without one way to write it", lists, spec.Contains("at", noon), sqlspec.SQLite, sqlspec.ErrUnsupported},
		{"too many arguments", tasks, spec.Or(wide...), sqlspec.Postgres, sqlspec.ErrTooLarge},
		{"too deep", tasks, deep.And(deep.Or(deep)), sqlspec.SQLite, spec.ErrTooDeep},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, args, err := test.table.SQL(test.spec, test.dialect)
			if !errors.Is(err, test.want) {
				t.Errorf("SQL: error %v, want %v", err, test.want)
			}
			if text != "(1 = NULL)" || len(args) > 0 {
				t.Errorf("SQL: text beside the error: %s %v", text, args)
			}
			where := test.table.Where(test.spec, test.dialect)
			if where == nil {
				t.Fatal("Where is nil: squirrel would drop the filter")
			}
			if text, _, err := where.ToSql(); text != "(1 = NULL)" || !errors.Is(err, test.want) {
				t.Errorf("ToSql: %s, %v", text, err)
			}
			if text, _, err := sq.Select("id").From("tasks t").Where(where).ToSql(); err == nil || strings.Contains(text, "FROM") {
				t.Errorf("squirrel: %q, %v", text, err)
			}
		})
	}
}

func TestErrorsSayWhere(t *testing.T) {
	_, _, err := tasks.SQL(spec.Eq("secret", "hunter2"), sqlspec.SQLite)
	var leaf *sqlspec.LeafError
	if !errors.As(err, &leaf) || leaf.Field != "secret" || leaf.Op != spec.OpEq || leaf.Dialect != sqlspec.SQLite {
		t.Errorf("have %#v", err)
	}
	if strings.Contains(err.Error(), "hunter2") {
		t.Errorf("the error shows the value: %v", err)
	}
}

// The text depends on the shape of a specification alone: no value can reach it.
func TestValuesStayOutOfTheText(t *testing.T) {
	shape := func(v string) spec.Specification {
		return spec.And(spec.Eq("title", v), spec.In("owner", v, v), spec.Contains("title", "x"+v), spec.Contains("tags", v), spec.HasSuffix("title", "x"+v))
	}
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres} {
		want, _, err := tasks.SQL(shape("a"), d)
		if err != nil {
			t.Fatal(err)
		}
		for _, hostile := range []string{"'", `"`, "?", "$1", "'; DROP TABLE tasks; --", `\`, "%", "_", "a\nb", "\u2028", "' OR '1'='1", "{", "}", ",", "NULL", "😀"} {
			have, args, err := tasks.SQL(shape(hostile), d)
			if err != nil || have != want {
				t.Errorf("%s: %q changes the text to %s (%v)", d, hostile, have, err)
			}
			if len(args) == 0 {
				t.Errorf("%s: %q: no arguments", d, hostile)
			}
		}
	}
}

func TestAppendGoesOn(t *testing.T) {
	text, args, err := tasks.Append([]byte("SELECT 1 FROM tasks t WHERE t.id > $1 AND "), []any{5}, spec.Between("id", 1, 9), sqlspec.Postgres)
	want := `SELECT 1 FROM tasks t WHERE t.id > $1 AND (("t"."id" >= $2::int8) AND ("t"."id" <= $3::int8))`
	if err != nil || string(text) != want {
		t.Errorf("have %s, %v\nwant %s", text, err, want)
	}
	if diff := cmp.Diff([]any{5, int64(1), int64(9)}, args); diff != "" {
		t.Error(diff)
	}
	text, args, err = tasks.Append([]byte("x AND "), []any{5}, spec.And(spec.Eq("id", 1), spec.Eq("secret", "y")), sqlspec.Postgres)
	if string(text) != "x AND (1 = NULL)" || len(args) != 1 || err == nil {
		t.Errorf("after an error: %s %v %v", text, args, err)
	}
}

// In a squirrel statement the condition stands on its own, whatever is beside it,
// and its placeholders are numbered with all the others.
func TestSquirrel(t *testing.T) {
	mine := spec.Or(spec.Eq("account_id", 7), spec.IsNull("owner"))
	where := tasks.Where(mine, sqlspec.Postgres)
	const condition = `(("t"."account_id" = $2::int8) OR ("t"."owner" IS NULL))`
	tests := []struct {
		name string
		stmt sq.Sqlizer
		want string
	}{
		{"select", sq.Select("id").From(tasks.From()).Where("id > ?", 1).Where(where).PlaceholderFormat(sq.Dollar),
			`SELECT id FROM "tasks" AS "t" WHERE id > $1 AND ` + condition},
		{"update", sq.Update(tasks.From()).Set("title", "x").Where(where).PlaceholderFormat(sq.Dollar),
			`UPDATE "tasks" AS "t" SET title = $1 WHERE ` + condition},
		{"delete", sq.Delete(tasks.From()).Where(sq.Eq{"id": 1}).Where(where).PlaceholderFormat(sq.Dollar),
			`DELETE FROM "tasks" AS "t" WHERE id = $1 AND ` + condition},
		{"inside an Or of the program", sq.Select("id").From(tasks.From()).Where(sq.And{sq.Eq{"id": 1}, where}).PlaceholderFormat(sq.Dollar),
			`SELECT id FROM "tasks" AS "t" WHERE (id = $1 AND ` + condition + `)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, args, err := test.stmt.ToSql()
			if err != nil || text != test.want || len(args) != 2 {
				t.Errorf("have %s %v %v\nwant %s", text, args, err, test.want)
			}
		})
	}
}
