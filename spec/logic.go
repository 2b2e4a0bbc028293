package spec

// And is true where every term is true. And() is [All].
//
// And and Or flatten: And(a, And(b, c)) is And(a, b, c). They absorb: [All]
// leaves a conjunction, [None] makes it None. A term with an error makes the
// whole an error.
func And(terms ...Specification) Specification { return junction(Conjunction, terms) }

// Or is true where some term is true. Or() is [None]: a caller with no grants
// sees nothing. It flattens and absorbs as [And] does.
func Or(terms ...Specification) Specification { return junction(Disjunction, terms) }

// Not is true where s is false. Where s is unknown, because a field is null or
// missing, Not(s) is unknown too and the row stays hidden: Not never turns a gap
// in the data into a grant. Not(Not(s)) is s.
func Not(s Specification) Specification { return rooted(negation(s.Node())) }

func negation(n Node) Node {
	switch n := n.(type) {
	case Constant:
		return !n
	case Negation:
		return n.term
	case Invalid:
		return n
	default:
		neg := Negation{term: n, depth: depth(n) + 1, vars: hasVariables(n)}
		return bounded(neg, neg.depth)
	}
}

// junction joins terms in canonical form.
func junction(op Connective, terms []Specification) Specification {
	j := newJoiner(op, len(terms))
	for i := range terms {
		j.add(terms[i].Node())
	}
	return rooted(j.joined())
}

// joinNodes joins terms in canonical form.
func joinNodes(op Connective, terms []Node) Node {
	j := newJoiner(op, len(terms))
	for _, n := range terms {
		j.add(n)
	}
	return j.joined()
}

// joiner joins terms in canonical form.
type joiner struct {
	junction Junction
	neutral  Constant // changes nothing: All in And, None in Or
	absorbed bool
	invalid  Node // before anything can absorb it
}

func newJoiner(op Connective, most int) joiner {
	return joiner{junction: Junction{op: op, terms: make([]Node, 0, most)}, neutral: op == Conjunction}
}

func (j *joiner) add(n Node) {
	switch n := n.(type) {
	case Invalid:
		if j.invalid == nil {
			j.invalid = n
		}
	case Constant:
		j.absorbed = j.absorbed || n != j.neutral
	case Junction:
		if n.op == j.junction.op {
			j.junction.terms = append(j.junction.terms, n.terms...)
		} else {
			j.junction.terms = append(j.junction.terms, n)
		}
	default:
		j.junction.terms = append(j.junction.terms, n)
	}
}

func (j *joiner) joined() Node {
	terms := j.junction.terms
	switch {
	case j.invalid != nil:
		return j.invalid
	case j.absorbed:
		return !j.neutral
	case len(terms) == 0:
		return j.neutral
	case len(terms) == 1:
		return terms[0]
	}
	for _, n := range terms {
		j.junction.depth = max(j.junction.depth, depth(n)+1)
		j.junction.vars = j.junction.vars || hasVariables(n)
	}
	return bounded(j.junction, j.junction.depth)
}

func bounded(n Node, depth int) Node {
	if depth > MaxDepth {
		return Invalid{ErrTooDeep}
	}
	return n
}
