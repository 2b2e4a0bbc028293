package sqlspec

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// isBehind reports whether a leaf names a field that is not in the table itself
// but in one that a relation leads to.
func (w *writer) isBehind(l spec.Leaf) bool {
	for _, field := range [...]string{l.Field, l.Value.Field()} {
		if r, _ := w.table.through(field); r != nil {
			return true
		}
	}
	return false
}

// leafBehind writes a leaf about the one row that a relation leads to. Where that
// is absent its fields are null: the operators that speak of null are put in
// terms of the others, so that all that is left is false without the row.
func (w *writer) leafBehind(l spec.Leaf, negated bool) {
	ref := l.Value.Kind() == spec.KindField
	switch {
	case l.Op == spec.OpDistinct:
		w.node(distinctBehind(l, ref).Node(), negated, 0)
	case ref && w.dialect == MariaDB:
		w.compareCopies(l, negated)
	case ref:
		w.reach(l, w.table, l.Field, func(a *column) {
			w.reach(l, w.table, l.Value.Field(), func(b *column) { w.compareFields(a, b, l, negated) })
		})
	default:
		r, rest := w.table.through(l.Field)
		isNull := l.Op == spec.OpIsNull && !negated // no row, or none that has a value
		l.Field = rest
		w.exists(w.table, r, isNull, w.first(l, negated), func(row *Table) {
			w.in(row, func() { w.leaf(l, negated || isNull) })
		})
	}
}

// distinctBehind is Distinct by its definition: one of the two is null, or they
// differ.
func distinctBehind(l spec.Leaf, ref bool) spec.Specification {
	differ := spec.NewLeaf(l.Field, spec.OpNe, l.Value)
	switch {
	case ref:
		a, b := spec.IsNull(l.Field), spec.IsNull(l.Value.Field())
		return spec.Or(a.And(b.Not()), b.And(a.Not()), spec.And(a.Not(), b.Not(), differ))
	case l.Value.IsNull():
		return spec.NotNull(l.Field)
	}
	return spec.Or(spec.IsNull(l.Field), differ)
}

// reach calls write with the column of a field, within the rows on the way to it.
func (w *writer) reach(l spec.Leaf, from *Table, field string, write func(*column)) {
	if c, ok := from.columns[field]; ok {
		write(c)
		return
	}
	r, rest := from.through(field)
	if r == nil {
		w.refuse(spec.Leaf{Field: field, Op: l.Op}, ErrUnmapped, "the table has no column for the field")
		return
	}
	w.exists(from, r, false, false, func(row *Table) { w.reach(l, row, rest, write) })
}

// compareCopies compares two fields that stand in different tables where they
// come together, after each was fetched by its keys. MariaDB keeps what a subquery
// answered for the columns of the row outside, and compares these by their
// collation: where the field of that row is one of them, the answer for "a" is
// given for "A" as well.
func (w *writer) compareCopies(l spec.Leaf, negated bool) {
	a := w.copied(w.table, l.Field, w.level+1)
	b := w.copied(w.table, l.Value.Field(), w.level+1)
	if a == nil || b == nil {
		w.refuse(l, ErrUnmapped, "the table has no column for the field")
		return
	}
	w.compareFields(a, b, l, negated)
}

// copied returns the column of a field, as the result of a subquery where a
// relation leads to it: null where a row on the way is absent.
func (w *writer) copied(from *Table, field string, level int) *column {
	if c, ok := from.columns[field]; ok {
		return c
	}
	r, rest := from.through(field)
	if r == nil {
		return nil
	}
	if level > maxLevels {
		w.fail(fmt.Errorf("%w: more than %d nested subqueries", ErrTooLarge, maxLevels))
		return nil
	}
	rows := r.table
	if rows == nil {
		rows = from
	}
	rows = rows.In(w.dialect).at(level)
	inner := w.copied(rows, rest, level+1)
	if inner == nil {
		return nil
	}
	c := *inner
	alias := quoteWith(rows.quotes, levelAlias(level))
	c.sql = "(SELECT " + inner.sql + " FROM " + quoteWith(rows.quotes, rows.name...) + " AS " + alias + " WHERE "
	for i, k := range r.keys {
		c.sql += either(i > 0, " AND ", "") + alias + "." + quoteWith(rows.quotes, k.far) + " = " + from.qualifier() + "." + quoteWith(rows.quotes, k.near)
	}
	c.sql += ")"
	return &c
}
