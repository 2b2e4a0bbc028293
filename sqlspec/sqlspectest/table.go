package sqlspectest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// made counts the tables that the process has made: each has a name of its own,
// as drivers keep what they know of a statement.
var made atomic.Int64

// table is one table of an engine.
type table struct {
	called  string
	names   []string
	types   []string
	indexed []bool
	stored  []sqlspec.Stored
	cell    []func(row spectest.Row) any // what a row has in each column
}

func newTable() *table { return &table{called: fmt.Sprintf("spectest_rows_%d", made.Add(1))} }

// add adds a column, with what the rows have in it.
func (t *table) add(name, typ string, indexed bool, s sqlspec.Stored, cell func(spectest.Row) any) {
	t.names, t.types, t.indexed = append(t.names, name), append(t.types, typ), append(t.indexed, indexed)
	t.stored, t.cell = append(t.stored, s), append(t.cell, cell)
}

// addKey adds a column of keys.
func (t *table) addKey(name, typ string, cell func(spectest.Row) any) {
	t.add(name, typ, true, sqlspec.Stored{Field: spec.Field{Kind: spec.KindInt}}, cell)
}

// statements create the table, with an index on every column that can have one:
// by statements of their own, or within that of the table.
func (t *table) statements(quote func(string) string, within bool, suffix string) []string {
	var lines, keys, indexes []string
	for i, name := range t.names {
		lines = append(lines, quote(name)+" "+t.types[i])
		switch {
		case t.indexed[i] && within:
			keys = append(keys, "KEY ("+quote(name)+")")
		case t.indexed[i]:
			indexes = append(indexes, fmt.Sprintf("CREATE INDEX %s_%d ON %s (%s)", t.called, i, t.called, quote(name)))
		}
	}
	create := "CREATE TABLE " + t.called + " (" + strings.Join(append(lines, keys...), ", ") + ")" + suffix
	return append([]string{create}, indexes...)
}

// maxArgs is how many arguments an INSERT has at most.
const maxArgs = 4000

// insert adds rows to the table.
func (t *table) insert(ctx context.Context, db execer, s *storage, rows []spectest.Row) error {
	for chunk := range slices.Chunk(rows, max(1, maxArgs/len(t.names))) {
		var tuples []string
		var args []any
		for _, row := range chunk {
			marks := make([]string, len(t.names))
			for i := range t.names {
				arg, as, err := s.argument(t.stored[i], t.cell[i](row))
				if err != nil {
					return err
				}
				args = append(args, arg)
				marks[i] = s.mark(len(args), as)
			}
			tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO "+t.called+" VALUES "+strings.Join(tuples, ", "), args...); err != nil {
			return fmt.Errorf("%s: %w", t.called, err)
		}
	}
	return nil
}
