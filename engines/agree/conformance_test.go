package agree_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// conformanceFields is the typed table that PostgreSQL was asked about when the
// cases were made.
var conformanceFields = []spec.Field{
	{Name: "id", Kind: spec.KindDecimal}, {Name: "age", Kind: spec.KindDecimal}, {Name: "score", Kind: spec.KindDecimal},
	{Name: "name", Kind: spec.KindString}, {Name: "role", Kind: spec.KindString}, {Name: "note", Kind: spec.KindString},
	{Name: "active", Kind: spec.KindBool}, {Name: "profile.ok", Kind: spec.KindBool},
	{Name: "tags", Kind: spec.KindString, List: true}, {Name: "profile.langs", Kind: spec.KindString, List: true},
	{Name: "nums", Kind: spec.KindDecimal, List: true},
	{Name: "profile.city", Kind: spec.KindString}, {Name: "org.unit.code", Kind: spec.KindString},
	{Name: "profile.level", Kind: spec.KindDecimal}, {Name: "org.unit.size", Kind: spec.KindDecimal},
}

// refusedCases are the cases that we refuse to answer, and why. A refusal shows
// no row.
var refusedCases = map[string]string{
	"spec-pub-00734": "the pattern is not RE2",
}

func TestConformanceInSQL(t *testing.T) {
	schema, err := spec.NewSchema(conformanceFields...)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("cases", schema)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := conformance.Load[conformance.SpecCase]("spec")
	if err != nil {
		t.Fatal(err)
	}
	verdicts, err := conformance.Load[conformance.SQLCase]("spec_sql")
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, v := range verdicts {
		wanted[v.ID] = v.Visible
	}
	sqlite := engine{dialect: sqlspec.SQLite, table: table, db: engines.SQLite(t)}
	postgres := engine{dialect: sqlspec.Postgres, table: table, db: engines.Postgres(t)}
	mariadb := engine{dialect: sqlspec.MariaDB, table: table, db: engines.MariaDB(t)}
	for _, e := range []engine{sqlite, postgres, mariadb} {
		t.Run(e.dialect.String(), func(t *testing.T) {
			createCases(t, e)
			equal, refused, unstorable := 0, 0, 0
			for i, c := range cases {
				want, asked := wanted[c.ID]
				if !asked {
					continue
				}
				s, err := c.Spec.Specification()
				if err != nil {
					if refusedCases[c.ID] == "" {
						t.Errorf("%s: %v", c.ID, err)
					}
					refused++
					continue
				}
				m, err := spec.Compile[map[string]any](s, spec.WithSchema(schema))
				if err != nil {
					t.Errorf("%s: in memory: %v", c.ID, err)
					continue
				}
				if got := m.Match(&c.Obj); got != want {
					t.Errorf("%s: %v: visible in memory: have %v, want %v\n%s", c.ID, s, got, want, m.Explain(&c.Obj))
				}
				if e.dialect == sqlspec.MariaDB && !fitsMariaDB(c.Obj) {
					unstorable++
					continue
				}
				insertCase(t, e, i, c.Obj)
				text, args, err := table.SQL(s, e.dialect)
				if err != nil {
					t.Errorf("%s: %v", c.ID, err)
					continue
				}
				var got bool
				if err := e.db.QueryRow(fmt.Sprintf(`SELECT count(*) > 0 FROM cases WHERE case_no = %d AND %s`, i, text), args...).Scan(&got); err != nil {
					t.Errorf("%s: %v\n%s %q\n%v", c.ID, s, text, args, err)
					continue
				}
				if got != want {
					t.Errorf("%s: %v\n%s %q\n%v: have %v, want %v", c.ID, s, text, args, c.Obj, got, want)
					continue
				}
				equal++
			}
			if equal+refused+unstorable != len(verdicts) || refused != len(refusedCases) {
				t.Errorf("%d equal and %d refused of %d", equal, refused, len(verdicts))
			}
			t.Logf("%s: %d of %d equal, %d refused, %d with a number that the engine cannot store", e.dialect, equal, len(verdicts), refused, unstorable)
		})
	}
}

func createCases(t *testing.T, e engine) {
	columns := []string{"case_no int PRIMARY KEY"}
	for _, f := range conformanceFields {
		typ := "TEXT"
		switch {
		case e.dialect == sqlspec.Postgres && f.Kind == spec.KindDecimal:
			typ = "numeric"
		case e.dialect == sqlspec.MariaDB && f.Kind == spec.KindDecimal && !f.List:
			typ = "decimal(65,30)"
		case f.Kind == spec.KindBool:
			typ = map[sqlspec.Dialect]string{sqlspec.SQLite: "INTEGER", sqlspec.Postgres: "bool", sqlspec.MariaDB: "tinyint(1)"}[e.dialect]
		}
		if f.List && e.dialect == sqlspec.Postgres {
			typ += "[]"
		}
		columns = append(columns, strings.ReplaceAll(f.Name, ".", "_")+" "+typ)
	}
	exec(t, e.db, `CREATE TABLE cases (`+strings.Join(columns, ", ")+")")
}

func insertCase(t *testing.T, e engine, number int, obj map[string]any) {
	t.Helper()
	marks, args := []string{fmt.Sprint(number)}, []any{}
	for i, f := range conformanceFields {
		v, _ := conformance.Lookup(obj, strings.Split(f.Name, "."))
		mark := "?"
		if e.dialect == sqlspec.Postgres {
			mark = fmt.Sprintf("$%d", i+1)
			if f.Kind == spec.KindDecimal {
				mark += "::text::numeric" + map[bool]string{true: "[]"}[f.List]
			}
		}
		marks = append(marks, mark)
		args = append(args, storedCase(t, v, f, e.dialect != sqlspec.Postgres))
	}
	exec(t, e.db, `INSERT INTO cases VALUES (`+strings.Join(marks, ", ")+")", args...)
}

// storedCase writes a JSON value as the column stores it.
func storedCase(t *testing.T, v any, f spec.Field, sqlite bool) any {
	t.Helper()
	decimal := func(n json.Number) string {
		v, err := spec.ValueOf(n)
		if err != nil {
			t.Fatal(err)
		}
		return v.Decimal().String()
	}
	switch x := v.(type) {
	case json.Number:
		return decimal(x)
	case bool:
		if sqlite {
			return map[bool]int64{true: 1}[x]
		}
	case []any:
		list := make([]any, len(x))
		for i, e := range x {
			list[i] = e
			if n, ok := e.(json.Number); ok {
				list[i] = decimal(n)
			}
		}
		return storedList(list, f, sqlite)
	}
	return v
}
