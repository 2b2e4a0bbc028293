package prove

import "github.com/rolespec/rolespec/spec"

// Never reports whether it is proven that s is true of no row of the schema,
// whatever the claims are. It is false where s has an error.
func Never(s spec.Specification, rows *spec.Schema) bool {
	return s.Err() == nil && refuted(rows, newBudget(), goal{s.Node(), isTrue})
}

// Always reports whether it is proven that s is true of every row of the schema,
// whatever the claims are. It is false where s has an error.
func Always(s spec.Specification, rows *spec.Schema) bool {
	return s.Err() == nil && refuted(rows, newBudget(), goal{s.Node(), notTrue})
}

// Implies reports whether it is proven that b is true of every row of the schema
// of which a is true, the claims being the same in both. It is false where one
// of them has an error.
func Implies(a, b spec.Specification, rows *spec.Schema) bool {
	if a.Err() != nil || b.Err() != nil {
		return false
	}
	return a.Equal(b) || refuted(rows, newBudget(), goal{a.Node(), isTrue}, goal{b.Node(), notTrue})
}

// Equivalent reports whether it is proven that a and b are true of the same rows
// of the schema: that each implies the other.
func Equivalent(a, b spec.Specification, rows *spec.Schema) bool {
	return Implies(a, b, rows) && Implies(b, a, rows)
}

// goal is a part of a specification and what it is supposed to be.
type goal struct {
	node spec.Node
	are  truths
}

// refuted reports whether it is proven that no row meets all the goals.
func refuted(rows *spec.Schema, b *budget, goals ...goal) bool {
	q := newQuestion(rows, b)
	for _, g := range goals {
		q.collect(g.node)
	}
	if !q.prepare() {
		return false
	}
	var all formula
	all.every = true
	for _, g := range goals {
		all.terms = append(all.terms, q.formula(g.node, g.are))
	}
	return !newSearch(q).open([]formula{all})
}
