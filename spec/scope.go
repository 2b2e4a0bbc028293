package spec

import (
	"slices"
)

// scope is what a specification about one row can name.
type scope interface {
	// leaf checks a leaf and converts its value to the kind of its field.
	leaf(Leaf) (Leaf, error)
	// related returns the scope of the rows at the end of a relation.
	related(relation string) (scope, error)
}

// Resolve returns s with every value converted to the kind of its field: what
// the matcher evaluates and SQL binds. It fails with a [*FieldError] where a
// field is unknown or an operator or value does not fit it, with a
// [*RelationError] where a relation is unknown, with an [*UnboundError] where a
// variable is left, and with s.Err().
func (sc *Schema) Resolve(s Specification) (Specification, error) { return resolve(s, sc) }

func (sc *Schema) leaf(leaf Leaf) (Leaf, error) {
	f, ok := sc.field(leaf.Field)
	if !ok {
		return leaf, sc.unknown(leaf.Field, leaf.Op)
	}
	if leaf.Value.kind == KindField {
		return leaf, sc.reference(leaf, f)
	}
	return f.resolve(leaf)
}

// reference checks that the two fields of a leaf can be compared.
func (sc *Schema) reference(leaf Leaf, f Field) error {
	other, ok := sc.field(leaf.Value.str)
	if !ok {
		return sc.unknown(leaf.Value.str, leaf.Op)
	}
	if reason := f.comparable(leaf.Op, other); reason != "" {
		return &FieldError{leaf.Field, leaf.Op, reason, ErrType}
	}
	return nil
}

// unknown says why there is no such field.
func (sc *Schema) unknown(name string, op Op) error {
	if r := sc.relation(name, 0); r != nil && r.one {
		return &FieldError{name, op, "is a row and no value: name one of its fields, or ask Any", ErrType}
	} else if r != nil {
		return &FieldError{name, op, "is rows and no value: ask Any or Every", ErrType}
	}
	if r, _ := sc.through(name); r != nil && !r.one {
		return &FieldError{name, op, "leads through many rows: ask Any or Every", ErrUnknownField}
	}
	return &FieldError{name, op, "there is no such field", ErrUnknownField}
}

func (sc *Schema) related(relation string) (scope, error) {
	r := sc.relation(relation, 0)
	if r == nil {
		return nil, noRelation(relation)
	}
	return r.rows(), nil
}

func noRelation(name string) error {
	return &RelationError{name, "there is no such relation", ErrUnknownField}
}

// resolve rebuilds s with each leaf as its scope wants it.
func resolve(s Specification, in scope) (Specification, error) {
	if err := s.Err(); err != nil {
		return Specification{}, err
	}
	n, err := resolveNode(s.Node(), in)
	if err != nil {
		return Specification{}, err
	}
	return rooted(n), nil
}

func resolveNode(n Node, in scope) (_ Node, err error) {
	switch n := n.(type) {
	case Leaf:
		if _, open := in.(openScope); n.Value.hasVariables() && !open {
			return nil, &UnboundError{rooted(n).Vars()[0]}
		}
		leaf, err := in.leaf(n)
		return leaf, err
	case Negation:
		n.term, err = resolveNode(n.term, in)
		return n, err
	case Quantified:
		rows, err := in.related(n.relation)
		if err != nil {
			return nil, err
		}
		if n.term, err = resolveNode(n.term, rows); err != nil {
			return nil, behind(n.relation, err)
		}
		return n, nil
	case Junction:
		n.terms = slices.Clone(n.terms)
		for i, t := range n.terms {
			if n.terms[i], err = resolveNode(t, in); err != nil {
				return nil, err
			}
		}
		return n, nil
	case Invalid:
		return nil, n.Err
	case Constant:
	}
	return n, nil
}
