package spec

import "slices"

// linker makes the program of a resolved specification, or of a template.
type linker struct {
	program *program
	open    bool     // leaves are not resolved yet
	vars    []string // of a template
}

// link returns the program of a resolved specification. Its variables are all leaves
// that have a value, with their operands.
func link(l *layout, n Node) (*program, error) {
	return linker{program: &program{layout: l}}.link(n)
}

// linkOpen returns the program of a template with these variables.
func linkOpen(l *layout, t *Template) (*program, error) {
	return linker{&program{layout: l}, true, t.vars}.link(t.open.Node())
}

func (l linker) link(n Node) (_ *program, err error) {
	l.program.root, err = l.node(l.program.layout, n, false)
	return l.program, err
}

// node links n, or its negation. De Morgan's laws and the laws of negation hold in
// Kleene's logic as they do in Boole's.
func (l linker) node(in *layout, n Node, negated bool) (clause, error) {
	switch n := n.(type) {
	case Constant:
		if bool(n) != negated {
			return clause{join: joinEvery}, nil
		}
		return clause{join: joinNone}, nil
	case Leaf:
		k, err := l.leaf(in, n, negated)
		return clause{join: joinLeaf, kernel: k}, err
	case Negation:
		return l.node(in, n.term, !negated)
	case Quantified:
		return l.quantified(in, n, negated)
	case Junction:
		return l.junction(in, n, negated)
	case Invalid:
		return clause{}, n.Err
	}
	panic("spec: a node of an unknown kind") // the set is closed
}

func (l linker) junction(in *layout, n Junction, negated bool) (_ clause, err error) {
	c := clause{join: joinSome, terms: make([]clause, len(n.terms))}
	if (n.op == Conjunction) != negated {
		c.join = joinAll
	}
	for i, t := range n.terms {
		if c.terms[i], err = l.node(in, t, negated); err != nil {
			return c, err
		}
	}
	// Nothing that is evaluated fails or has an effect, so the cheap ones go first.
	slices.SortStableFunc(c.terms, func(a, b clause) int { return a.cost() - b.cost() })
	return c, nil
}

// quantified links a quantifier, which is true or false unless nobody knows the rows.
func (l linker) quantified(in *layout, q Quantified, negated bool) (clause, error) {
	if l.open {
		if _, err := in.related(q.relation); err != nil {
			return clause{}, err
		}
	}
	read, rows, one := compiler{in}.children(q.relation)
	term, err := l.node(rows, q.term, false)
	if err != nil {
		return clause{}, err
	}
	op := q.op
	if one { // every row of none would be true
		op = Existential
	}
	return clause{join: joinRelated, terms: []clause{term}, rows: &relatedRows{read, op, negated}}, nil
}

// leaf links one leaf: with a kernel for its Go type where there is one, else with the
// definition.
func (l linker) leaf(in *layout, leaf Leaf, negated bool) (*kernel, error) {
	if l.open && leaf.Value.kind == KindVariable {
		return l.variable(in, leaf, negated)
	}
	if l.open {
		var err error
		if leaf, err = in.leaf(leaf); err != nil {
			return nil, err
		}
	}
	k := newKernel(in, leaf, negated)
	if leaf.Value.kind == KindField {
		k.match = compiler{in}.fields(leaf, negated)
		k.code = codeMatch
		return k, nil
	}
	cond, err := newCondition(leaf)
	if err != nil {
		return nil, err
	}
	var o operand
	k.code = k.codeFor(leaf.Value.kind)
	if !k.prepare(&o, &cond) {
		k.code = codeDefinition
		o = operand{cond: &cond}
	}
	l.add(k, o)
	if !l.open && hasValue(&leaf) {
		l.program.variables = append(l.program.variables, variable{k, k.slot, 0, k.isPlain()})
	}
	return k, nil
}

// variable links a leaf whose value is a variable, for values of the kind of its field.
func (l linker) variable(in *layout, leaf Leaf, negated bool) (*kernel, error) {
	if err := in.takes(leaf); err != nil {
		return nil, err
	}
	index, ok := slices.BinarySearch(l.vars, leaf.Value.str)
	if !ok {
		return nil, &UnboundError{leaf.Value.str}
	}
	k := newKernel(in, leaf, negated)
	if k.column != nil && !k.column.field.List {
		k.code = k.codeFor(k.column.field.Kind)
	}
	l.add(k, operand{})
	l.program.variables = append(l.program.variables, variable{k, k.slot, index, k.isPlain()})
	return k, nil
}

func (l linker) add(k *kernel, o operand) {
	k.slot = len(l.program.operands)
	l.program.operands = append(l.program.operands, o)
}
