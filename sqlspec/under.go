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
	from, to := below(path)
	w.raw("(", c.sql, either(negated, " <> ", " = "))
	w.arg(path)
	w.raw("::text", either(negated, " AND (", " OR ("), c.sql, ` COLLATE "C"`, either(negated, " < ", " >= "))
	w.arg(from)
	w.raw("::text", either(negated, " OR ", " AND "), c.sql, ` COLLATE "C"`, either(negated, " >= ", " < "))
	w.arg(to)
	w.raw("::text))")
}

func (g sqlite) under(w *writer, c *column, path string, negated bool) {
	from, to := below(path)
	w.raw("(", g.column(c), either(negated, " <> ", " = "))
	w.arg(path)
	w.raw(either(negated, " AND (", " OR ("), g.column(c), either(negated, " < ", " >= "))
	w.arg(from)
	w.raw(either(negated, " OR ", " AND "), g.column(c), either(negated, " >= ", " < "))
	w.arg(to)
	w.raw("))")
}
