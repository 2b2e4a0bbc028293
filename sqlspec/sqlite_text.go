package sqlspec

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// folds reports whether a column of text may have a collation that takes
// different texts for equal. Then texts are compared COLLATE BINARY, for which no
// index of another collation is used, and under OR none at all. So equality is
// asked in the column's own collation, for the index, and then of the bytes: equal
// bytes are equal in all collations.
func (sqlite) folds(c *column) bool {
	return c.field.Kind == spec.KindString && (!c.strict || c.noCase)
}

func (sqlite) equal(w *writer, c *column, text string) {
	w.raw("(", c.sql, " = ")
	w.arg(text)
	w.raw(" AND CAST(", c.sql, " AS BLOB) = CAST(")
	w.arg(text)
	w.raw(" AS BLOB))")
}

// inTexts: a collation inside of the list would not do. Whether it counts depends
// on the plan.
func (g sqlite) inTexts(w *writer, c *column, list string, negated bool) {
	if negated {
		w.raw(g.column(c), " NOT IN (SELECT value FROM json_each(")
		w.arg(list)
		w.raw("))")
		return
	}
	w.raw(c.sql, " IN (SELECT value FROM json_each(")
	w.arg(list)
	w.raw(")) AND CAST(", c.sql, " AS BLOB) IN (SELECT CAST(value AS BLOB) FROM json_each(")
	w.arg(list)
	w.raw("))")
}

// prefix is a range of the order of bytes; LIKE and GLOB have wildcards.
func (g sqlite) prefix(w *writer, c *column, prefix string, negated bool) {
	w.raw("(")
	if c.noCase && !negated {
		end, ends := successor(lowerASCII(prefix))
		g.foldedRange(w, c, prefix, end, ends)
	}
	w.raw(g.column(c), either(negated, " < ", " >= "))
	w.arg(prefix)
	if end, ends := successor(prefix); ends {
		w.raw(either(negated, " OR ", " AND "), g.column(c), either(negated, " >= ", " < "))
		w.arg(end)
	}
	w.raw(")")
}

func (g sqlite) under(w *writer, c *column, path string, negated bool) {
	if !c.noCase || negated {
		within(w, g.column(c), "", path, negated)
		return
	}
	_, to := below(path)
	w.raw("(")
	g.foldedRange(w, c, path, to, true)
	within(w, g.column(c), "", path, false)
	w.raw(")")
}

// foldedRange begins a conjunction with a range in the order of a NOCASE column,
// for its index. It has every text between the two, as long as the second is the
// end in this order too: upper case letters have the place of lower case ones.
func (sqlite) foldedRange(w *writer, c *column, from, to string, ends bool) {
	w.raw(c.sql, " >= ")
	w.arg(from)
	w.raw(" AND ")
	if ends {
		w.raw(c.sql, " < ")
		w.arg(to)
		w.raw(" AND ")
	}
}

// lowerASCII is how NOCASE sees a text.
func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, text)
}
