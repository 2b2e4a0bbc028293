package spec

import (
	"iter"
)

// MaxDepth is the deepest nesting of a specification. Engines give up at
// different depths, the first of them at about 800 parentheses; a policy that a
// person wrote has fewer than ten.
const MaxDepth = 100

// Specification is a predicate over rows. It never changes, may be shared by
// any number of goroutines, and is passed by value.
//
// The zero Specification is [None]: it matches nothing. Specifications are
// compared with [Specification.Equal]; == does not compile.
type Specification struct {
	_    [0]func()
	core core
}

var roots = [...]root{{node: Constant(false)}, {node: Constant(true)}}

// rooted returns the specification of a tree.
func rooted(n Node) Specification {
	if c, ok := n.(Constant); ok {
		return constantly(c)
	}
	return Specification{core: core{root: &root{node: n}}}
}

func constantly(c Constant) Specification {
	return Specification{core: core{root: &roots[b2i(bool(c))]}}
}

// All matches every row.
func All() Specification { return constantly(true) }

// None matches no row. It is the zero Specification.
func None() Specification { return constantly(false) }

// Node returns the root of s, for code that translates specifications.
// It is never nil. Of a template that is bound the tree is built each time.
func (s Specification) Node() Node {
	switch r := s.core.root; {
	case r == nil:
		return Constant(false)
	case r.template != nil:
		return r.template.node(s.core)
	default:
		return r.node
	}
}

// IsAll reports whether s is [All]: true of every row, whatever its fields.
func (s Specification) IsAll() bool { return s.core.root == &roots[1] }

// IsNone reports whether s is [None].
func (s Specification) IsNone() bool { return s.core.root == nil || s.core.root == &roots[0] }

// Equal reports whether s and t are built the same way, operand by operand in
// the same order. Two specifications that are Equal match the same rows; two
// that match the same rows need not be Equal. A specification with an error
// equals nothing.
func (s Specification) Equal(t Specification) bool { return equalNodes(s.Node(), t.Node()) }

// Err returns what went wrong when s was built: a [*FieldError] or [ErrTooDeep],
// nil where s is sound. Everything that uses a specification checks it first, so
// a specification with an error matches no row; calling Err merely finds it
// sooner.
func (s Specification) Err() error {
	if r := s.core.root; r != nil {
		if bad, ok := r.node.(Invalid); ok {
			return bad.Err
		}
	}
	return nil
}

// And returns the rows that are in s and in every other.
func (s Specification) And(others ...Specification) Specification {
	return junction(Conjunction, append([]Specification{s}, others...))
}

// Or returns the rows that are in s or in any other.
func (s Specification) Or(others ...Specification) Specification {
	return junction(Disjunction, append([]Specification{s}, others...))
}

// Not returns the negation of s. See [Not].
func (s Specification) Not() Specification { return Not(s) }

// Leaves yields every leaf of s from left to right. A leaf about the rows of a
// relation has the name of the relation before its field: comments.author.
func (s Specification) Leaves() iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) { eachLeaf(s.Node(), "", yield) }
}

func eachLeaf(n Node, relation string, yield func(Leaf) bool) bool {
	switch n := n.(type) {
	case Leaf:
		n.Field = relation + n.Field
		if n.Value.kind == KindField {
			n.Value.str = relation + n.Value.str
		}
		return yield(n)
	case Negation:
		return eachLeaf(n.term, relation, yield)
	case Quantified:
		return eachLeaf(n.term, relation+n.relation+".", yield)
	case Junction:
		for _, t := range n.terms {
			if !eachLeaf(t, relation, yield) {
				return false
			}
		}
	case Constant, Invalid:
	}
	return true
}
