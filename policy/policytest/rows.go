package policytest

import (
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// freeKey names rows where the policy does not say what does.
const freeKey = "id"

// rows reads the rows of every resource. Each resource of the policy has a table,
// so that rows which are written can be read without any that are there.
func (l *loader) rows() {
	var names []string
	for r := range l.suite.policy.Resources() {
		names = append(names, r.Name)
		l.suite.tables = append(l.suite.tables, newTable(r))
	}
	for _, e := range l.file.Rows.Entries {
		t := l.suite.table(e.Name.Text)
		switch {
		case t == nil && len(names) > 0:
			l.problem(l.main, e.Name.Pos, nearest(e.Name.Text, names), "the policy has no resource %q", e.Name.Text)
			continue
		case t == nil:
			t = newTable(policy.Resource{Name: e.Name.Text, Key: freeKey})
			l.suite.tables = append(l.suite.tables, t)
		case t.schema != nil && t.key.Kind == spec.KindNull:
			l.problem(l.main, e.Name.Pos, "declare the field, or name another one by key: in the policy",
				"the resource %q has no field %q that could name its rows", t.name, t.key.Name)
			continue
		}
		l.tableRows(t, e.Value)
	}
}

func newTable(r policy.Resource) *table {
	t := &table{name: r.Name, schema: r.Schema, key: spec.Field{Name: r.Key}, byKey: map[string]int{}}
	get, _, err := spec.ClaimGetter[map[string]any](r.Key)
	if err != nil { // a name that leads nowhere
		get = func(*map[string]any) spec.Value { return spec.Null }
	}
	t.keyOf = get
	if f, ok := r.Schema.Field(r.Key); ok && !f.List && err == nil {
		t.key = f
	}
	return t
}

func (s *Suite) table(name string) *table {
	for _, t := range s.tables {
		if t.name == name {
			return t
		}
	}
	return nil
}

func (l *loader) tableRows(t *table, n *document.Node) {
	switch {
	case n.Kind == document.Text:
		l.rowFile(t, n)
	case n.Kind != document.List:
		l.problem(l.main, n.Pos, "begin each row with -, or name a file of rows", "%v stands where rows are wanted", n.Kind)
	default:
		for _, item := range n.Items {
			l.tableRow(l.main, t, item)
		}
	}
}

// tableRow adds a row to those of a resource.
func (l *loader) tableRow(s source, t *table, n *document.Node) {
	values, sound := l.row(s, n, t.schema, t.name)
	if !sound {
		return
	}
	v := t.keyOf(&values)
	if v.IsNull() || v.Kind() > spec.KindUUID { // a list, or a mapping
		l.problem(s, n.Pos, "", "the row has no %s to name it by", t.key.Name)
		return
	}
	key := keyText(v)
	if other, twice := t.byKey[key]; twice {
		l.problem(s, n.Pos, "", "the key %s is that of another row, at %s", key, t.rows[other].Where)
		return
	}
	t.byKey[key] = len(t.rows)
	t.rows = append(t.rows, Row{Key: key, Where: s.where(n.Pos), Values: values})
}

// keyText returns how a key is called. Numbers that are worth the same are the
// same key, and a text is none of them.
func keyText(v spec.Value) string {
	switch v.Kind() {
	case spec.KindInt, spec.KindUint, spec.KindFloat, spec.KindDecimal:
		return v.Decimal().String()
	}
	return v.String()
}
