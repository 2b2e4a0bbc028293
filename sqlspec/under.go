package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// A path is the value itself or begins with it and a dot. As ranges of bytes,
// because LIKE has wildcards and a label may end in what looks like one: "/" is
// the byte after ".".
func below(path string) (from, to string) { return path + ".", path + "/" }

func (g postgres) under(w *writer, c *column, path spec.Value, negated bool) {
	if c.storage == storageLtree {
		w.raw("(", either(negated, "NOT ", ""), c.sql, " <@ ")
		w.arg(path.Text())
		w.raw("::ltree)")
		return
	}
	within(w, c, c.sql+` COLLATE "C"`, "::text", path, negated)
}

// within is one range from the path to the end of what is below it, for one index
// to find, less what is in it by chance: "a-b" lies between "a" and "a.b".
func within(w *writer, c *column, left, typ string, path spec.Value, negated bool) {
	compare := func(op string, arg argument) {
		w.raw(left, op)
		w.put(arg)
		w.raw(typ)
	}
	same, from, to := textual(c, path), converted(c, path, asBelow), converted(c, path, asBeyond)
	w.raw("(")
	if !negated {
		compare(" >= ", same)
		w.raw(" AND ")
		compare(" < ", to)
		w.raw(" AND (")
		compare(" = ", same)
		w.raw(" OR ")
		compare(" >= ", from)
		w.raw("))")
		return
	}
	compare(" <> ", same)
	w.raw(" AND (")
	compare(" < ", from)
	w.raw(" OR ")
	compare(" >= ", to)
	w.raw("))")
}
