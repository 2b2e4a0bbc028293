package policytest

import (
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// wanted is what a case wants of the rows of one resource. What it says nothing of
// is nil.
type wanted struct {
	document.Pos // of the case
	forbidden    *document.Flag
	visible      *keys
	hidden       *keys
	written      []writtenRow
	columns      *columns
}

// writtenRow is a row that may be written or not.
type writtenRow struct {
	document.Pos
	values map[string]any
	schema *spec.Schema
	may    bool
}

type columns struct {
	document.Pos
	set roles.FieldSet
}

func (l *loader) wanted(c *caseFile, t *table) *wanted {
	w := &wanted{Pos: c.Pos, forbidden: c.Forbidden}
	if c.Visible != nil {
		w.visible = l.keysOf(c.Visible, t)
	}
	if c.Hidden != nil {
		w.hidden = l.hidden(c.Hidden, t, w.visible)
	}
	if c.MayWrite != nil {
		w.written = l.writtenRows(w.written, c.MayWrite, t, true)
	}
	if c.MayNotWrite != nil {
		w.written = l.writtenRows(w.written, c.MayNotWrite, t, false)
	}
	if c.Columns != nil {
		w.columns = l.columnsOf(*c.Columns, c.Pos, t)
	}
	others := c.Visible != nil || c.Hidden != nil || c.MayWrite != nil || c.MayNotWrite != nil || c.Columns != nil
	switch {
	case c.Forbidden == nil && !others:
		l.problem(l.main, c.Pos, "write visible, hidden, may_write, may_not_write, columns or forbidden", "the case wants nothing")
	case c.Forbidden != nil && c.Forbidden.Value && others:
		l.problem(l.main, c.Forbidden.Pos, "", "what is forbidden has no rows and no columns to ask for")
	}
	return w
}

// writtenRows reads rows that are written. They need no key.
func (l *loader) writtenRows(rows []writtenRow, n *document.Node, t *table, may bool) []writtenRow {
	if t == nil {
		t = &table{}
	}
	if n.Kind != document.List || len(n.Items) == 0 {
		l.problem(l.main, n.Pos, "begin each row with -", "a list of rows is wanted here")
		return rows
	}
	for _, item := range n.Items {
		values, _ := l.row(l.main, item, t.schema, t.name)
		rows = append(rows, writtenRow{item.Pos, values, t.schema, may})
	}
	return rows
}

// columnsOf reads the names of columns: none, some, or * for all of them.
func (l *loader) columnsOf(words document.Words, at document.Pos, t *table) *columns {
	if len(words) > 0 {
		at = words[0].Pos
	}
	if len(words) == 1 && words[0].Text == "*" {
		return &columns{at, roles.AllFields()}
	}
	if t != nil && t.schema != nil {
		sh := l.shapes.of(t.schema)
		for _, w := range words {
			if _, ok := sh.fields[w.Text]; !ok {
				l.problem(l.main, w.Pos, nearest(w.Text, sh.fieldNames), "the resource %q has no field %q", t.name, w.Text)
			}
		}
	}
	return &columns{at, roles.Fields(words.Texts()...)}
}
