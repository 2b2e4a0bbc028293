package sqlspec

// A path is the value itself or begins with it and a dot. As ranges of bytes,
// because LIKE has wildcards and a label may end in what looks like one: "/" is
// the byte after ".".
func below(path string) (from, to string) { return path + ".", path + "/" }

func (g postgres) under(w *writer, c *column, path string, negated bool) {
	if c.storage == storageLtree {
		w.raw("(", either(negated, "NOT ", ""), c.sql, " <@ ")
		w.arg(path)
		w.raw("::ltree)")
		return
	}
	within(w, c.sql+` COLLATE "C"`, "::text", path, negated)
}

// within is one range from the path to the end of what is below it, for one index
// to find, less what is in it by chance: "a-b" lies between "a" and "a.b".
func within(w *writer, column, typ, path string, negated bool) {
	from, to := below(path)
	compare := func(op, arg string) {
		w.raw(column, op)
		w.arg(arg)
		w.raw(typ)
	}
	w.raw("(")
	if !negated {
		compare(" >= ", path)
		w.raw(" AND ")
		compare(" < ", to)
		w.raw(" AND (")
		compare(" = ", path)
		w.raw(" OR ")
		compare(" >= ", from)
		w.raw("))")
		return
	}
	compare(" <> ", path)
	w.raw(" AND (")
	compare(" < ", from)
	w.raw(" OR ")
	compare(" >= ", to)
	w.raw("))")
}
