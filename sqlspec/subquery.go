package sqlspec

import (
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/rolespec/rolespec/spec"
)

// maxLevels bounds how deep subqueries nest: SQLite gives up at 29. A relation
// through a link takes two levels.
const maxLevels = 3 * spec.MaxRelations

// quantified writes what is asked of the rows of a relation. Every asks for no
// row of which the term is not true, unknown or false; a negation stays where it
// is, in front of EXISTS, and reaches nothing inside.
func (w *writer) quantified(q spec.Quantified, negated bool, depth int) {
	first := w.first(q, false)
	w.behind(q.Relation(), w.first(q, negated), func(r *relation) {
		every := q.Quantifier() == spec.Universal && !r.one
		w.exists(w.table, r, negated != every, first, func(rows *Table) {
			if every {
				w.raw("(")
			}
			w.in(rows, func() { w.node(q.Term(), false, depth+1) })
			if every {
				w.raw(" IS NOT TRUE)")
			}
		})
	})
}

// behind calls write at the end of a path of relations, within the rows on the
// way, so that where one of them is absent nothing is true.
func (w *writer) behind(path string, first bool, write func(*relation)) {
	if r := w.table.relations[path]; r != nil {
		write(r)
		return
	}
	r, rest := w.table.through(path)
	if r == nil || !r.one {
		w.fail(fmt.Errorf("%w: relation %q: the table has no keys for it", ErrUnmapped, path))
		return
	}
	w.exists(w.table, r, false, first, func(row *Table) {
		w.in(row, func() { w.behind(rest, first, write) })
	})
}

// in writes about the rows of another table.
func (w *writer) in(t *Table, write func()) {
	outer := w.table
	w.table = t
	write()
	w.table = outer
}

// exists writes that a row of a relation of the table exists for which inner
// writes what is true, or that there is none. With first, where inner says nothing
// of the rows outside, the engine may look for the rows of the relation first: IN
// is false or unknown where EXISTS is false, which is the same above the leaves
// but for a NOT, and there is none in front of it.
func (w *writer) exists(from *Table, r *relation, not, first bool, inner func(rows *Table)) {
	outer := w.level
	if outer+r.levels() > maxLevels {
		w.fail(fmt.Errorf("%w: more than %d nested subqueries", ErrTooLarge, maxLevels))
		return
	}
	w.raw("(", either(not, "NOT ", ""))
	near, keys, in := from.qualifier(), r.keys, first && !not
	if r.link != "" {
		near, keys, in = w.subquery(from.quotes, strings.Split(r.link, "."), keys, near, in), r.far, first
	}
	rows := r.table
	if rows == nil {
		rows = from
	}
	rows = rows.In(w.dialect).at(w.level + 1)
	w.subquery(from.quotes, rows.name, keys, near, in)
	inner(rows)
	w.raw(strings.Repeat(")", w.level-outer), ")")
	w.level = outer
}

// subquery begins one about the rows of a table that have the key, under an alias
// that nothing around it has: a name that is not qualified by it would be taken
// for one of the statement outside, and no engine would say so. The near column
// stands on the left in both forms: SQLite compares in the collation of that.
func (w *writer) subquery(quotes byte, table []string, keys Keys, near string, in bool) (alias string) {
	w.level++
	w.subqueries++
	alias = quoteWith(quotes, levelAlias(w.level))
	nears, fars := make([]string, len(keys)), make([]string, len(keys))
	for i, k := range keys {
		nears[i], fars[i] = near+"."+quoteWith(quotes, k.near), alias+"."+quoteWith(quotes, k.far)
	}
	from := " FROM " + quoteWith(quotes, table...) + " AS " + alias + " WHERE "
	if in {
		row := strings.Join(nears, ", ")
		if len(keys) > 1 {
			row = "(" + row + ")"
		}
		w.raw(row, " IN (SELECT ", strings.Join(fars, ", "), from)
		return alias
	}
	w.raw("EXISTS (SELECT 1", from)
	for i := range keys {
		w.raw(nears[i], " = ", fars[i], " AND ")
	}
	return alias
}

func levelAlias(level int) string { return ownPrefix + strconv.Itoa(level) }

// levels keeps a table under the alias of each level of subqueries.
type levels [maxLevels + 1]atomic.Pointer[Table]

// at returns the table under the alias of a level.
func (t *Table) at(level int) *Table {
	if made := t.levels[level].Load(); made != nil {
		return made
	}
	made := *t
	made.alias = levelAlias(level)
	made.columns = make(map[string]*column, len(t.columns))
	for name, c := range t.columns {
		own := *c
		made.columns[name] = &own
	}
	made.write(t.quotes)
	t.levels[level].Store(&made)
	return &made
}

// qualifier is what the table's columns are qualified with, quoted.
func (t *Table) qualifier() string {
	if t.alias != "" {
		return quoteWith(t.quotes, t.alias)
	}
	return quoteWith(t.quotes, t.name[len(t.name)-1])
}
