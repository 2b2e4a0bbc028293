package duckdb_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines/duckdb"
	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// conformanceColumns is the typed table that PostgreSQL was asked about when the
// cases were made.
var conformanceColumns = []column{
	nullable("id", spec.KindDecimal, "DECIMAL(38,7)"), nullable("age", spec.KindDecimal, "DECIMAL(38,7)"), nullable("score", spec.KindDecimal, "DECIMAL(38,7)"),
	nullable("name", spec.KindString, "VARCHAR"), nullable("role", spec.KindString, "VARCHAR"), nullable("note", spec.KindString, "VARCHAR"),
	nullable("active", spec.KindBool, "BOOLEAN"), nullable("profile.ok", spec.KindBool, "BOOLEAN"),
	list("tags", spec.KindString, "VARCHAR[]"), list("profile.langs", spec.KindString, "VARCHAR[]"),
	list("nums", spec.KindDecimal, "DECIMAL(38,7)[]"),
	nullable("profile.city", spec.KindString, "VARCHAR"), nullable("org.unit.code", spec.KindString, "VARCHAR"),
	nullable("profile.level", spec.KindDecimal, "DECIMAL(38,7)"), nullable("org.unit.size", spec.KindDecimal, "DECIMAL(38,7)"),
}

// refusedCases are the cases that are refused, and why. A refusal shows no row.
var refusedCases = map[string]string{
	"spec-pub-00734": "the pattern is not RE2",
}

// TestConformance: the verdicts of PostgreSQL on the cases of another
// implementation.
func TestConformance(t *testing.T) {
	fields := make([]spec.Field, len(conformanceColumns))
	definitions := []string{"case_no BIGINT PRIMARY KEY"}
	for i, c := range conformanceColumns {
		fields[i] = c.Field
		definitions = append(definitions, strings.ReplaceAll(c.Name, ".", "_")+" "+c.typ)
	}
	schema, err := spec.NewSchema(fields...)
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
	db := duckdb.Open(t)
	exec(t, db, "CREATE TABLE cases ("+strings.Join(definitions, ", ")+")")
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
		values, args := []string{fmt.Sprint(i)}, []any{}
		storable := true
		for _, col := range conformanceColumns {
			v, _ := conformance.Lookup(c.Obj, strings.Split(col.Name, "."))
			v, fits := col.decoded(t, v)
			storable = storable && fits
			values = append(values, col.literal(v, &args))
		}
		if !storable {
			unstorable++
			continue
		}
		exec(t, db, "INSERT INTO cases VALUES ("+strings.Join(values, ", ")+")", args...)
		text, args, err := table.SQL(s, sqlspec.DuckDB)
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		var got bool
		if err := db.QueryRow(fmt.Sprintf(`SELECT count(*) > 0 FROM cases WHERE case_no = %d AND %s`, i, text), args...).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %v: have %v, want %v\n%s %q\n%v\n%v", c.ID, s, got, want, text, args, c.Obj, err)
			continue
		}
		equal++
	}
	t.Logf("%d of %d equal, %d refused, %d with a number that the column cannot store", equal, len(verdicts), refused, unstorable)
	if equal+refused+unstorable != len(verdicts) || refused != len(refusedCases) || unstorable > len(verdicts)/7 {
		t.Errorf("%d equal and %d refused of %d", equal, refused, len(verdicts))
	}
}

// decoded is a value of JSON as the column has it, and whether it can hold it.
func (c column) decoded(t *testing.T, v any) (_ any, fits bool) {
	t.Helper()
	switch x := v.(type) {
	case json.Number:
		value, err := spec.ValueOf(x)
		if err != nil {
			t.Fatal(err)
		}
		return value.Decimal(), c.holds(value.Decimal().String())
	case []any:
		fits = true
		elements := make([]any, len(x))
		for i, e := range x {
			var ok bool
			elements[i], ok = c.element().decoded(t, e)
			fits = fits && ok
		}
		return elements, fits
	}
	return v, true
}
