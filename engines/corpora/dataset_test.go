package corpora_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// dataset is a table with rows, and what was asked about them.
type dataset struct {
	rowType
	name    string
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

func (d *dataset) table(t *testing.T, dialect sqlspec.Dialect) *sqlspec.Table {
	t.Helper()
	var opts []sqlspec.Option
	for field, column := range d.columns {
		opts = append(opts, sqlspec.Column(field, sqlspec.Name(column)))
	}
	return d.rowType.table(t, d.name, dialect, d.json, opts...)
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

// storable reports whether tables can hold the row: where rows are listed they
// hold a list. What is no list memory does not know, and an engine has no rows of
// it: neither shows what is asked of them.
func (d *dataset) storable(i int) bool {
	for _, relation := range d.relations {
		if v, _ := lookup(d.rows[i], relation.name); v != nil && !relation.one && !isList(v) {
			return false
		}
	}
	return true
}

// apart returns the dataset with the rows that its dots lead to in tables of
// their own, and everything asked of it again: nothing changes. It is nil where
// there is no dot.
func (d *dataset) apart(t *testing.T) *dataset {
	t.Helper()
	parted, ok := d.toOne()
	if !ok {
		return nil
	}
	other := &dataset{rowType: parted, name: d.name + "_apart", json: d.json, rows: d.rows}
	for _, q := range d.asked {
		if truth, err := other.ask(t, q.id, q.spec); err != nil || !slices.Equal(truth, q.truth) {
			t.Errorf("%s: %v: nested it is %v, with rows of another table %v (%v)", q.id, q.spec, q.truth, truth, err)
		}
	}
	return other
}

const rowsPerTable = 300

// generate fills in distinct rows.
func (d *dataset) generate(random *rand.Rand, fill func(row map[string]any)) {
	seen := map[string]bool{}
	for range rowsPerTable {
		row := map[string]any{}
		fill(row)
		if text := fmt.Sprintf("%#v", row); !seen[text] { // few fields have few rows
			seen[text] = true
			d.rows = append(d.rows, row)
		}
	}
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
