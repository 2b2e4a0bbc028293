package spec

import (
	"strings"
)

// compiler reads the rows of one layout.
type compiler struct{ layout *layout }

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

// takes checks a leaf but for its value.
func (l *layout) takes(leaf Leaf) error {
	if _, err := l.leaf(Leaf{leaf.Field, OpIsNull, Null}); err != nil || l.schema == nil {
		return err
	}
	f, _ := l.schema.field(leaf.Field)
	if reason := f.takes(leaf.Op); reason != "" {
		return &FieldError{leaf.Field, leaf.Op, reason, ErrType}
	}
	return nil
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
