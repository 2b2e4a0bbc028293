package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// How large a specification may be for its text to be kept: what is larger is rare,
// and comes from outside rather than from a policy.
const maxKeptKey, maxKeptLeaves = 1 << 10, 64

// shape is what the text of a specification depends on, where it depends on no value:
// its nodes, operators and names, and the kinds of its values. Two specifications have
// the same key only if they are the same but for their values. Beside it are the
// values of the leaves from left to right.
//
// It is written into room that lies on the stack for all but large specifications.
type shape struct {
	room   []byte
	places []spec.Value
	size   int // of the key
	leaves int
}

func (s *shape) key() []byte          { return s.room[:s.size] }
func (s *shape) values() []spec.Value { return s.places[:s.leaves] }

// The first bytes of nodes. What follows each has a length that is known or written
// down, so that no key is the beginning of another's.
const (
	keyTrue byte = iota + 1
	keyFalse
	keyLeaf
	keyNegation
	keyConjunction
	keyDisjunction
	keyExistential
	keyUniversal
)

// shapeOf returns the shape of a specification, not ok where it is too large, or one
// whose faults the writer has to find.
func shapeOf(n spec.Node) (s shape, ok bool) {
	s = shape{room: make([]byte, maxKeptKey), places: make([]spec.Value, maxKeptLeaves)}
	return s, s.add(n)
}

// add appends a node, and reports whether there was room for it.
func (s *shape) add(n spec.Node) bool {
	switch n := n.(type) {
	case spec.Leaf:
		return s.addLeaf(&n)
	case spec.Junction:
		first := keyConjunction
		if n.Connective() == spec.Disjunction {
			first = keyDisjunction
		}
		if !s.put(first) || !s.number(n.Len()) {
			return false
		}
		for i := range n.Len() {
			if !s.add(n.Term(i)) {
				return false
			}
		}
		return true
	case spec.Negation:
		return s.put(keyNegation) && s.add(n.Term())
	case spec.Quantified:
		first := keyExistential
		if n.Quantifier() == spec.Universal {
			first = keyUniversal
		}
		return s.put(first) && s.name(n.Relation()) && s.add(n.Term())
	case spec.Constant:
		if n {
			return s.put(keyTrue)
		}
		return s.put(keyFalse)
	case spec.Invalid:
	}
	return false
}

func (s *shape) addLeaf(l *spec.Leaf) bool {
	kind := l.Value.Kind()
	if kind == spec.KindVariable || s.leaves == len(s.places) || s.size+3 > len(s.room) {
		return false
	}
	s.places[s.leaves] = l.Value
	s.leaves++
	s.room[s.size], s.room[s.size+1], s.room[s.size+2] = keyLeaf, byte(l.Op), byte(kind)
	s.size += 3
	return s.name(l.Field) && (kind != spec.KindField || s.name(l.Value.Field()))
}

func (s *shape) put(b byte) bool {
	if s.size == len(s.room) {
		return false
	}
	s.room[s.size] = b
	s.size++
	return true
}

// number writes a length in two bytes; what has a larger one is too large anyway.
func (s *shape) number(n int) bool {
	return n < 1<<16 && s.put(byte(n>>8)) && s.put(byte(n))
}

func (s *shape) name(name string) bool {
	if !s.number(len(name)) || len(name) > len(s.room)-s.size {
		return false
	}
	s.size += copy(s.room[s.size:], name)
	return true
}

// origins says of each value that it is the leaf's own. Null is part of the shape, and
// so is another field.
func (s *shape) origins() []int {
	origins := make([]int, s.leaves)
	for i, v := range s.values() {
		origins[i] = i
		if kind := v.Kind(); kind == spec.KindNull || kind == spec.KindField {
			origins[i] = fixed
		}
	}
	return origins
}
