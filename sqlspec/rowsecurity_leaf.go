package sqlspec

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// policyGrammar is PostgreSQL with claims for values. Where one is compared, it is
// there: the condition as a whole asks that first.
type policyGrammar struct {
	postgres
	claims  *spec.Schema
	present []string // what is true where the claims are there
	implied []string // and of that, what the template says already
}

func (g *policyGrammar) leaf(w *writer, c *column, l spec.Leaf, negated bool) {
	if !spec.NewLeaf(l.Field, l.Op, l.Value).IsTemplate() {
		g.postgres.leaf(w, c, l, negated)
		return
	}
	name := claimName(l)
	claim, _ := g.claims.Field(name) // Check knows it
	switch {
	case name == "":
		w.refuse(l, ErrUnsupported, "a claim within a list that is compared as a whole")
	case c.storage != storageDefault && c.storage != storageBlob:
		w.refuse(l, ErrUnsupported, "no claim can be compared with the way the column is stored")
	case claim.List && !takesMany(l.Op):
		w.refuse(l, ErrUnsupported, "the claim is a list, the operator takes one value")
	case c.field.List && l.Op != spec.OpContains && l.Op != spec.OpOverlaps:
		w.refuse(l, ErrUnsupported, "only Contains and Overlaps can ask a list for a claim")
	default:
		read, ok := claimValue(claim, c, g.typ(c))
		if !ok {
			w.refuse(l, ErrUnsupported, "a claim of kind "+claim.Kind.String()+" and a field of kind "+c.field.Kind.String())
			return
		}
		if !slices.Contains(g.present, read.present) {
			g.present = append(g.present, read.present)
		}
		g.claimed(w, c, l, claimSQL(read.sql), claim.List, negated)
	}
}

// claimName returns the claim that is the value of a leaf, or the one element of it.
func claimName(l spec.Leaf) string {
	if elements := l.Value.List(); takesMany(l.Op) && len(elements) == 1 {
		return elements[0].Variable()
	}
	return l.Value.Variable()
}

// claimed writes a leaf whose value is a claim.
func (g *policyGrammar) claimed(w *writer, c *column, l spec.Leaf, claim claimSQL, many, negated bool) {
	switch {
	case c.field.List:
		w.raw("(", either(negated, "NOT ", ""), "(", c.sql, either(many, " && ", " @> ARRAY["))
		w.arg(claim)
		w.raw(either(many, "", "]"), "))")
	case many:
		w.raw("(", c.sql, either(negated, " <> ALL (", " = ANY ("))
		w.arg(claim)
		w.raw(")")
		notNaN(w, c, negated)
		w.raw(")")
	case l.Op == spec.OpIn, isComparison(l.Op):
		if l.Op == spec.OpIn {
			l.Op = spec.OpEq
		}
		g.compareClaim(w, c, effective(l, negated), claim)
	default:
		g.text(w, c, l, claim, negated)
	}
}

func (g *policyGrammar) compareClaim(w *writer, c *column, op spec.Op, claim claimSQL) {
	w.raw("(", c.sql)
	if isOrder(op) && c.field.Kind == spec.KindString {
		w.raw(` COLLATE "C"`)
	}
	w.raw(comparison(op))
	w.arg(claim)
	notNaN(w, c, op == spec.OpNe || op == spec.OpGt || op == spec.OpGte)
	w.raw(")")
}

// notNaN: PostgreSQL says that NaN is greater than everything.
func notNaN(w *writer, c *column, greater bool) {
	if greater && c.field.Kind == spec.KindFloat {
		w.raw(" AND ", c.sql, " < 'NaN'::float8")
	}
}

// text writes an operator that looks into a text, without patterns: a claim may
// hold what is a wildcard in one.
func (g *policyGrammar) text(w *writer, c *column, l spec.Leaf, claim claimSQL, negated bool) {
	not := either(negated, "NOT ", "")
	call := func(parts ...string) {
		for i, part := range parts {
			if i > 0 {
				w.arg(claim)
			}
			w.raw(part)
		}
	}
	switch l.Op {
	case spec.OpContains:
		call("("+not+"strpos("+c.sql+", ", ") > 0)")
	case spec.OpHasPrefix:
		call("("+not+"starts_with("+c.sql+", ", "))")
	case spec.OpHasSuffix:
		call("("+not+"right("+c.sql+", length(", ")) = ", ")")
	case spec.OpUnder:
		call("("+not+"("+c.sql+" = ", " OR starts_with("+c.sql+", ", " || '.')))")
	default:
		w.refuse(l, ErrUnsupported, "it is compiled for its value, which a claim has too late")
	}
}
