package sqlspec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestTablesThatCannotBe(t *testing.T) {
	type row struct {
		ID     int
		Name   string
		Price  spec.Decimal
		Tags   []string
		Nested struct{ ID int }
		Other  int `db:"nested_id"`
	}
	type clean struct {
		ID    int
		Name  string
		Price spec.Decimal
		Tags  []string
		Mood  string `spec:"mood,enum=a|b"`
	}
	column := func(field string, opts ...sqlspec.ColumnOption) []sqlspec.Option {
		return []sqlspec.Option{sqlspec.Column(field, opts...)}
	}
	tests := []struct {
		name  string
		table string
		opts  []sqlspec.Option
	}{
		{"no name", "", nil},
		{"empty part", "public.", nil},
		{"NUL ends the statement in some drivers", "ta\x00sks", nil},
		{"question mark is a placeholder to squirrel", "tasks?", nil},
		{"PostgreSQL cuts names of 64 bytes", strings.Repeat("a", 64), nil},
		{"not UTF-8", "\xff", nil},
		{"name of a subquery of our own", "rolespec_e", nil},
		{"alias of a subquery of our own", "tasks", []sqlspec.Option{sqlspec.As("rolespec_p")}},
		{"empty alias", "tasks", []sqlspec.Option{sqlspec.As("")}},
		{"option for a field that is not there", "tasks", column("nmae")},
		{"omitting a field that is not there", "tasks", []sqlspec.Option{sqlspec.Omit("nmae")}},
		{"two fields with one column", "tasks", column("name", sqlspec.Name("id"))},
		{"column with a placeholder", "tasks", column("name", sqlspec.Name("na?me"))},
		{"storage of another kind", "tasks", column("name", sqlspec.Timestamp())},
		{"Blob for what is no UUID", "tasks", column("name", sqlspec.Blob())},
		{"Scaled for what is no decimal", "tasks", column("name", sqlspec.Scaled(2))},
		{"Scaled beyond an integer", "tasks", column("price", sqlspec.Scaled(19))},
		{"JSONB for what is no list", "tasks", column("name", sqlspec.JSONB())},
		{"PostgresType for what is neither enum nor list", "tasks", column("name", sqlspec.PostgresType("citext"))},
		{"PostgresType without a name", "tasks", column("mood", sqlspec.PostgresType(""))},
		{"NoCase for what is no text", "tasks", column("id", sqlspec.NoCase())},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := sqlspec.TableOf[clean](test.table, test.opts...); !errors.Is(err, sqlspec.ErrTable) {
				t.Errorf("error %v, want ErrTable", err)
			}
		})
	}
	if _, err := sqlspec.TableOf[row]("tasks"); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("a nested field and another one with the same column: error %v", err)
	}
	if _, err := sqlspec.TableOf[int]("tasks"); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("rows that are no structs: error %v", err)
	}
	defer func() {
		if recover() == nil {
			t.Error("MustTable did not panic")
		}
	}()
	sqlspec.MustTable[row]("tasks")
}

func TestNames(t *testing.T) {
	type row struct {
		Order string `db:"order"`
		Odd   int    `db:"a \"b\" c"`
	}
	table := sqlspec.MustTable[row](`public.sel"ect`)
	if have, want := table.From(), `"public"."sel""ect"`; have != want {
		t.Errorf("From: have %s, want %s", have, want)
	}
	if have, ok := table.Column(`a "b" c`); !ok || have != `"sel""ect"."a ""b"" c"` {
		t.Errorf("Column: have %s, %v", have, ok)
	}
	if _, ok := table.Column("nope"); ok {
		t.Error("Column of an unknown field")
	}
	var none *sqlspec.Table
	if _, ok := none.Column("order"); ok || none.From() != "" || none.Schema() != nil {
		t.Error("the nil table has something")
	}
}

func TestAliased(t *testing.T) {
	outer, err := tasks.Aliased("outer")
	if err != nil {
		t.Fatal(err)
	}
	for table, want := range map[*sqlspec.Table]string{tasks: `("t"."id" = ?)`, outer: `("outer"."id" = ?)`} {
		if have, _, err := table.SQL(spec.Eq("id", 1), sqlspec.SQLite); err != nil || have != want {
			t.Errorf("have %s, %v, want %s", have, err, want)
		}
	}
	if _, err := tasks.Aliased("rolespec_e"); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("error %v, want ErrTable", err)
	}
	var none *sqlspec.Table
	if _, err := none.Aliased("t"); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("the nil table: error %v, want ErrTable", err)
	}
}
