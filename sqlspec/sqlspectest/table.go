package sqlspectest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// made counts the tables that the process has made: each has a name of its own,
// as drivers keep what they know of a statement.
var made atomic.Int64

// table is one table of an engine.
type table struct {
	called  string
	columns []column
	indexed []bool
	cell    []func(row spectest.Row) any // what a row has in each column
}

func newTable() *table { return &table{called: fmt.Sprintf("spectest_rows_%d", made.Add(1))} }

// add adds a column, with what the rows have in it.
func (t *table) add(name, typ string, indexed bool, cell func(spectest.Row) any) {
	t.columns = append(t.columns, column{name: name, typ: typ})
	t.indexed = append(t.indexed, indexed)
	t.cell = append(t.cell, cell)
}

// statements create the table, with an index on every column that can have one:
// by statements of their own, or within that of the table.
func (t *table) statements(quote func(string) string, within bool, suffix string) []string {
	var lines, keys, indexes []string
	for i, c := range t.columns {
		lines = append(lines, quote(c.name)+" "+c.typ)
		switch {
		case t.indexed[i] && within:
			keys = append(keys, "KEY ("+quote(c.name)+")")
		case t.indexed[i]:
			indexes = append(indexes, fmt.Sprintf("CREATE INDEX %s_%d ON %s (%s)", t.called, i, t.called, quote(c.name)))
		}
	}
	create := "CREATE TABLE " + t.called + " (" + strings.Join(append(lines, keys...), ", ") + ")" + suffix
	return append([]string{create}, indexes...)
}

// maxArgs is how many arguments an INSERT has at most.
const maxArgs = 4000

// insert adds rows to the table.
func (t *table) insert(ctx context.Context, db execer, mark func(n int, typ string) string, rows []spectest.Row) error {
	for chunk := range slices.Chunk(rows, max(1, maxArgs/len(t.columns))) {
		var tuples []string
		var args []any
		for _, row := range chunk {
			marks := make([]string, len(t.columns))
			for i, c := range t.columns {
				args = append(args, t.cell[i](row))
				marks[i] = mark(len(args), strings.TrimSuffix(c.typ, notNull))
			}
			tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO "+t.called+" VALUES "+strings.Join(tuples, ", "), args...); err != nil {
			return fmt.Errorf("%s: %w", t.called, err)
		}
	}
	return nil
}

const notNull = " NOT NULL"

// fieldColumn adds the column of a field.
func (t *table) fieldColumn(s *storage, c column, f spec.Field) {
	c.typ += map[bool]string{false: notNull}[f.Nullable]
	t.add(strings.ReplaceAll(f.Name, ".", "_"), c.typ, !f.List, func(row spectest.Row) any {
		v := spectest.Get(row, f.Name)
		if v != nil {
			v = s.write(f, v)
		}
		return v
	})
}
