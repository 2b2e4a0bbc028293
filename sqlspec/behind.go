package sqlspec

import (
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
