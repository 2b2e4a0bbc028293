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

func (sqlite) equal(w *writer, c *column, text spec.Value) {
	w.raw("(", c.sql, " = ")
	w.put(textual(c, text))
	w.raw(" AND CAST(", c.sql, " AS BLOB) = CAST(")
	w.put(textual(c, text))
	w.raw(" AS BLOB))")
}

// inTexts: a collation inside of the list would not do. Whether it counts depends
// on the plan.
func (g sqlite) inTexts(w *writer, c *column, list argument, negated bool) {
	if negated {
		w.raw(g.column(c), " NOT IN (SELECT value FROM json_each(")
		w.put(list)
		w.raw("))")
		return
	}
	w.raw(c.sql, " IN (SELECT value FROM json_each(")
	w.put(list)
	w.raw(")) AND CAST(", c.sql, " AS BLOB) IN (SELECT CAST(value AS BLOB) FROM json_each(")
	w.put(list)
	w.raw("))")
}

// prefix is a range of the order of bytes; LIKE and GLOB have wildcards.
func (g sqlite) prefix(w *writer, c *column, prefix spec.Value, negated bool) {
	w.raw("(")
	if c.noCase && !negated {
		end, ends := successor(lowerASCII(prefix.Text()))
		g.foldedRange(w, c, prefix.Text(), end, ends)
	}
	w.raw(g.column(c), either(negated, " < ", " >= "))
	w.put(converted(c, prefix, asNeedle))
	if end := converted(c, prefix, asSuccessor); end.bound != nil {
		w.raw(either(negated, " OR ", " AND "), g.column(c), either(negated, " >= ", " < "))
		w.put(end)
	} else {
		w.looked() // others have an end
	}
	w.raw(")")
}

func (g sqlite) under(w *writer, c *column, path spec.Value, negated bool) {
	if !c.noCase || negated {
		within(w, c, g.column(c), "", path, negated)
		return
	}
	_, to := below(path.Text())
	w.raw("(")
	g.foldedRange(w, c, path.Text(), to, true)
	within(w, c, g.column(c), "", path, false)
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
