package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// decimal compares decimals stored as text with decimal_cmp, the function of
// SQLite's own decimal extension; see [SQLiteFunctions]. SQLite has no exact
// type of its own: NUMERIC makes a float of what has more than 15 digits.
func (g sqlite) decimal(w *writer, c *column, l spec.Leaf, negated bool) {
	if l.Op == spec.OpIn {
		g.decimalIn(w, c, l, negated)
		return
	}
	if !isComparison(l.Op) {
		w.refuse(l, ErrUnsupported, "not an operator for decimals")
		return
	}
	g.guarded(w, c, func() {
		w.raw(decimalFunction, "(", c.sql, ", ")
		w.put(whole(c, l.Value, asStandard))
		w.raw(")", comparison(effective(l, negated)), "0")
	})
}

func (g sqlite) decimalIn(w *writer, c *column, l spec.Leaf, negated bool) {
	var known []spec.Value
	for _, e := range l.Value.List() {
		if !e.IsNull() {
			known = append(known, e)
		}
	}
	if negated && len(known) < len(l.Value.List()) { // a null: never surely outside
		w.unknown()
		return
	}
	g.guarded(w, c, func() {
		w.raw(either(negated, "NOT ", ""), "EXISTS (SELECT 1 FROM json_each(")
		w.arg(jsonArray(known))
		w.raw(") AS rolespec_e WHERE ", decimalFunction, "(", c.sql, ", rolespec_e.value) = 0)")
		if c.strict && negated {
			w.raw(" AND ", c.sql, " IS NOT NULL")
		}
	})
}
