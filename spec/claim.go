package spec

import "fmt"

// ClaimGetter returns a function that reads the claim of that name from a
// payload of type T, as the value of a [Variable], and what kind of claim it is.
// T is a struct, a pointer to one, or a map[string]any, whose claims have no
// kind before they are there. Fields are named by their tag (spec, else json),
// else in snake case. A name that T does not have, or whose type no operator can
// compare, is a [*FieldError].
//
// The value is null where the payload is nil or has no such claim. One that no
// specification may hold (NaN, text with a NUL ...) makes whatever it is bound
// to an error.
//
// [WithSchema] declares the claims of a map: one of another kind than declared is
// then of no use as a value, as if it were missing.
func ClaimGetter[T any](name string, opts ...Option) (get func(payload *T) Value, claim Field, err error) {
	l, err := claimLayout[T](opts)
	if err != nil {
		return nil, Field{}, err
	}
	if claim, err = l.claim(name); err != nil {
		return nil, Field{}, err
	}
	read := compiler{l}.reader(name)
	return func(payload *T) Value {
		p, ok := rowOf(l.base, payload)
		if !ok {
			return Null
		}
		return read(p).constant()
	}, claim, nil
}

// claimLayout returns the layout of a payload.
func claimLayout[T any](opts []Option) (*layout, error) {
	var o options
	for _, opt := range opts {
		opt(&o)
	}
	l, err := layoutOf[T](o.schema, claimNames)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrField, err)
	}
	return l, nil
}

// claim returns what kind of claim a name is, or why it is none.
func (l *layout) claim(name string) (claim Field, err error) {
	probe, err := l.resolve(IsNull(name))
	if err != nil {
		return Field{}, err
	}
	for leaf := range probe.Leaves() {
		claim, _ = l.schema.Field(leaf.Field)
	}
	return claim, nil
}

// constant brings a value that a row may hold to one that a specification may.
func (v Value) constant() Value {
	switch v.kind {
	case KindString:
		return stringValue(v.str)
	case KindBytes:
		return bytesValue([]byte(v.str))
	case KindFloat:
		return floatValue(v.Float())
	case KindTime:
		return timeValue(v.Time())
	case KindList:
		elements := v.List()
		for i, e := range elements {
			elements[i] = e.constant()
		}
		return listValue(elements)
	}
	return v
}
