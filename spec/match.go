package spec

import (
	"strings"
)

// match reports whether a row is true for a part of a specification. Negations
// have been pushed to the leaves by then, and above the leaves only And and Or
// are left: with those, what is true never depends on whether something else is
// false or unknown. So two values are enough here, and each leaf decides what
// its own unknown means: not true, negated or not.
type match func(row) bool

// compiler turns a resolved specification into a match for one layout.
type compiler struct{ layout *layout }

// node compiles n, or its negation. De Morgan's laws and the laws of negation
// hold in Kleene's logic as they do in Boole's.
func (c compiler) node(n Node, negated bool) (match, error) {
	switch n := n.(type) {
	case Constant:
		return constant(bool(n) != negated), nil
	case Leaf:
		return c.leaf(n, negated)
	case Negation:
		return c.node(n.term, !negated)
	case Quantified:
		return c.quantified(n, negated)
	case Junction:
		terms := make([]match, len(n.terms))
		for i, t := range n.terms {
			m, err := c.node(t, negated)
			if err != nil {
				return nil, err
			}
			terms[i] = m
		}
		if (n.op == Conjunction) != negated {
			return every(terms), nil
		}
		return some(terms), nil
	case Invalid:
		return nil, n.Err
	}
	panic("spec: a node of an unknown kind") // the set is closed
}

func constant(b bool) match { return func(row) bool { return b } }

func every(terms []match) match {
	if len(terms) == 2 {
		a, b := terms[0], terms[1]
		return func(r row) bool { return a(r) && b(r) }
	}
	return func(r row) bool {
		for _, m := range terms {
			if !m(r) {
				return false
			}
		}
		return true
	}
}

func some(terms []match) match {
	if len(terms) == 2 {
		a, b := terms[0], terms[1]
		return func(r row) bool { return a(r) || b(r) }
	}
	return func(r row) bool {
		for _, m := range terms {
			if m(r) {
				return true
			}
		}
		return false
	}
}

// leaf compiles one leaf: by a shortcut where there is one, else by the
// definition.
func (c compiler) leaf(leaf Leaf, negated bool) (match, error) {
	if leaf.Value.kind == KindField {
		return c.fields(leaf, negated), nil
	}
	cond, err := newCondition(leaf)
	if err != nil {
		return nil, err
	}
	if c.layout.base != baseMap {
		if m := shortcut(c.layout.column(leaf.Field), cond, negated); m != nil {
			return m, nil
		}
	}
	read, want := c.reader(leaf.Field), True
	if negated {
		want = False
	}
	return func(r row) bool { return cond.truth(read(r)) == want }, nil
}

// fields compiles a leaf that compares two fields.
func (c compiler) fields(leaf Leaf, negated bool) match {
	read, other, want := c.reader(leaf.Field), c.reader(leaf.Value.str), True
	if negated {
		want = False
	}
	return func(r row) bool {
		return condition{op: leaf.Op, operand: other(r)}.truth(read(r)) == want
	}
}

func (c compiler) reader(field string) func(row) Value {
	if c.layout.base != baseMap {
		return c.layout.column(field).value
	}
	if declared, ok := c.layout.schema.field(field); ok {
		return mapReader(field, &declared)
	}
	return mapReader(field, nil)
}

// resolve checks s against the layout.
func (l *layout) resolve(s Specification) (Specification, error) { return resolve(s, l) }

func (l *layout) leaf(leaf Leaf) (Leaf, error) {
	if l.schema == nil {
		for _, field := range []string{leaf.Field, leaf.Value.Field()} {
			if hasEmptyPart(field) {
				return leaf, &FieldError{field, leaf.Op, "a part of the path is empty", ErrUnknownField}
			}
		}
		return leaf, nil
	}
	for _, field := range []string{leaf.Field, leaf.Value.Field()} {
		if why, unfit := l.whyUnfit(field); unfit {
			return leaf, &FieldError{field, leaf.Op, why, ErrType}
		}
	}
	return l.schema.leaf(leaf)
}

func hasEmptyPart(path string) bool {
	return strings.HasPrefix(path, ".") || strings.HasSuffix(path, ".") || strings.Contains(path, "..")
}

// whyUnfit says why a field that a struct has cannot be compared.
func (l *layout) whyUnfit(field string) (why string, unfit bool) {
	if _, ok := l.schema.field(field); ok || l.base == baseMap {
		return "", false
	}
	if why, unfit = l.unfit[field]; unfit {
		return why, true
	}
	r, rest := l.schema.through(field)
	if r == nil || !r.one {
		return "", false
	}
	_, between := l.family(field[:len(field)-len(rest)-1])
	return between.whyUnfit(rest)
}

func (l *layout) related(relation string) (scope, error) {
	switch {
	case l.schema == nil && hasEmptyPart(relation):
		return nil, noRelation(relation)
	case l.schema == nil:
		return l, nil // a map says nothing of its rows either
	case l.base == baseMap:
		return l.schema.related(relation)
	case l.schema.relation(relation, 0) == nil:
		return nil, noRelation(relation)
	}
	_, rows := l.family(relation)
	return rows, nil
}
