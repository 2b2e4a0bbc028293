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
	w.behind(q.Relation(), func(r *relation) {
		every := q.Quantifier() == spec.Universal && !r.one
		w.exists(w.table, r, negated != every, func(rows *Table) {
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
func (w *writer) behind(path string, write func(*relation)) {
	if r := w.table.relations[path]; r != nil {
		write(r)
		return
	}
	r, rest := w.table.through(path)
	if r == nil || !r.one {
		w.fail(fmt.Errorf("%w: relation %q: the table has no keys for it", ErrUnmapped, path))
		return
	}
	w.exists(w.table, r, false, func(row *Table) {
		w.in(row, func() { w.behind(rest, write) })
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
// writes what is true, or that there is none.
func (w *writer) exists(from *Table, r *relation, not bool, inner func(rows *Table)) {
	outer := w.level
	if outer+r.levels() > maxLevels {
		w.fail(fmt.Errorf("%w: more than %d nested subqueries", ErrTooLarge, maxLevels))
		return
	}
	w.raw("(", either(not, "NOT ", ""))
	near, keys := from.qualifier(), r.keys
	if r.link != "" {
		near, keys = w.subquery(from.quotes, strings.Split(r.link, "."), keys, near), r.far
	}
	rows := r.table
	if rows == nil {
		rows = from
	}
	rows = rows.In(w.dialect).at(w.level + 1)
	w.subquery(from.quotes, rows.name, keys, near)
	inner(rows)
	w.raw(strings.Repeat(")", w.level-outer), ")")
	w.level = outer
}

// subquery begins one about the rows of a table that have the key, under an alias
// that nothing around it has: a name that is not qualified by it would be taken
// for one of the statement outside, and no engine would say so.
func (w *writer) subquery(quotes byte, table []string, keys Keys, near string) (alias string) {
	w.level++
	alias = quoteWith(quotes, levelAlias(w.level))
	w.raw("EXISTS (SELECT 1 FROM ", quoteWith(quotes, table...), " AS ", alias, " WHERE ")
	for _, k := range keys {
		w.raw(alias, ".", quoteWith(quotes, k.far), " = ", near, ".", quoteWith(quotes, k.near), " AND ")
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
