package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// fields writes a comparison of two columns.
func (w *writer) fields(c *column, l spec.Leaf, negated bool) {
	other, ok := w.table.columns[l.Value.Field()]
	if !ok {
		w.refuse(spec.Leaf{Field: l.Value.Field(), Op: l.Op}, ErrUnmapped, "the table has no column for the field")
		return
	}
	w.compareFields(c, other, l, negated)
}

func (w *writer) compareFields(c, other *column, l spec.Leaf, negated bool) {
	switch {
	case c.encode != nil || other.encode != nil:
		w.refuse(l, ErrUnsupported, "a column holds codes, which compare with values alone")
	case c.storage != other.storage || c.digits != other.digits || c.pgType != other.pgType:
		w.refuse(l, ErrUnsupported, "the two columns are stored in different ways")
	case l.Op == spec.OpDistinct:
		w.distinctFields(c, other, l, negated)
	default:
		w.grammar.fields(w, c, other, l, negated)
	}
}

// distinctFields: one is null and the other is not, or they differ. A value that
// compares with nothing still differs from null, which the engines' own IS
// DISTINCT FROM says of more than that.
func (w *writer) distinctFields(a, b *column, l spec.Leaf, negated bool) {
	l.Op = spec.OpNe
	if negated {
		l.Op = spec.OpEq
		w.raw("((", a.sql, " IS NULL AND ", b.sql, " IS NULL) OR ")
	} else {
		w.raw("((", a.sql, " IS NULL) <> (", b.sql, " IS NULL) OR ")
	}
	w.grammar.fields(w, a, b, l, false)
	w.raw(")")
}

// fields compares text by its bytes, whatever the two collations are. NaN is
// equal to itself in PostgreSQL; in memory it compares with nothing.
func (postgres) fields(w *writer, a, b *column, l spec.Leaf, negated bool) {
	w.raw("(", a.sql)
	if a.field.Kind == spec.KindString && a.pgType == "" && a.storage != storageLtree {
		w.raw(` COLLATE "C"`)
	}
	w.raw(comparison(effective(l, negated)), b.sql)
	if a.field.Kind == spec.KindFloat {
		w.raw(" AND ", a.sql, " < 'NaN'::float8 AND ", b.sql, " < 'NaN'::float8")
	}
	w.raw(")")
}

// fields guards both columns: values of different types have an order in SQLite.
func (g sqlite) fields(w *writer, a, b *column, l spec.Leaf, negated bool) {
	w.raw("(")
	if isDecimalText(a) {
		w.raw(decimalFunction, "(", a.sql, ", ", b.sql, ")", comparison(effective(l, negated)), "0")
	} else {
		w.raw(g.column(a), comparison(effective(l, negated)), b.sql)
	}
	for _, c := range []*column{a, b} {
		if !c.strict {
			w.raw(" AND typeof(", c.sql, ") ", g.types(c))
		}
	}
	w.raw(")")
}
