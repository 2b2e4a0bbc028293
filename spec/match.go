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
		if m := shortcut(c.column(leaf.Field), cond, negated); m != nil {
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

func (c compiler) column(field string) *column {
	return &c.layout.columns[c.layout.schema.index[field]]
}

func (c compiler) reader(field string) func(row) Value {
	if c.layout.base != baseMap {
		return c.column(field).value
	}
	if declared, ok := c.layout.schema.field(field); ok {
		return mapReader(field, &declared)
	}
	return mapReader(field, nil)
}

// resolve checks s against the layout.
func (l *layout) resolve(s Specification) (Specification, error) {
	if l.schema != nil {
		return resolve(s, l.resolveLeaf)
	}
	return resolve(s, func(leaf Leaf) (Leaf, error) {
		for _, field := range []string{leaf.Field, leaf.Value.Field()} {
			if strings.HasPrefix(field, ".") || strings.HasSuffix(field, ".") || strings.Contains(field, "..") {
				return leaf, &FieldError{field, leaf.Op, "a part of the path is empty", ErrUnknownField}
			}
		}
		return leaf, nil
	})
}

func (l *layout) resolveLeaf(leaf Leaf) (Leaf, error) {
	f, err := l.field(leaf.Field, leaf.Op)
	if err != nil {
		return leaf, err
	}
	if leaf.Value.kind != KindField {
		return f.resolve(leaf)
	}
	if _, err := l.field(leaf.Value.str, leaf.Op); err != nil {
		return leaf, err
	}
	return leaf, l.schema.resolveReference(leaf, f)
}

func (l *layout) field(name string, op Op) (Field, error) {
	if f, ok := l.schema.field(name); ok {
		return f, nil
	}
	if why, unfit := l.unfit[name]; unfit {
		return Field{}, &FieldError{name, op, why, ErrType}
	}
	return Field{}, &FieldError{name, op, "the row has no such field", ErrUnknownField}
}
