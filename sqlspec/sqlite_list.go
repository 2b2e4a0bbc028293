package sqlspec

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// list writes a leaf whose column is a JSON array as text, the way encoding/json
// writes a Go slice. Anything that is no JSON array is unknown.
func (g sqlite) list(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case c.field.Kind == spec.KindTime || c.field.Kind == spec.KindBytes:
		w.refuse(l, ErrUnsupported, "JSON has no one way to write the elements")
	case beyondInt64(l) && (l.Op == spec.OpNe) == negated:
		w.unknown()
	case beyondInt64(l):
		w.raw("(", isArray(c), ")")
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

// isArray guards every look inside: malformed JSON would abort the statement,
// and json_each also walks objects and scalars.
func isArray(c *column) string {
	return "CASE WHEN json_valid(" + c.sql + ") THEN json_type(" + c.sql + ") = 'array' END"
}

func (g sqlite) element(w *writer, c *column, l spec.Leaf, negated bool) {
	if l.Value.IsNull() { // only the empty list surely does not contain it
		if !negated {
			w.unknown()
			return
		}
		w.raw("(CASE WHEN ", isArray(c), " THEN json_array_length(", c.sql, ") = 0 END)")
		return
	}
	w.raw("(CASE WHEN ", isArray(c), " THEN ", either(negated, "NOT ", ""), "EXISTS (SELECT 1 FROM json_each(", c.sql, ") AS rolespec_e WHERE ")
	switch c.field.Kind {
	case spec.KindBool:
		w.raw("rolespec_e.type = ")
		w.put(whole(c, l.Value, asStandard))
	case spec.KindDecimal:
		w.raw("rolespec_e.type ", elementTypes(c), " AND ", decimalFunction, "(rolespec_e.value, ")
		w.put(whole(c, l.Value, asStandard))
		w.raw(") = 0")
	default:
		w.raw("rolespec_e.type ", elementTypes(c), " AND ", elementValue(c, "rolespec_e"), " = ")
		w.put(whole(c, l.Value, elementArg))
	}
	w.raw(") END)")
}

// overlaps compares every element of the one array with every one of the other.
func (g sqlite) overlaps(w *writer, c *column, list spec.Value, negated bool) {
	elements := c.storable(list.List())
	w.raw("(CASE WHEN ", isArray(c), " THEN ", either(negated, "NOT ", ""), "EXISTS (SELECT 1 FROM json_each(", c.sql, ") AS rolespec_e WHERE rolespec_e.type ", elementTypes(c), " AND ")
	if c.field.Kind == spec.KindDecimal {
		w.raw("EXISTS (SELECT 1 FROM json_each(")
		w.put(listArgument(c, list, elements, jsonList))
		w.raw(") AS rolespec_p WHERE ", decimalFunction, "(rolespec_e.value, rolespec_p.value) = 0)")
	} else {
		w.raw(elementValue(c, "rolespec_e"), " IN (")
		if c.field.Kind == spec.KindFloat {
			g.bindAll(w, c, elements)
		} else {
			w.raw("SELECT value FROM json_each(")
			w.put(listArgument(c, list, elements, jsonList))
			w.raw(")")
		}
		w.raw(")")
	}
	w.raw(") END)")
}

// elementTypes is what json_each calls the elements of a kind.
func elementTypes(c *column) string {
	switch c.field.Kind {
	case spec.KindInt, spec.KindUint:
		return "= 'integer'"
	case spec.KindFloat:
		return "IN ('real', 'integer')"
	case spec.KindBool:
		return "IN ('true', 'false')"
	case spec.KindDecimal:
		return "IN ('text', 'integer')"
	}
	return "= 'text'"
}

// elementValue is the value of an element. JSON may write a float without a point,
// and not every integer that it writes then is the float.
func elementValue(c *column, alias string) string {
	if c.field.Kind == spec.KindFloat {
		return "CAST(" + alias + ".value AS REAL)"
	}
	return alias + ".value"
}

func elementArg(_ *column, v spec.Value) any {
	switch v.Kind() {
	case spec.KindInt:
		return v.Int()
	case spec.KindFloat:
		return v.Float()
	}
	return textOf(v)
}

// compareArrays compares at the first place where two arrays differ, and by
// their lengths where there is none. Null equals null and comes last. An array
// with an element of another kind compares with nothing.
func (g sqlite) compareArrays(w *writer, c *column, op spec.Op, list spec.Value) {
	w.raw("(CASE WHEN ", isArray(c), " AND NOT EXISTS (SELECT 1 FROM json_each(", c.sql, ") AS rolespec_e WHERE rolespec_e.type <> 'null' AND NOT rolespec_e.type ", elementTypes(c), ") THEN coalesce((SELECT CASE WHEN rolespec_e.type = 'null' THEN 1 WHEN rolespec_p.type = 'null' THEN -1")
	e, p := elementValue(c, "rolespec_e"), elementValue(c, "rolespec_p")
	differ := e + " IS NOT " + p
	if c.field.Kind == spec.KindDecimal {
		compared := decimalFunction + "(rolespec_e.value, rolespec_p.value)"
		differ = "coalesce(" + compared + " <> 0, rolespec_e.type <> rolespec_p.type)"
		w.raw(" ELSE ", compared)
	} else {
		w.raw(" WHEN ", e, " < ", p, " THEN -1 ELSE 1")
	}
	w.raw(" END FROM json_each(", c.sql, ") AS rolespec_e JOIN json_each(")
	w.put(listArgument(c, list, list.List(), jsonList))
	w.raw(") AS rolespec_p ON rolespec_p.key = rolespec_e.key WHERE ", differ, " ORDER BY rolespec_e.key LIMIT 1), json_array_length(", c.sql, ") - ")
	w.put(converted(c, list, asLength))
	w.raw(")", comparison(op), "0 END)")
}
