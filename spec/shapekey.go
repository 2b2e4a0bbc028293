package spec

// AppendShape appends to key what s is without the values of its leaves: its nodes,
// operators and names, and the kinds of its values. To values it appends those, from
// left to right. Two specifications have the same key only if they are the same but for
// their values. It is for code that keeps what it makes of a specification for those
// that differ in their values alone; the key means nothing outside the program.
//
// It is not ok where key or values have no room left, which they are not given: shapes
// may come from outside, and what is larger than expected is not worth keeping. It is
// not ok either where s has an error or a variable.
func AppendShape(key []byte, values []Value, s Specification) (_ []byte, _ []Value, ok bool) {
	k := shapeKey{room: key[:cap(key)], size: len(key), places: values[:cap(values)], leaves: len(values)}
	if !k.add(s.Node()) {
		return key, values, false
	}
	return key[:k.size], values[:k.leaves], true
}

// shapeKey is a key as it is written, into room that may lie on the stack.
type shapeKey struct {
	room   []byte
	size   int
	places []Value
	leaves int
}

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

// add appends a node, and reports whether there was room for it.
func (k *shapeKey) add(n Node) bool {
	switch n := n.(type) {
	case Leaf:
		return k.leaf(&n)
	case Junction:
		first := keyConjunction
		if n.op == Disjunction {
			first = keyDisjunction
		}
		if !k.node(first, len(n.terms)) {
			return false
		}
		for _, t := range n.terms {
			if !k.add(t) {
				return false
			}
		}
		return true
	case Negation:
		return k.node(keyNegation, 0) && k.add(n.term)
	case Quantified:
		first := keyExistential
		if n.op == Universal {
			first = keyUniversal
		}
		return k.node(first, len(n.relation)) && k.name(n.relation) && k.add(n.term)
	case Constant:
		if n {
			return k.node(keyTrue, 0)
		}
		return k.node(keyFalse, 0)
	case Invalid:
	}
	return false
}

func (k *shapeKey) leaf(l *Leaf) bool {
	kind, room := l.Value.kind, k.room[k.size:]
	if kind == KindVariable || k.leaves >= len(k.places) || len(l.Field) >= 1<<16 || len(room) < 5+len(l.Field) {
		return false
	}
	// Word by word: the leaf was just copied in larger pieces, on which a copy of the
	// whole value, which begins between two of them, would wait.
	v := &k.places[k.leaves]
	v.kind, v.num, v.str, v.list = kind, l.Value.num, l.Value.str, l.Value.list
	k.leaves++
	room[0], room[1], room[2], room[3], room[4] = keyLeaf, byte(l.Op), byte(kind), byte(len(l.Field)), byte(len(l.Field)>>8)
	k.size += 5 + copy(room[5:], l.Field)
	return kind != KindField || k.node(keyLeaf, len(l.Value.str)) && k.name(l.Value.str)
}

// node writes the first byte of a node, and the number of its terms or the length of
// its name; what has a larger one is too large anyway.
func (k *shapeKey) node(first byte, n int) bool {
	room := k.room[k.size:]
	if len(room) < 3 || n >= 1<<16 {
		return false
	}
	room[0], room[1], room[2] = first, byte(n), byte(n>>8)
	k.size += 3
	return true
}

func (k *shapeKey) name(name string) bool {
	room := k.room[k.size:]
	if len(room) < len(name) {
		return false
	}
	k.size += copy(room, name)
	return true
}
