package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// text writes the operators that look into a text.
func (g duckdb) text(w *writer, c *column, l spec.Leaf, negated bool) {
	switch l.Op {
	case spec.OpContains:
		g.part(w, c, "contains", l, negated)
	case spec.OpHasPrefix:
		g.part(w, c, "starts_with", l, negated)
	case spec.OpHasSuffix:
		g.part(w, c, "ends_with", l, negated)
	case spec.OpUnder:
		g.under(w, c, l.Value.Text(), negated)
	case spec.OpMatches:
		g.matches(w, c, l, negated)
	case spec.OpEqualFold, spec.OpContainsFold:
		g.folded(w, c, l, negated)
	default:
		w.refuse(l, ErrUnsupported, "no such operator")
	}
}

// part asks a function, which takes the collation of its arguments.
func (g duckdb) part(w *writer, c *column, function string, l spec.Leaf, negated bool) {
	w.raw("(", either(negated, "NOT ", ""), function, "(", g.operand(c, c.sql), ", ")
	g.typed(w, g.typ(c), converted(c, l.Value, asNeedle))
	w.raw("))")
}

func (g duckdb) under(w *writer, c *column, path string, negated bool) {
	from, to := below(path)
	part := func(before string, op spec.Op, text string) {
		w.raw(before, g.operand(c, c.sql), comparison(either2(negated, opposite(op), op)))
		g.value(w, c, spec.Of(text))
	}
	part("(", spec.OpEq, path)
	part(either(negated, " AND (", " OR ("), spec.OpGte, from)
	part(either(negated, " OR ", " AND "), spec.OpLt, to)
	w.raw("))")
}

func (g duckdb) matches(w *writer, c *column, l spec.Leaf, negated bool) {
	pattern, err := re2Pattern(l.Value.Text())
	if err != nil {
		w.refuse(l, ErrUnsupported, err.Error())
		return
	}
	g.regexp(w, c, pattern, negated)
}

func (g duckdb) folded(w *writer, c *column, l spec.Leaf, negated bool) {
	open := `\A`
	if l.Op == spec.OpContainsFold {
		open = ""
	}
	pattern, ok := foldedPattern(l, open, "", `\z`)
	if !ok {
		w.refuse(l, ErrUnsupported, "a text of more than 1000 characters, without regard to case")
		return
	}
	g.regexp(w, c, pattern, negated)
}

// regexp puts the pattern into a group: DuckDB rewrites simpler ones as
// comparisons, and takes \A(?:) for the empty text.
func (duckdb) regexp(w *writer, c *column, pattern string, negated bool) {
	w.raw("(", either(negated, "NOT ", ""), "regexp_matches(", c.sql, ", CAST(")
	w.arg("(" + pattern + ")")
	w.raw(" AS VARCHAR)))")
}
