package sqlspec

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// list writes a leaf whose column is an array.
func (g postgres) list(w *writer, c *column, l spec.Leaf, negated bool) {
	if c.storage == storageTimestamp || c.storage == storageJSONB && l.Op != spec.OpContains && l.Op != spec.OpOverlaps {
		w.refuse(l, ErrUnsupported, "only Contains and Overlaps can look into this column")
		return
	}
	switch {
	case c.storage == storageJSONB && l.Op == spec.OpOverlaps:
		g.holds(w, c, l.Value.List(), negated)
	case c.storage == storageJSONB && !l.Value.IsNull():
		g.holds(w, c, []spec.Value{l.Value}, negated)
	case beyondInt64(l):
		never(w, c, (l.Op == spec.OpNe) != negated)
	case l.Op == spec.OpContains:
		g.element(w, c, l, negated)
	case l.Op == spec.OpOverlaps:
		g.overlaps(w, c, l.Value, negated)
	case l.Op == spec.OpIn:
		w.oneOf(l, negated)
	case slices.ContainsFunc(l.Value.List(), isBeyondInt64):
		w.refuse(l, ErrUnsupported, "an order among integers beyond 64 bits")
	default:
		g.compareArrays(w, c, effective(l, negated), l.Value)
	}
}

// overlaps: && passes over null elements.
func (g postgres) overlaps(w *writer, c *column, list spec.Value, negated bool) {
	elements := inRange(list.List())
	if len(elements) == 0 {
		never(w, c, negated)
		return
	}
	w.raw("(", either(negated, "NOT ", ""), "(", c.sql, " && ")
	g.array(w, c, list, elements)
	w.raw("))")
}

// holds is true of a jsonb array that has one of the elements. Only an array is a
// list; to say so beside @>, not around it, leaves @> to a GIN index. The numbers
// of jsonb have no bounds.
func (g postgres) holds(w *writer, c *column, elements []spec.Value, negated bool) {
	if len(elements) == 0 && !negated {
		w.unknown()
		return
	}
	w.raw("(jsonb_typeof(", c.sql, ") = 'array'")
	if len(elements) > 0 {
		w.raw(" AND ", either(negated, "NOT ", ""), c.sql, " @> ANY (")
		w.arg(arrayOfArrays(elements))
		w.raw("::jsonb[])")
	}
	w.raw(")")
}

// compareArrays: an array takes the collation of its elements.
func (g postgres) compareArrays(w *writer, c *column, op spec.Op, list spec.Value) {
	w.raw("(", c.sql)
	if isOrder(op) && c.field.Kind == spec.KindString {
		w.raw(` COLLATE "C"`)
	}
	w.raw(comparison(op))
	g.array(w, c, list, list.List())
	if c.field.Kind == spec.KindFloat {
		w.raw(" AND array_position(", c.sql, ", 'NaN'::float8) IS NULL")
	}
	w.raw(")")
}

// array writes an array of the elements that are left of a value.
func (g postgres) array(w *writer, c *column, v spec.Value, elements []spec.Value) {
	w.put(listArgument(c, v, elements, postgresList))
	w.raw("::", g.typ(c), "[]")
}

// element: @> passes over null elements, as Contains does; = ANY does not. It
// also uses a GIN index.
func (g postgres) element(w *writer, c *column, l spec.Leaf, negated bool) {
	if l.Value.IsNull() { // only the empty list surely does not contain it
		if !negated {
			w.unknown()
			return
		}
		if c.storage == storageJSONB {
			w.raw("(", c.sql, " = '[]'::jsonb)")
		} else {
			w.raw("(", c.sql, " = '{}')")
		}
		return
	}
	w.raw("(", either(negated, "NOT ", ""), "(", c.sql, " @> ")
	g.array(w, c, l.Value, []spec.Value{l.Value})
	w.raw("))")
}
