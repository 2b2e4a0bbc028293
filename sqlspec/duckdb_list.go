package sqlspec

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// in binds a short list one by one, from which DuckDB sees what parts of the
// table it need not read. A longer one is a single JSON argument, in a table of
// its own: as a constant DuckDB would write it out time and again to plan the
// statement.
func (g duckdb) in(w *writer, c *column, l spec.Leaf, negated bool) {
	elements := g.storable(c, l.Value.List())
	if len(elements) == 0 { // IN of nothing is two-valued, even for null
		never(w, c, negated)
		return
	}
	w.raw("(", g.operand(c, c.sql), either(negated, " NOT IN (", " IN ("))
	if len(elements) > maxBound {
		w.raw("SELECT unnest(")
		g.cast(w, c, elements, func() { w.raw("rolespec_p.list") })
		w.raw(") FROM (SELECT ")
		g.json(w, c, elements)
		w.raw(" AS list) AS rolespec_p")
	} else {
		w.each(elements, func(e spec.Value) { g.value(w, c, e) })
	}
	w.raw(")")
	if negated {
		g.number(w, c)
	}
	w.raw(")")
}

// storable leaves out what no column can hold and so equals nothing.
func (g duckdb) storable(c *column, elements []spec.Value) []spec.Value {
	switch {
	case c.storage == storageScaled:
		return scaledElements(elements, c.digits)
	case g.isDecimal(c):
		return slices.DeleteFunc(elements, g.isBeyond)
	}
	return elements
}

// array writes a list of the column's type as one argument.
func (g duckdb) array(w *writer, c *column, elements []spec.Value) {
	g.cast(w, c, elements, func() { g.json(w, c, elements) })
}

// cast makes a list of the column's type from JSON.
func (g duckdb) cast(w *writer, c *column, elements []spec.Value, json func()) {
	shape := `["VARCHAR"]`
	if g.isDecimal(c) {
		shape = `[{"w":"VARCHAR","f":"VARCHAR"}]`
	}
	w.raw("CAST(from_json(")
	json()
	w.raw(", '", shape, "') AS ", g.typ(c, elements...), "[])")
}

// json writes a list as JSON, which all drivers bind as a text. Its elements are
// texts, because numbers of JSON may be read as floats.
func (g duckdb) json(w *writer, c *column, elements []spec.Value) {
	written := make([]any, len(elements))
	for i, e := range elements {
		switch {
		case e.IsNull():
		case g.isDecimal(c):
			written[i] = pairFrom(e)
		default:
			written[i] = g.elementText(c, e)
		}
	}
	text, err := json.Marshal(written)
	if err != nil { // no text fails
		w.fail(err)
	}
	w.raw("CAST(")
	w.arg(string(text))
	w.raw(" AS VARCHAR)")
}

// elementText is a value as a text that DuckDB casts to its type.
func (g duckdb) elementText(c *column, v spec.Value) string {
	octets, ok := duckdbArg(c, v).([]byte)
	if !ok {
		return textOf(v)
	}
	var b strings.Builder
	for _, octet := range octets {
		fmt.Fprintf(&b, `\x%02x`, octet)
	}
	return b.String()
}

// list writes a leaf whose column is a list.
func (g duckdb) list(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case l.Op == spec.OpContains && l.Value.IsNull(): // only the empty list surely does not contain it
		if !negated {
			w.unknown()
			return
		}
		w.raw("(len(", c.sql, ") = 0)")
	case l.Op == spec.OpContains:
		g.overlaps(w, c, []spec.Value{l.Value}, negated)
	case l.Op == spec.OpOverlaps:
		g.overlaps(w, c, l.Value.List(), negated)
	case l.Op == spec.OpIn:
		w.oneOf(l, negated)
	default:
		g.compareLists(w, c, l, negated)
	}
}

// elements is what is compared of a list.
func (g duckdb) elements(c *column) string {
	if g.isDecimal(c) {
		return "list_transform(" + c.sql + ", lambda rolespec_e: " + g.operand(c, "rolespec_e") + ")"
	}
	return c.sql
}

// overlaps looks for elements, none of which is null: list_contains and
// list_has_any pass over null, and know no collation.
func (g duckdb) overlaps(w *writer, c *column, elements []spec.Value, negated bool) {
	elements = g.storable(c, elements)
	if len(elements) == 0 {
		never(w, c, negated)
		return
	}
	w.raw("(", either(negated, "NOT ", ""))
	if len(elements) == 1 {
		w.raw("list_contains(", g.elements(c), ", ")
		g.value(w, c, elements[0])
	} else {
		w.raw("list_has_any(", g.elements(c), ", ")
		g.array(w, c, elements)
	}
	w.raw("))")
}

// compareLists: DuckDB compares lists as PostgreSQL compares arrays: at the first
// place where they differ, with null equal to null and last. An order it has not to
// see as one: it makes a BETWEEN of two, which it cannot do for lists.
func (g duckdb) compareLists(w *writer, c *column, l spec.Leaf, negated bool) {
	op, elements := effective(l, negated), l.Value.List()
	if g.isDecimal(c) && slices.ContainsFunc(elements, g.isBeyond) {
		if isOrder(op) {
			w.refuse(l, ErrUnsupported, "an order among lists of decimals with more than 38 digits")
			return
		}
		never(w, c, op == spec.OpNe)
		return
	}
	w.raw(either(isOrder(op), "coalesce(", "("), g.elements(c), comparison(op))
	g.array(w, c, elements)
	g.number(w, c)
	w.raw(either(isOrder(op), ", false)", ")"))
}
