package spec

import (
	"slices"
	"sync/atomic"
)

// shaping binds the values of a specification to the program of a shape while it checks
// that it is of that shape.
type shaping struct {
	pieces    []piece
	variables []variable
	to        []operand
}

func (s *shaping) node(n Node) bool {
	var p piece
	if len(s.pieces) == 0 || !pieceOf(n, &p) || p != s.pieces[0] {
		return false
	}
	s.pieces = s.pieces[1:]
	switch n := n.(type) {
	case Leaf:
		return s.leaf(&n)
	case Negation:
		return s.node(n.term)
	case Quantified:
		return s.node(n.term)
	case Junction:
		for _, t := range n.terms {
			if !s.node(t) {
				return false
			}
		}
	case Constant, Invalid:
	}
	return true
}

func (s *shaping) leaf(l *Leaf) bool {
	if l.Value.kind == KindField {
		other := len(s.pieces) > 0 && s.pieces[0].node == pieceOther && s.pieces[0].name == l.Value.str
		s.pieces = s.pieces[b2i(other):]
		return other
	}
	if !hasValue(l) {
		return true
	}
	v := &s.variables[0]
	s.variables = s.variables[1:]
	return v.bindValue(&s.to[v.slot], &l.Value)
}

// bindNode returns the program for the shape of a node and the operands for its values,
// in to where there is room. It is nil where the shape is not kept or the values do not
// fit, and then place is where to keep it, nil where it is none to keep.
func (l *layout) bindNode(n Node, to []operand) (p *program, ops []operand, place *atomic.Pointer[shape]) {
	hash, left := uint64(0), maxShape
	if !hashShape(n, &hash, &left) {
		return nil, nil, nil
	}
	place = &l.shapes[hash>>32%keptShapes]
	kept := place.Load()
	if kept == nil {
		return nil, nil, place
	}
	ops = kept.program.room(to)
	s := shaping{kept.pieces, kept.program.variables, ops}
	if !s.node(n) || len(s.pieces) > 0 {
		return nil, nil, place
	}
	return kept.program, ops, place
}

// keepShape keeps the program of a node, which was linked with all its values, without
// them.
func keepShape(place *atomic.Pointer[shape], n Node, p *program) {
	kept := *p
	kept.operands = slices.Clone(p.operands)
	for _, v := range p.variables {
		kept.operands[v.slot] = operand{}
	}
	place.Store(&shape{piecesOf(n, nil), &kept})
}
