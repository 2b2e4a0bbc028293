package sqlspec

import (
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// part looks for a text at the start, at the end or anywhere. LIKE would not do:
// with an index it loses rows in most collations.
func (g mariadb) part(w *writer, c *column, l spec.Leaf, negated bool) {
	text := l.Value.Text()
	length := strconv.Itoa(len(text)) // in the text: of this value alone
	switch {
	case l.Op == spec.OpContains: // not "= 0", see mariadb
		w.raw("(LOCATE(")
		g.byteArg(w, converted(c, l.Value, asNeedle))
		w.raw(", ", g.bytes(c), either(negated, ") < 1)", ") > 0)"))
	case l.Op == spec.OpHasSuffix:
		w.raw("(RIGHT(", g.bytes(c), ", ", length, either(negated, ") <> ", ") = "))
		g.byteArg(w, plain(text))
		w.raw(")")
	case l.Op != spec.OpHasPrefix:
		w.refuse(l, ErrUnsupported, "no such operator")
	case c.binary:
		g.between(w, c, text, negated)
	default:
		w.raw("(LEFT(", g.bytes(c), ", ", length, either(negated, ") <> ", ") = "))
		g.byteArg(w, plain(text))
		w.raw(")")
	}
}

// between is a prefix as a range of the order of bytes.
func (mariadb) between(w *writer, c *column, prefix string, negated bool) {
	w.raw("(", c.sql, either(negated, " < ", " >= "))
	w.arg(prefix)
	if end, ok := successor(prefix); ok {
		w.raw(either(negated, " OR ", " AND "), c.sql, either(negated, " >= ", " < "))
		w.arg(end)
	}
	w.raw(")")
}

func (g mariadb) under(w *writer, c *column, path string, negated bool) {
	w.raw("(")
	g.compare(w, c, either2(negated, spec.OpNe, spec.OpEq), spec.Of(path))
	w.raw(either(negated, " AND ", " OR "))
	g.part(w, c, spec.Leaf{Field: c.field.Name, Op: spec.OpHasPrefix, Value: spec.Of(path + ".")}, negated)
	w.raw(")")
}

func either2(negated bool, yes, no spec.Op) spec.Op {
	if negated {
		return yes
	}
	return no
}

// regexp is a column of text as REGEXP has to see it: by character, not folded.
func (mariadb) regexp(c *column) string {
	return "CONVERT(" + c.sql + " USING utf8mb4) COLLATE utf8mb4_bin"
}

func (g mariadb) folded(w *writer, c *column, l spec.Leaf, negated bool) {
	open := `\A`
	if l.Op == spec.OpContainsFold {
		open = ""
	}
	pattern, ok := foldedPattern(l, open, "", `\z`)
	if !ok {
		w.refuse(l, ErrUnsupported, "a text of more than 1000 characters, without regard to case")
		return
	}
	w.raw("(", g.regexp(c), either(negated, " NOT REGEXP ", " REGEXP "))
	w.arg(pattern)
	w.raw(")")
}

// matches: MariaDB backtracks, and says "no match" when it has taken ten
// million steps, which the negation would make a yes. So patterns that could
// get there are refused, and longer texts than the type TEXT holds are unknown
// where the steps grow with the text.
func (g mariadb) matches(w *writer, c *column, l spec.Leaf, negated bool) {
	pattern, unbounded, err := backtrackingPattern(l.Value.Text())
	if err != nil {
		w.refuse(l, ErrUnsupported, err.Error())
		return
	}
	w.raw("(")
	if unbounded {
		w.raw("CASE WHEN OCTET_LENGTH(", c.sql, ") <= 65535 THEN ")
	}
	w.raw(g.regexp(c), either(negated, " NOT REGEXP ", " REGEXP "))
	w.arg(pattern)
	w.raw(either(unbounded, " END)", ")"))
}

// fields compares two columns of one kind.
func (g mariadb) fields(w *writer, a, b *column, l spec.Leaf, negated bool) {
	left, right := a.sql, b.sql
	switch {
	case a.field.Kind == spec.KindString && !(a.binary && b.binary):
		left, right = g.bytes(a), g.bytes(b)
	case g.isUUID(a) && isOrder(l.Op):
		left, right = g.uuidText(a), g.uuidText(b)
	}
	if l.Op == spec.OpDistinct {
		w.raw(either(negated, "(", "(NOT "), "(", left, " <=> ", right, "))")
		return
	}
	w.raw("(", left, comparison(effective(l, negated)), right, ")")
}
