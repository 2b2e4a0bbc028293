package sqlspec

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// maxBound is how long a list is bound one by one: the index serves that even
// under OR. A longer one is a single JSON argument, where JSON is exact.
const maxBound = 1000

// maxShared is how many characters the texts of such a list may have: beyond
// that MariaDB looks through the whole list for every row.
const maxShared = 200

func (g mariadb) in(w *writer, c *column, l spec.Leaf, negated bool) {
	elements := g.storable(c, l.Value.List())
	if len(elements) == 0 { // IN of nothing is two-valued, even for null
		never(w, c, negated)
		return
	}
	if len(elements) > maxBound {
		if list, ok := g.shared(c, elements, negated); ok {
			g.inShared(w, list, elements, negated)
			return
		}
	}
	in := either(negated, " NOT IN (", " IN (")
	switch {
	case g.isText(c):
		w.raw("(")
		if !negated {
			w.raw(c.sql, in)
			w.each(elements, func(e spec.Value) { w.arg(e.Text()) })
			w.raw(") AND ")
		}
		w.raw(g.bytes(c), in)
		w.each(elements, func(e spec.Value) { g.byteArg(w, plain(e.Text())) })
		w.raw("))")
	case negated && g.isUUID(c):
		w.raw("(", g.uuidText(c), in)
		w.each(elements, func(e spec.Value) { g.byteArg(w, plain(uuidText(e))) })
		w.raw("))")
	case negated && g.isInteger(c):
		w.raw("(", c.sql, in)
		w.each(elements, func(e spec.Value) { g.decimalArg(w, mariadbArg(c, e)) })
		w.raw("))")
	default:
		w.raw("(", c.sql, in)
		w.each(elements, func(e spec.Value) { g.value(w, c, e, plain(mariadbArg(c, e))) })
		w.raw("))")
	}
}

// isInteger reports whether a column holds integers, of which width nobody says.
func (mariadb) isInteger(c *column) bool {
	return c.field.Kind == spec.KindInt || c.field.Kind == spec.KindUint || c.storage == storageScaled
}

// decimalArg writes an integer as a decimal. For NOT IN, an index takes an
// integer below the least of the column's type for that least, and the row that
// has it is lost; it does not with decimals.
func (mariadb) decimalArg(w *writer, arg any) {
	w.raw("CAST(")
	w.arg(arg)
	w.raw(" AS DECIMAL(20,0))")
}

// storable leaves out what no column can hold and so equals nothing.
func (mariadb) storable(c *column, elements []spec.Value) (kept []spec.Value) {
	switch {
	case c.storage == storageScaled:
		return scaledElements(elements, c.digits)
	case c.field.Kind == spec.KindInt:
		return inRange(elements)
	case c.field.Kind != spec.KindDecimal:
		return elements
	}
	for _, e := range elements {
		if _, _, never, _ := mariadbDecimal(spec.OpEq, e); !never {
			kept = append(kept, e)
		}
	}
	return kept
}

// mariadbList is how a long list is read from JSON, and what it is compared with.
type mariadbList struct {
	left   string // the column, as the elements are
	typ    string // of the elements in JSON
	right  string // an element, as the column is
	column *column
}

func (g mariadb) inShared(w *writer, l mariadbList, elements []spec.Value, negated bool) {
	w.raw("(", l.left, either(negated, " NOT IN (", " IN ("), "SELECT ", l.right, " FROM JSON_TABLE(")
	texts := make([]string, len(elements))
	for i, e := range elements {
		texts[i] = "null"
		if !e.IsNull() {
			texts[i] = jsonOf(mariadbArg(l.column, e))
		}
	}
	w.arg("[" + strings.Join(texts, ",") + "]")
	w.raw(", '$[*]' COLUMNS (v ", l.typ, " PATH '$')) AS rolespec_e))")
}

// shared returns how a long list is read from JSON, not ok where it has to be
// bound.
func (g mariadb) shared(c *column, elements []spec.Value, negated bool) (l mariadbList, ok bool) {
	const text = " CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
	l = mariadbList{left: c.sql, right: "rolespec_e.v", column: c}
	switch {
	case c.field.Kind == spec.KindInt, c.storage == storageScaled:
		l.typ = "BIGINT"
	case c.field.Kind == spec.KindUint:
		l.typ = "DECIMAL(20,0)"
	case c.field.Kind == spec.KindFloat:
		l.typ = "DOUBLE"
	case c.field.Kind == spec.KindDate:
		l.typ = "DATE"
	case c.field.Kind == spec.KindTime:
		l.typ = "DATETIME(6)"
	case c.field.Kind == spec.KindDecimal:
		l.typ = "DECIMAL(65," + strconv.Itoa(mariadbUsual) + ")"
		ok = allOf(elements, func(e spec.Value) bool { return mariadbScale(e) == mariadbUsual })
		return l, ok
	case g.isUUID(c) && negated:
		l.left, l.typ = "CONVERT(CAST("+c.sql+" AS CHAR) USING utf8mb4) COLLATE utf8mb4_nopad_bin", "VARCHAR(36)"+text
	case g.isUUID(c):
		l.typ, l.right = "VARCHAR(36) CHARACTER SET ascii", "CAST(rolespec_e.v AS UUID)"
	case c.field.Kind == spec.KindBytes, c.storage == storageBlob: // bytes need not be text
		l.typ, l.right = "VARCHAR("+strconv.Itoa(2*maxShared)+") CHARACTER SET ascii", "UNHEX(rolespec_e.v)"
		return l, allOf(elements, func(e spec.Value) bool { return len(e.Bytes()) <= maxShared })
	case c.field.Kind == spec.KindString:
		if g.isText(c) {
			l.left = "CONVERT(" + c.sql + " USING utf8mb4) COLLATE utf8mb4_nopad_bin"
		}
		l.typ = "VARCHAR(" + strconv.Itoa(maxShared) + ")" + text
		return l, allOf(elements, func(e spec.Value) bool { return utf8.RuneCountInString(e.Text()) <= maxShared })
	default:
		return l, false
	}
	return l, true
}

// allOf reports whether all elements that are not null are so.
func allOf(elements []spec.Value, is func(spec.Value) bool) bool {
	for _, e := range elements {
		if !e.IsNull() && !is(e) {
			return false
		}
	}
	return true
}
