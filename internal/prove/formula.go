package prove

import "github.com/rolespec/rolespec/spec"

// formula is what has to hold of the unknowns, without negations: a literal, or
// terms of which every one or some one has to hold.
type formula struct {
	literal *literal
	every   bool
	terms   []formula
}

// literal is a condition on unknowns, all of whose limits have to be kept.
type literal struct {
	limits []limit
	asks   *ask // where it is about related rows
}

// limit leaves some cases of an unknown.
type limit struct {
	unknown int
	cases   cases
}

// formula says what it takes for n to be one of these truths.
func (q *question) formula(n spec.Node, are truths) formula {
	switch n := n.(type) {
	case spec.Constant:
		t := isFalse
		if n {
			t = isTrue
		}
		return formula{every: t&are != 0} // of no terms every one holds, and none does
	case spec.Negation:
		return q.formula(n.Term(), are.not())
	case spec.Junction:
		f := formula{every: are.ofEvery(n.Connective())}
		for t := range n.Terms() {
			f.terms = append(f.terms, q.formula(t, are))
		}
		return f
	case spec.Leaf:
		return formula{literal: q.leaf(n, are)}
	case spec.Quantified:
		a := q.ask(n)
		return formula{literal: &literal{limits: []limit{{a.atom, are.cases()}}, asks: a}}
	case spec.Invalid:
	}
	return formula{every: true} // nothing is known of it
}

// occurrence is a leaf, by its text, and what it is supposed to be.
type occurrence struct {
	leaf string
	are  truths
}

// leaf returns what it takes for a leaf to be one of these truths, the same for
// every occurrence.
func (q *question) leaf(n spec.Leaf, are truths) *literal {
	o := occurrence{n.String(), are}
	l, ok := q.leaves[o]
	if !ok {
		l = &literal{limits: q.limits(n, o)}
		q.leaves[o] = l
	}
	return l
}

func (q *question) limits(n spec.Leaf, o occurrence) []limit {
	f := q.fields[n.Field]
	switch {
	case isConstant(n):
		limits := []limit{{f.unknown, f.truths[o.leaf].of(o.are)}}
		if !isComplete(n) {
			limits = append(limits, limit{q.atom(o.leaf), o.are.cases()})
		}
		return limits
	case n.Op <= spec.OpDistinct:
		p, n := q.pair(n)
		return []limit{{p.unknown, p.cases(n.Op, o.are)}}
	}
	return []limit{{q.atom(o.leaf), o.are.cases()}, {f.unknown, f.present(n.Op, o.are)}}
}
