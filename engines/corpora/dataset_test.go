package corpora_test

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// dataset is a table with rows, and what was asked about them.
type dataset struct {
	name    string
	fields  []spec.Field      // but for the id, which is the number of the row
	columns map[string]string // whose name is not the field's
	json    bool              // lists are JSON in PostgreSQL too: what is no list can then stand in one's place
	rows    []map[string]any
	asked   []question
}

// question is a specification and what memory says of each row.
type question struct {
	id    string
	spec  spec.Specification
	truth []answer
}

// idField is the number of the row, from 0. No case names it.
const idField = "row_id"

func (d *dataset) schema(t *testing.T) *spec.Schema {
	t.Helper()
	sc, err := spec.NewSchema(append([]spec.Field{{Name: idField, Kind: spec.KindInt}}, d.fields...)...)
	if err != nil {
		t.Fatalf("%s: %v", d.name, err)
	}
	return sc
}

func (d *dataset) table(t *testing.T, dialect sqlspec.Dialect) *sqlspec.Table {
	t.Helper()
	var opts []sqlspec.Option
	for field, column := range d.columns {
		opts = append(opts, sqlspec.Column(field, sqlspec.Name(column)))
	}
	for _, f := range d.fields {
		if f.List && d.json && dialect == sqlspec.Postgres {
			opts = append(opts, sqlspec.Column(f.Name, sqlspec.JSONB()))
		}
	}
	table, err := sqlspec.NewTable(d.name, d.schema(t), opts...)
	if err != nil {
		t.Fatalf("%s: %v", d.name, err)
	}
	return table.In(dialect)
}

// ask returns what memory says of each row, and remembers it for the engines. A
// specification that does not compile is shown no row, and is an error.
func (d *dataset) ask(t *testing.T, id string, s spec.Specification) ([]answer, error) {
	t.Helper()
	m, err := spec.Compile[map[string]any](s, spec.WithSchema(d.schema(t)))
	if err != nil {
		return nil, err
	}
	negated, err := spec.Compile[map[string]any](spec.Not(s), spec.WithSchema(d.schema(t)))
	if err != nil {
		return nil, err
	}
	truth := make([]answer, len(d.rows))
	for i := range d.rows {
		row := d.rows[i]
		truth[i] = answer(m.Truth(&row))
		if m.Match(&row) != (truth[i] == yes) || negated.Match(&row) != (truth[i] == no) {
			t.Errorf("%s: %v of %v: it is %v, Match says %v and of its negation %v", id, s, row, truth[i], m.Match(&row), negated.Match(&row))
		}
	}
	d.asked = append(d.asked, question{id, s, truth})
	return truth, nil
}

// lookup walks a dotted path through nested maps; ok is false where it ends
// before the field.
func lookup(row map[string]any, path string) (v any, ok bool) {
	v = row
	for part := range strings.SplitSeq(path, ".") {
		m, isMap := v.(map[string]any)
		if !isMap {
			return nil, false
		}
		if v, ok = m[part]; !ok {
			return nil, false
		}
	}
	return v, true
}

// put is the counterpart of lookup.
func put(row map[string]any, path string, v any) {
	parts := strings.Split(path, ".")
	for _, part := range parts[:len(parts)-1] {
		next, ok := row[part].(map[string]any)
		if !ok {
			next = map[string]any{}
			row[part] = next
		}
		row = next
	}
	row[parts[len(parts)-1]] = v
}
