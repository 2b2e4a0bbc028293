package spec

import (
	"iter"
)

// Node is what a [Specification] is made of: a [Constant], a [Leaf], a
// [Junction], a [Negation], a [Quantified] or an [Invalid]. The set is closed, so that whoever
// walks a specification knows when every case is covered; a default case must
// be an error, never a silent pass. Nodes are values and cannot be changed.
//
//sumtype:decl
type Node interface{ node() }

// Constant is every row (true) or no row (false).
type Constant bool

// Leaf compares one field of a row with a value: Field Op Value. The Value of
// an In is a list; that of an IsNull is null and means nothing.
type Leaf struct {
	Field string
	Op    Op
	Value Value
}

// Connective says how a [Junction] joins its terms.
type Connective uint8

// The connectives.
const (
	Conjunction Connective = iota // every term is true
	Disjunction                   // some term is true
)

// Junction joins two or more terms, none of which is a Constant or a Junction
// of the same connective.
type Junction struct {
	op    Connective
	terms []Node
	depth int
	vars  bool
}

// Negation is true where its term is false. Its term is neither a Constant nor
// a Negation.
type Negation struct {
	term  Node
	depth int
	vars  bool
}

// Invalid stands for a part that could not be built. It swallows whatever it is
// combined with, so that the error cannot be lost on the way.
type Invalid struct{ Err error }

func (Constant) node() {}
func (Leaf) node()     {}
func (Junction) node() {}
func (Negation) node() {}
func (Invalid) node()  {}

// Connective returns how the terms are joined.
func (j Junction) Connective() Connective { return j.op }

// Len returns the number of terms.
func (j Junction) Len() int { return len(j.terms) }

// Term returns the term at i, which must be in the range [0, Len()).
func (j Junction) Term(i int) Node { return j.terms[i] }

// Terms yields the terms in order.
func (j Junction) Terms() iter.Seq[Node] {
	return func(yield func(Node) bool) {
		for _, t := range j.terms {
			if !yield(t) {
				return
			}
		}
	}
}

// Term returns what is negated.
func (n Negation) Term() Node { return n.term }

// depth counts the nodes on the longest way down.
func depth(n Node) int {
	switch n := n.(type) {
	case Junction:
		return n.depth
	case Negation:
		return n.depth
	case Quantified:
		return n.depth
	case Constant, Leaf, Invalid:
	}
	return 1
}

func hasVariables(n Node) bool {
	switch n := n.(type) {
	case Leaf:
		return n.Value.hasVariables()
	case Junction:
		return n.vars
	case Negation:
		return n.vars
	case Quantified:
		return n.vars
	case Constant, Invalid:
	}
	return false
}

func equalNodes(a, b Node) bool {
	switch a := a.(type) {
	case Constant:
		b, ok := b.(Constant)
		return ok && a == b
	case Leaf:
		b, ok := b.(Leaf)
		return ok && a.Field == b.Field && a.Op == b.Op && a.Value.Equal(b.Value)
	case Negation:
		b, ok := b.(Negation)
		return ok && equalNodes(a.term, b.term)
	case Quantified:
		b, ok := b.(Quantified)
		return ok && a.op == b.op && a.relation == b.relation && equalNodes(a.term, b.term)
	case Junction:
		b, ok := b.(Junction)
		if !ok || a.op != b.op || len(a.terms) != len(b.terms) {
			return false
		}
		for i := range a.terms {
			if !equalNodes(a.terms[i], b.terms[i]) {
				return false
			}
		}
		return true
	case Invalid:
	}
	return false
}
