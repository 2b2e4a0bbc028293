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
func Not(s Specification) Specification {
	switch n := s.Node().(type) {
	case Constant:
		return Specification{n: !n}
	case Negation:
		return Specification{n: n.term}
	case Invalid:
		return s
	default:
		neg := Negation{term: n, depth: depth(n) + 1, vars: hasVariables(n)}
		return bounded(neg, neg.depth)
	}
}

// junction joins terms in canonical form.
func junction(op Connective, terms []Specification) Specification {
	neutral := Constant(op == Conjunction) // changes nothing: All in And, None in Or
	absorbed := false
	j := Junction{op: op, terms: make([]Node, 0, len(terms))}
	for _, t := range terms {
		switch n := t.Node().(type) {
		case Invalid: // before anything can absorb it
			return t
		case Constant:
			absorbed = absorbed || n != neutral
		case Junction:
			if n.op == op {
				j.terms = append(j.terms, n.terms...)
			} else {
				j.terms = append(j.terms, n)
			}
		default:
			j.terms = append(j.terms, n)
		}
	}
	switch {
	case absorbed:
		return Specification{n: !neutral}
	case len(j.terms) == 0:
		return Specification{n: neutral}
	case len(j.terms) == 1:
		return Specification{n: j.terms[0]}
	}
	for _, n := range j.terms {
		j.depth = max(j.depth, depth(n)+1)
		j.vars = j.vars || hasVariables(n)
	}
	return bounded(j, j.depth)
}

func bounded(n Node, depth int) Specification {
	if depth > MaxDepth {
		return Specification{n: Invalid{ErrTooDeep}}
	}
	return Specification{n: n}
}
