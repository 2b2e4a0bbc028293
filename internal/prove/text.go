package prove

import "github.com/rolespec/rolespec/spec"

// textOf returns the text form of a part, which no other part has.
func textOf(n spec.Node) string { return specificationOf(n).String() }

// specificationOf returns the specification of which n is the root.
func specificationOf(n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return spec.All()
		}
	case spec.Leaf:
		return spec.NewLeaf(n.Field, n.Op, n.Value)
	case spec.Negation:
		return spec.Not(specificationOf(n.Term()))
	case spec.Quantified:
		if n.Quantifier() == spec.Existential {
			return spec.Any(n.Relation(), specificationOf(n.Term()))
		}
		return spec.Every(n.Relation(), specificationOf(n.Term()))
	case spec.Junction:
		var terms []spec.Specification
		for t := range n.Terms() {
			terms = append(terms, specificationOf(t))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	case spec.Invalid:
	}
	return spec.None()
}
