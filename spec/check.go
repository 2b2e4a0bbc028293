package spec

// Check returns nil where s is true of the row, and a [*CheckError] where it is
// false or unknown. A nil row fails. Where s does not compile for T the error is
// that of [Compile], which is not an [ErrCheck]. To check many rows, Compile once.
func Check[T any](s Specification, r *T) error {
	m, err := Compile[T](s)
	if err != nil {
		return err
	}
	return m.Check(r)
}

// Check returns nil where [Matcher.Match] is true, else a [*CheckError]. It costs
// no more than Match where the row passes.
func (m *Matcher[T]) Check(r *T) error {
	if m.Match(r) {
		return nil
	}
	failed := &CheckError{}
	if m == nil || m.program == nil {
		return failed
	}
	if p, ok := rowOf(m.layout.base, r); ok {
		failed.holds(compiler{m.layout}, m.resolved(), p, false)
	}
	return failed
}

// holds reports whether the node, or its negation, is true of the row, and
// collects what is not.
func (e *CheckError) holds(c compiler, n Node, r row, negated bool) bool {
	switch n := n.(type) {
	case Constant:
		return bool(n) != negated
	case Negation:
		return e.holds(c, n.term, r, !negated)
	case Junction:
		if (n.op == Conjunction) != negated {
			return e.all(c, n.terms, r, negated)
		}
		return e.some(c, n.terms, r, negated)
	case Leaf:
		truth, reason := partTruth(func(x *Explanation) Truth { return x.leaf(c, n, r) })
		return e.add(CheckFailure{Field: n.Field, Op: n.Op, Negated: negated, Truth: truth, Reason: reason})
	case Quantified:
		truth, reason := partTruth(func(x *Explanation) Truth { return x.quantified(c, n, r) })
		return e.add(CheckFailure{Field: n.relation, Quantity: n.op, Negated: negated, Truth: truth, Reason: reason})
	case Invalid:
	}
	return false
}

func (e *CheckError) all(c compiler, terms []Node, r row, negated bool) bool {
	holds := true
	for _, t := range terms {
		holds = e.holds(c, t, r, negated) && holds
	}
	return holds
}

// some forgets what failed before a term that is true.
func (e *CheckError) some(c compiler, terms []Node, r row, negated bool) bool {
	before := len(e.Failures)
	for _, t := range terms {
		if e.holds(c, t, r, negated) {
			e.Failures = e.Failures[:before]
			return true
		}
	}
	return false
}

// partTruth evaluates one part as [Matcher.Explain] does. The reason is that of an
// unknown alone: how many related rows there are is data.
func partTruth(explain func(*Explanation) Truth) (truth Truth, reason string) {
	var x Explanation
	if truth = explain(&x); truth == Unknown && len(x.Leaves) == 1 {
		reason = x.Leaves[0].Reason
	}
	return truth, reason
}

// add notes a part, whose truth is not yet negated, unless it holds.
func (e *CheckError) add(f CheckFailure) bool {
	if f.Negated {
		f.Truth = f.Truth.Not()
	}
	if f.Truth == True {
		return true
	}
	e.Failures = append(e.Failures, f)
	return false
}
