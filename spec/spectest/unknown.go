package spectest

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// Unknown returns a specification that is true of the rows of which s is
// unknown, and false of all others: so that an engine can be asked for all three
// parts of a table, and nobody else has to know which rows are where. It holds
// for rows whose values are of the kinds of their fields and numbers.
//
// It is many times as long as s: each level of s doubles it.
func Unknown(sc *spec.Schema, s spec.Specification) spec.Specification {
	return unknown(sc, s.Node())
}

func unknown(sc *spec.Schema, n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Negation:
		return unknown(sc, n.Term())
	case spec.Leaf:
		return unknownLeaf(sc, n)
	case spec.Junction:
		// Unknown is what is neither false nor true: some term is unknown, and
		// no term decides.
		var some, open []spec.Specification
		for term := range n.Terms() {
			u, t := unknown(sc, term), build(term)
			if n.Connective() == spec.Disjunction {
				t = t.Not()
			}
			some = append(some, u)
			open = append(open, spec.Or(t, u))
		}
		return spec.Or(some...).And(open...)
	case spec.Quantified:
		return unknownRows(n)
	}
	return spec.None() // a constant
}

func unknownLeaf(sc *spec.Schema, l spec.Leaf) spec.Specification {
	f, _ := sc.Field(l.Field)
	switch {
	case l.Op == spec.OpIsNull || l.Op == spec.OpDistinct:
		return spec.None()
	case l.Value.Kind() == spec.KindField:
		return spec.IsNull(l.Field).Or(spec.IsNull(l.Value.Field()))
	case l.Op == spec.OpContains && f.List && l.Value.IsNull(): // nothing is in the empty list
		return spec.IsNull(l.Field).Or(spec.Ne(l.Field, List()))
	case l.Value.IsNull():
		return spec.All()
	case l.Op == spec.OpIn:
		return spec.IsNull(l.Field).Or(unknownMember(l))
	}
	return spec.IsNull(l.Field)
}

// unknownRows: what is asked through a row that is absent is unknown. A row that is
// there has an id.
func unknownRows(n spec.Quantified) spec.Specification {
	i := strings.LastIndexByte(n.Relation(), '.')
	if i < 0 {
		return spec.None()
	}
	return spec.IsNull(n.Relation()[:i] + ".id")
}

// unknownMember: what is in the list for sure is known; with a null in the list
// nothing else is.
func unknownMember(l spec.Leaf) spec.Specification {
	var sure []spec.Value
	for _, e := range l.Value.List() {
		if !e.IsNull() {
			sure = append(sure, e)
		}
	}
	if len(sure) == len(l.Value.List()) {
		return spec.None()
	}
	return spec.NotIn(l.Field, sure...)
}

// build is the specification of a node.
func build(n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return spec.All()
		}
	case spec.Leaf:
		return spec.NewLeaf(n.Field, n.Op, n.Value)
	case spec.Negation:
		return build(n.Term()).Not()
	case spec.Quantified:
		return quantify(n, build(n.Term()))
	case spec.Junction:
		var terms []spec.Specification
		for t := range n.Terms() {
			terms = append(terms, build(t))
		}
		return join(n.Connective(), terms)
	}
	return spec.None()
}

func join(c spec.Connective, terms []spec.Specification) spec.Specification {
	if c == spec.Conjunction {
		return spec.And(terms...)
	}
	return spec.Or(terms...)
}
