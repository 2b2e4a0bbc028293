package spec

import "slices"

// part is what was read and is not built yet: so a long junction in a hundred
// parentheses, or inside two negations, is put together once, and reading takes
// time in proportion to the text.
type part struct {
	start       int        // where it begins in the text
	terms       int        // how many; none for a constant
	first, last int32      // of the terms, see parts
	op          Connective // joins them
	not         bool       // negates the whole
	all         bool       // which constant
}

// parts holds the terms of all parts, each with the index of the one after it.
type parts struct {
	terms   []Node
	after   []int32
	scratch []Node
}

// newParts has room for so many terms.
func newParts(most int) parts {
	return parts{terms: make([]Node, 0, most), after: make([]int32, 0, most)}
}

// single is a part of one term.
func (p *parts) single(start int, n Node) part {
	if c, ok := n.(Constant); ok {
		return part{start: start, all: bool(c)}
	}
	i := int32(len(p.terms))
	p.terms, p.after = append(p.terms, n), append(p.after, 0)
	return part{start: start, terms: 1, first: i, last: i}
}

// negated is Not, two of which cancel.
func (a part) negated(start int) part {
	a.start = start
	if a.terms == 0 {
		a.all = !a.all
	} else {
		a.not = !a.not
	}
	return a
}

// join is And or Or of two parts.
func (p *parts) join(op Connective, a, b part) (part, *SyntaxError) {
	absorbing := op == Disjunction
	switch {
	case a.terms == 0 && a.all == absorbing, b.terms == 0 && b.all != absorbing:
		return a, nil
	case a.terms == 0, b.terms == 0:
		return b, nil
	}
	for _, side := range []*part{&a, &b} {
		if side.not || side.terms > 1 && side.op != op {
			n, bad := p.build(*side)
			if bad != nil {
				return a, bad
			}
			*side = p.single(side.start, n)
		}
	}
	p.after[a.last] = b.first
	return part{start: a.start, terms: a.terms + b.terms, first: a.first, last: b.last, op: op}, nil
}

// build makes the node that a part stands for.
func (p *parts) build(a part) (Node, *SyntaxError) {
	if a.terms == 0 {
		return Constant(a.all), nil
	}
	n := p.terms[a.first]
	if a.terms > 1 {
		p.scratch = slices.Grow(p.scratch[:0], a.terms)
		for i := a.first; len(p.scratch) < a.terms; i = p.after[i] {
			p.scratch = append(p.scratch, p.terms[i])
		}
		n = joinNodes(a.op, p.scratch)
	}
	if a.not {
		n = negation(n)
	}
	if bad, ok := n.(Invalid); ok {
		return n, refused(a.start, bad.Err)
	}
	return n, nil
}
