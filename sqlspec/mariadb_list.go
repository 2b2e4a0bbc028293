package sqlspec

import (
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// list writes a leaf whose column is a JSON array, the way encoding/json writes
// a Go slice. Anything that is no JSON array is unknown. The elements are read
// with JSON_TABLE, which resolves escapes: JSON_CONTAINS also looks into nested
// arrays, and JSON_OVERLAPS does not find "<" in ["\u003c"].
func (g mariadb) list(w *writer, c *column, l spec.Leaf, negated bool) {
	switch {
	case c.field.Kind == spec.KindTime || c.field.Kind == spec.KindBytes:
		w.refuse(l, ErrUnsupported, "JSON has no one way to write the elements")
	case l.Op == spec.OpContains && l.Value.IsNull():
		g.surelyWithout(w, c, negated)
	case l.Op == spec.OpContains:
		g.overlaps(w, c, []spec.Value{l.Value}, negated)
	case l.Op == spec.OpOverlaps:
		g.overlaps(w, c, l.Value.List(), negated)
	case l.Op == spec.OpIn:
		w.oneOf(l, negated)
	case c.field.Kind == spec.KindDecimal && isOrder(l.Op):
		w.refuse(l, ErrUnsupported, "an order among lists of decimals")
	case c.field.Kind == spec.KindDecimal:
		g.equalDecimals(w, c, effective(l, negated), l.Value.List())
	default:
		g.compareArrays(w, c, effective(l, negated), l.Value.List())
	}
}

func (mariadb) isArray(c *column) string {
	return "CASE WHEN JSON_VALID(" + c.sql + ") THEN JSON_TYPE(" + c.sql + ") = 'ARRAY' END"
}

// surelyWithout: only the empty list surely does not contain null.
func (g mariadb) surelyWithout(w *writer, c *column, negated bool) {
	if !negated {
		w.unknown()
		return
	}
	w.raw("(CASE WHEN ", g.isArray(c), " THEN JSON_LENGTH(", c.sql, ") = 0 END)")
}

// elementColumns are an element's position, its value as text and itself.
const elementColumns = "'$[*]' COLUMNS (n FOR ORDINALITY, v LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin PATH '$', k JSON PATH '$')) AS "

// elements is a FROM of the elements. Malformed JSON would abort the statement.
func (mariadb) elements(c *column) string {
	return "JSON_TABLE(IF(JSON_VALID(" + c.sql + "), " + c.sql + ", '[]'), " + elementColumns + "rolespec_e"
}

// holds is true where an element is of the kind. To JSON_TYPE 1e0 is an integer,
// and $ is also before a line break at the end.
func (mariadb) holds(c *column, alias string) string {
	typ := "JSON_TYPE(" + alias + ".k)"
	switch c.field.Kind {
	case spec.KindInt, spec.KindUint:
		return "(" + typ + " = 'INTEGER' AND " + alias + ".v REGEXP '^[-]{0,1}[0-9]{1,20}$')"
	case spec.KindFloat:
		return "(" + typ + " IN ('INTEGER', 'DOUBLE'))"
	case spec.KindBool:
		return "(" + typ + " = 'BOOLEAN')"
	case spec.KindDecimal:
		return "(" + typ + " IN ('STRING', 'INTEGER') AND " + alias + ".v REGEXP '^[-]{0,1}[0-9]+([.][0-9]+){0,1}$' AND " + alias + ".v NOT REGEXP '[^-.0-9]')"
	}
	return "(" + typ + " = 'STRING')"
}

// number is the value of an element in its own order, and null where it is of
// another type. A failed conversion would abort an UPDATE.
func (g mariadb) number(c *column, alias string) string {
	value := alias + ".v"
	switch c.field.Kind {
	case spec.KindInt, spec.KindUint:
		value = "CAST(" + value + " AS DECIMAL(65,0))"
	case spec.KindFloat:
		value = "CAST(" + value + " AS DOUBLE)"
	}
	return "CASE WHEN " + g.holds(c, alias) + " THEN " + value + " END"
}

func (g mariadb) overlaps(w *writer, c *column, elements []spec.Value, negated bool) {
	var known []spec.Value
	for _, e := range elements {
		if !e.IsNull() {
			known = append(known, e)
		}
	}
	if len(known) == 0 {
		w.raw(either(negated, "("+g.isArray(c)+")", noRow))
		return
	}
	w.raw("(CASE WHEN ", g.isArray(c), " THEN ", either(negated, "NOT ", ""), "EXISTS (SELECT 1 FROM ", g.elements(c), " WHERE ")
	if c.field.Kind == spec.KindDecimal {
		w.raw(g.holds(c, "rolespec_e"), " AND rolespec_e.v REGEXP ")
		w.arg(decimalPattern(known))
	} else {
		w.raw(g.number(c, "rolespec_e"), " IN (")
		w.each(known, func(e spec.Value) { g.elementArg(w, e) })
		w.raw(")")
	}
	w.raw(") END)")
}

func (mariadb) elementArg(w *writer, v spec.Value) {
	switch v.Kind() {
	case spec.KindInt, spec.KindUint:
		w.raw("CAST(")
		w.arg(textOf(v))
		w.raw(" AS DECIMAL(65,0))")
	case spec.KindFloat:
		w.raw("CAST(")
		w.arg(v.Float())
		w.raw(" AS DOUBLE)")
	default:
		w.arg(textOf(v))
	}
}

// decimalPattern finds every way to write one of the numbers. MariaDB has no
// type for all of them.
func decimalPattern(numbers []spec.Value) string {
	written := make([]string, len(numbers))
	for i, v := range numbers {
		text, negative := strings.CutPrefix(v.Decimal().String(), "-")
		whole, fraction, _ := strings.Cut(text, ".")
		switch {
		case text == "0":
			written[i] = `-?0+(?:\.0+)?`
			continue
		case fraction != "":
			written[i] = "0*" + whole + `\.` + fraction + "0*"
		default:
			written[i] = "0*" + whole + `(?:\.0+)?`
		}
		if negative {
			written[i] = "-" + written[i]
		}
	}
	return `\A(?:` + strings.Join(written, "|") + `)\z`
}

// holdsOnly begins a CASE for arrays whose elements are null or of the kind: one
// with another compares with nothing.
func (g mariadb) holdsOnly(w *writer, c *column) {
	w.raw("(CASE WHEN ", g.isArray(c), " AND NOT EXISTS (SELECT 1 FROM ", g.elements(c), " WHERE JSON_TYPE(rolespec_e.k) <> 'NULL' AND NOT ", g.holds(c, "rolespec_e"), ") THEN ")
}

func (g mariadb) equalDecimals(w *writer, c *column, op spec.Op, elements []spec.Value) {
	g.holdsOnly(w, c)
	w.raw(either(op == spec.OpNe, "NOT ", ""), "(JSON_LENGTH(", c.sql, ") < ")
	w.arg(int64(len(elements) + 1))
	w.raw(" AND JSON_LENGTH(", c.sql, ") > ")
	w.arg(int64(len(elements) - 1))
	if len(elements) > 0 {
		w.raw(" AND NOT EXISTS (SELECT 1 FROM ", g.elements(c), " WHERE NOT CASE rolespec_e.n")
		for i, e := range elements {
			w.raw(" WHEN ", strconv.Itoa(i+1), " THEN ")
			if e.IsNull() {
				w.raw("JSON_TYPE(rolespec_e.k) = 'NULL'")
				continue
			}
			w.raw("COALESCE(rolespec_e.v REGEXP ")
			w.arg(decimalPattern([]spec.Value{e}))
			w.raw(", 0)")
		}
		w.raw(" END)")
	}
	w.raw(") END)")
}

// compareArrays compares at the first place where two arrays differ, and by
// their lengths where there is none. Null equals null and comes last.
func (g mariadb) compareArrays(w *writer, c *column, op spec.Op, elements []spec.Value) {
	e, p := g.number(c, "rolespec_e"), g.number(c, "rolespec_p")
	g.holdsOnly(w, c)
	w.raw("COALESCE((SELECT CASE WHEN JSON_TYPE(rolespec_e.k) = 'NULL' THEN 1 WHEN JSON_TYPE(rolespec_p.k) = 'NULL' THEN -1 WHEN ", e, " < ", p, " THEN -1 ELSE 1 END FROM ", g.elements(c), " JOIN JSON_TABLE(")
	w.arg(jsonArray(elements))
	w.raw(", ", elementColumns, "rolespec_p ON rolespec_p.n = rolespec_e.n WHERE NOT (", e, " <=> ", p, ") ORDER BY rolespec_e.n LIMIT 1), CAST(JSON_LENGTH(", c.sql, ") AS SIGNED) - ")
	w.arg(int64(len(elements)))
	w.raw(")", comparison(op), "0 END)")
}
