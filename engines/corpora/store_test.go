package corpora_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// fill creates the table and puts the rows in.
func (e engine) fill(t *testing.T, d *dataset) {
	t.Helper()
	table := d.table(t, e.dialect)
	columns := []string{e.column(t, table, idField) + " INTEGER PRIMARY KEY"}
	for _, f := range d.fields {
		columns = append(columns, e.column(t, table, f.Name)+" "+e.columnType(d, f))
	}
	e.exec(t, "CREATE TABLE "+table.From()+" ("+strings.Join(columns, ", ")+")")
	var tuples []string
	var args []any
	for i, row := range d.rows {
		marks := []string{fmt.Sprint(i)}
		for _, f := range d.fields {
			v, _ := lookup(row, f.Name)
			args = append(args, e.stored(t, d, v, f))
			marks = append(marks, e.mark(len(args), e.columnType(d, f)))
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
	}
	e.exec(t, "INSERT INTO "+table.From()+" VALUES "+strings.Join(tuples, ", "), args...)
}

func (e engine) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if _, err := e.db.Exec(text, args...); err != nil {
		t.Fatalf("%.300s: %v", text, err)
	}
}

// column returns the name of a column without its table.
func (e engine) column(t *testing.T, table *sqlspec.Table, field string) string {
	t.Helper()
	name, ok := table.Column(field)
	if !ok {
		t.Fatalf("no column for %q", field)
	}
	return strings.TrimPrefix(name, table.From()+".")
}

// columnType says how a field is stored. Lists are JSON but in PostgreSQL, where
// they are arrays.
func (e engine) columnType(d *dataset, f spec.Field) string {
	types := map[spec.Kind]string{spec.KindBool: "bool", spec.KindInt: "bigint", spec.KindFloat: "double precision", spec.KindString: "text"}
	switch {
	case f.List && e.dialect == sqlspec.Postgres && d.json:
		return "jsonb"
	case f.List && e.dialect == sqlspec.Postgres:
		return types[f.Kind] + "[]"
	case f.List:
		return "text"
	case f.Kind == spec.KindBool && e.dialect == sqlspec.SQLite:
		return "INTEGER"
	}
	return types[f.Kind]
}

func (e engine) mark(n int, columnType string) string {
	if e.dialect == sqlspec.Postgres {
		return fmt.Sprintf("$%d::%s", n, columnType)
	}
	return "?"
}

// stored returns what a program stores for a value of the field.
func (e engine) stored(t *testing.T, d *dataset, v any, f spec.Field) any {
	t.Helper()
	switch x := v.(type) {
	case nil:
		return nil
	case bool:
		if e.dialect != sqlspec.Postgres {
			return map[bool]int64{true: 1}[x]
		}
	case json.Number:
		return number(x)
	}
	if !f.List {
		return v
	}
	list, isList := v.([]any)
	if isList && e.dialect == sqlspec.Postgres && !d.json {
		elements := make([]string, len(list))
		for i, element := range list {
			elements[i] = jsonText(t, element) // an array quotes a text as JSON does
		}
		return "{" + strings.Join(elements, ",") + "}"
	}
	return jsonText(t, v)
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// number is the integer or float that a JSON number is.
func number(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, _ := n.Float64()
	return f
}
