package corpora_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// owned is a row and the number of the row that it belongs to.
type owned struct {
	row   map[string]any
	owner int
}

// fill creates the tables of a dataset and puts the rows in.
func (e engine) fill(t *testing.T, d *dataset) {
	t.Helper()
	rows := make([]owned, len(d.rows))
	for i, row := range d.rows {
		rows[i] = owned{row, i}
	}
	e.store(t, d, d.name, &d.rowType, rows)
}

// store creates a table with its rows, and then those of the related rows.
func (e engine) store(t *testing.T, d *dataset, name string, r *rowType, rows []owned) {
	t.Helper()
	columns := []string{idField + " INTEGER PRIMARY KEY", parentColumn + " INTEGER"}
	for _, f := range r.fields {
		column := strings.ReplaceAll(f.Name, ".", "_")
		if named, ok := d.columns[f.Name]; ok {
			column = named
		}
		columns = append(columns, e.quote(column)+" "+e.columnType(d, f))
	}
	e.exec(t, "CREATE TABLE "+e.quote(name)+" ("+strings.Join(columns, ", ")+")")
	var tuples []string
	var args []any
	for i, o := range rows {
		marks := []string{fmt.Sprint(i), fmt.Sprint(o.owner)}
		for _, f := range r.fields {
			v, _ := lookup(o.row, f.Name)
			args = append(args, e.stored(t, d, v, f))
			marks = append(marks, e.mark(len(args), e.columnType(d, f)))
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
	}
	if len(tuples) > 0 {
		e.exec(t, "INSERT INTO "+e.quote(name)+" VALUES "+strings.Join(tuples, ", "), args...)
	}
	for _, relation := range r.relations {
		e.store(t, d, name+"_"+relation.name, &relation.rows, relation.of(rows))
	}
}

// of returns the rows of the relation. What is no row in a list, or no list, no
// table can hold.
func (r *related) of(rows []owned) (found []owned) {
	for i, o := range rows {
		v, _ := lookup(o.row, r.name)
		list := listOf(v)
		if r.one {
			list = []any{v}
		}
		for _, element := range list {
			if row, isRow := element.(map[string]any); isRow {
				found = append(found, owned{row, i})
			}
		}
	}
	return found
}

func (e engine) exec(t *testing.T, text string, args ...any) {
	t.Helper()
	if _, err := e.db.Exec(text, args...); err != nil {
		t.Fatalf("%.300s: %v", text, err)
	}
}

// quote quotes a name for the statements of the test itself.
func (e engine) quote(name string) string {
	mark := `"`
	if e.dialect == sqlspec.MariaDB {
		mark = "`"
	}
	return mark + strings.ReplaceAll(name, mark, mark+mark) + mark
}

// columnType says how a field is stored. Lists are JSON but in PostgreSQL, where
// they are arrays.
func (e engine) columnType(d *dataset, f spec.Field) string {
	if f.List && (e.dialect != sqlspec.Postgres || d.json) {
		return map[sqlspec.Dialect]string{sqlspec.SQLite: "text", sqlspec.Postgres: "jsonb", sqlspec.MariaDB: "text"}[e.dialect]
	}
	types := map[spec.Kind]string{
		spec.KindBool: "bool", spec.KindInt: "bigint", spec.KindFloat: "double precision", spec.KindString: "text",
		spec.KindTime: map[sqlspec.Dialect]string{sqlspec.SQLite: "bigint", sqlspec.Postgres: "timestamptz", sqlspec.MariaDB: "datetime(6)"}[e.dialect],
	}
	if f.List {
		return types[f.Kind] + "[]"
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
	list, isList := v.([]any)
	switch x := v.(type) {
	case nil:
		return nil
	case bool:
		if e.dialect == sqlspec.SQLite {
			return map[bool]int64{true: 1}[x]
		}
	case time.Time:
		if e.dialect == sqlspec.SQLite {
			return x.UnixMicro()
		}
	case json.Number:
		return number(x)
	}
	switch {
	case !f.List:
		return v
	case !isList || e.dialect != sqlspec.Postgres || d.json:
		return jsonText(t, v)
	}
	elements := make([]string, len(list))
	for i, element := range list {
		elements[i] = jsonText(t, element) // an array quotes a text as JSON does
	}
	return "{" + strings.Join(elements, ",") + "}"
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
