package prove

import "github.com/rolespec/rolespec/spec"

// pair is a field and what it is compared with: another field or a variable. Its
// cases are what the two may be in the order of the kind, and beside it.
type pair struct {
	unknown int
	field   *field
	other   *field     // nil for a variable
	byField classCases // the cases where the field is of a class
	byOther classCases // the same of the other field
	truths  map[spec.Op]*truthCases
}

// one is what one of the two may be. Three numbers and a text suffice for less,
// equal, greater and incomparable.
type one struct {
	plain any
	class class
}

var ones = []one{
	{nil, null},
	{1, present},
	{2, present},
	{"a", present},
	{strayValue, stray},
	{unreadableValue, unreadable},
}

var pairCases = len(ones) * len(ones)

// pair returns the pair that a leaf is about, and the leaf as it stands in the
// pair: a < b and b > a are the same.
func (q *question) pair(n spec.Leaf) (*pair, spec.Leaf) {
	other := n.Value.Field()
	if other != "" && other < n.Field {
		n = spec.Leaf{Field: other, Op: mirrored(n.Op), Value: spec.Of(spec.Ref(n.Field))}
	}
	key := spec.Leaf{Field: n.Field, Op: spec.OpEq, Value: n.Value}.String()
	p, ok := q.pairs[key]
	if !ok {
		p = q.newPair(n)
		q.pairs[key] = p
		q.pairList = append(q.pairList, p)
	}
	return p, n
}

// mirrored returns the operator that says of b and a what op says of a and b.
func mirrored(op spec.Op) spec.Op {
	switch op {
	case spec.OpLt:
		return spec.OpGt
	case spec.OpLte:
		return spec.OpGte
	case spec.OpGt:
		return spec.OpLt
	case spec.OpGte:
		return spec.OpLte
	}
	return op
}

func (q *question) newPair(n spec.Leaf) *pair {
	p := &pair{
		field:   q.fields[n.Field],
		other:   q.fields[n.Value.Field()],
		byField: newClassCases(pairCases),
		byOther: newClassCases(pairCases),
		truths:  map[spec.Op]*truthCases{},
	}
	all := noCases(pairCases)
	p.each(func(i int, a, b one) {
		if !p.has(a, b) {
			return
		}
		all.add(i)
		p.byField[a.class].add(i)
		p.byOther[b.class].add(i)
	})
	p.unknown = q.unknown(all)
	return p
}

// each yields the cases with their numbers.
func (p *pair) each(yield func(i int, a, b one)) {
	for i, a := range ones {
		for j, b := range ones {
			yield(i*len(ones)+j, a, b)
		}
	}
}

// has reports whether the two may be so. A variable is null or a value; what is
// declared compares only with its own kind.
func (p *pair) has(a, b one) bool {
	_, text := a.plain.(string)
	_, otherText := b.plain.(string)
	oneKind := p.field.scalar && (p.other == nil || p.other.scalar)
	switch {
	case p.other == p.field:
		return a == b || a.class == stray && b.class == stray
	case p.other == nil && b.class > present:
		return false
	case a.class == present && b.class == present && oneKind:
		return text == otherText
	}
	return true
}

// cases returns the cases in which the operator may be one of these truths.
func (p *pair) cases(op spec.Op, are truths) cases {
	if p.truths[op] == nil {
		p.truths[op] = p.evaluate(op)
	}
	return p.truths[op].of(are)
}

// evaluate asks package spec what the operator is in each case.
func (p *pair) evaluate(op spec.Op) *truthCases {
	cases := newTruthCases(pairCases)
	m, err := spec.Compile[map[string]any](spec.NewLeaf("a", op, spec.Of(spec.Ref("b"))))
	p.each(func(i int, a, b one) {
		are := anything
		if err == nil {
			row := map[string]any{"a": a.plain, "b": b.plain}
			are = only(m.Truth(&row))
		}
		cases.add(are, i)
	})
	return cases
}
