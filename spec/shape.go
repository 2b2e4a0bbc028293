package spec

import (
	"strings"
	"sync/atomic"
)

const (
	// keptShapes is for how many shapes a row type keeps the program, of those that were
	// used last: shapes may come from outside.
	keptShapes = 64
	// maxShape is how many pieces the largest has that is kept.
	maxShape = 64
)

// shapes keeps programs by what a specification is without its values, however long its
// lists: each in the place that its hash says, where it follows another. No values are
// kept.
type shapes [keptShapes]atomic.Pointer[shape]

// shape is a specification without its values, piece by piece from the root, and its
// program, whose variables are its leaves in the same order.
type shape struct {
	pieces  []piece
	program *program
}

// piece is a node without its terms, or the other field of a leaf.
type piece struct {
	node   pieceKind
	op     uint8  // of a junction, a quantifier, a leaf; the value of a constant
	kind   Kind   // of the value of a leaf
	terms  uint32 // of a junction
	name   string // of a field, a relation
	values bool   // of a leaf: its value may be another
}

type pieceKind uint8

const (
	pieceConstant pieceKind = iota
	pieceLeaf
	pieceOther
	pieceNegation
	pieceQuantified
	pieceJunction
)

// pieceOf returns the piece of a node, not ok where it does not belong to a shape.
func pieceOf(n Node, to *piece) (ok bool) {
	switch n := n.(type) {
	case Constant:
		*to = piece{node: pieceConstant, op: uint8(b2i(bool(n)))}
	case Leaf:
		*to = piece{node: pieceLeaf, op: uint8(n.Op), kind: n.Value.kind, name: n.Field, values: hasValue(&n)}
		return n.Op != OpMatches // compiling the pattern costs more than the rest
	case Negation:
		*to = piece{node: pieceNegation}
	case Quantified:
		*to = piece{node: pieceQuantified, op: uint8(n.op), name: n.relation}
	case Junction:
		*to = piece{node: pieceJunction, op: uint8(n.op), terms: uint32(len(n.terms))}
	default:
		return false
	}
	return true
}

func hasValue(l *Leaf) bool {
	return l.Op != OpIsNull && l.Value.kind != KindNull && l.Value.kind != KindField
}

// hash mixes the pieces of a node into h and counts them down from left; not ok where
// they are too many, or no shape.
func hashShape(n Node, h *uint64, left *int) bool {
	var p piece
	if *left--; *left < 0 || !pieceOf(n, &p) {
		return false
	}
	mix := func(x uint64) { *h = (*h ^ x) * 0x9e3779b97f4a7c15; *h ^= *h >> 29 }
	a, b := words(p.name[:min(len(p.name), maxWords)])
	mix(uint64(p.node) | uint64(p.op)<<8 | uint64(p.kind)<<16 | uint64(p.terms)<<24)
	mix(a ^ uint64(len(p.name))<<56)
	mix(b)
	switch n := n.(type) {
	case Negation:
		return hashShape(n.term, h, left)
	case Quantified:
		return hashShape(n.term, h, left)
	case Junction:
		for _, t := range n.terms {
			if !hashShape(t, h, left) {
				return false
			}
		}
	case Constant, Leaf, Invalid:
	}
	return true
}

// piecesOf appends the pieces of a node. They keep nothing of the caller's memory.
func piecesOf(n Node, to []piece) []piece {
	var p piece
	pieceOf(n, &p)
	p.name = strings.Clone(p.name)
	to = append(to, p)
	switch n := n.(type) {
	case Leaf:
		if n.Value.kind == KindField {
			to = append(to, piece{node: pieceOther, name: strings.Clone(n.Value.str)})
		}
	case Negation:
		to = piecesOf(n.term, to)
	case Quantified:
		to = piecesOf(n.term, to)
	case Junction:
		for _, t := range n.terms {
			to = piecesOf(t, to)
		}
	case Constant, Invalid:
	}
	return to
}
