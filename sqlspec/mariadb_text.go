package sqlspec

import (
	"strconv"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// part looks for a text at the start, at the end or anywhere. LIKE would not do:
// with an index it loses rows in most collations.
func (g mariadb) part(w *writer, c *column, l spec.Leaf, negated bool) {
	text := l.Value.Text()
	length := strconv.Itoa(len(text))
	switch {
	case l.Op == spec.OpContains: // not "= 0", see mariadb
		w.raw("(LOCATE(")
		g.byteArg(w, text)
		w.raw(", ", g.bytes(c), either(negated, ") < 1)", ") > 0)"))
	case l.Op == spec.OpHasSuffix:
		w.raw("(RIGHT(", g.bytes(c), ", ", length, either(negated, ") <> ", ") = "))
		g.byteArg(w, text)
		w.raw(")")
	case l.Op != spec.OpHasPrefix:
		w.refuse(l, ErrUnsupported, "no such operator")
	case c.binary:
		g.between(w, c, text, negated)
	default:
		w.raw("(LEFT(", g.bytes(c), ", ", length, either(negated, ") <> ", ") = "))
		g.byteArg(w, text)
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
	in := either(negated, " NOT IN (", " IN (")
	shared := ""
	if len(elements) > maxBound {
		shared = g.shared(c, elements)
	}
	switch {
	case shared != "":
		left := c.sql
		if g.isText(c) {
			left = "CONVERT(" + c.sql + " USING utf8mb4) COLLATE utf8mb4_nopad_bin"
		}
		w.raw("(", left, in, "SELECT rolespec_e.v FROM JSON_TABLE(")
		w.arg(jsonArray(elements))
		w.raw(", '$[*]' COLUMNS (v ", shared, " PATH '$')) AS rolespec_e))")
	case g.isText(c):
		w.raw("(")
		if !negated {
			w.raw(c.sql, in)
			w.each(elements, func(e spec.Value) { w.arg(e.Text()) })
			w.raw(") AND ")
		}
		w.raw(g.bytes(c), in)
		w.each(elements, func(e spec.Value) { g.byteArg(w, e.Text()) })
		w.raw("))")
	case negated && g.isUUID(c):
		w.raw("(", g.uuidText(c), in)
		w.each(elements, func(e spec.Value) { g.byteArg(w, uuidText(e)) })
		w.raw("))")
	default:
		w.raw("(", c.sql, in)
		w.each(elements, func(e spec.Value) { g.value(w, c, e, mariadbArg(c, e)) })
		w.raw("))")
	}
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

// shared is the type under which a long list is read from JSON; "" where it has
// to be bound.
func (mariadb) shared(c *column, elements []spec.Value) string {
	switch {
	case c.field.Kind == spec.KindInt, c.storage == storageScaled:
		return "BIGINT"
	case c.field.Kind != spec.KindString:
		return ""
	}
	for _, e := range elements {
		if utf8.RuneCountInString(e.Text()) > maxShared {
			return ""
		}
	}
	return "VARCHAR(" + strconv.Itoa(maxShared) + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin"
}
