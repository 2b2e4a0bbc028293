package spec

import (
	"errors"
	"fmt"
	"iter"
	"slices"
)

// Field describes one field of a row.
type Field struct {
	Name     string   // as specifications name it; a dot leads into a nested part
	Kind     Kind     // of the field, or of the elements where List is set
	Nullable bool     // whether it can be null or missing
	List     bool     // a list of Kind
	Labels   []string // where not empty: an enum, whose Kind is KindString
}

// Schema is the fields that a row has. It is read from a Go type by [SchemaOf]
// or made by [NewSchema], and never changes. Everything that has to know a
// field (the matcher, tables, policies) asks a schema, so a specification is
// checked in one place. The nil Schema has no fields.
type Schema struct {
	fields    []Field
	index     map[string]int
	relations []relation
}

// NewSchema returns a schema of these fields. It is an error if a name is empty
// or appears twice, if a kind is not one that a row can hold, or if Labels are
// given to anything but text.
func NewSchema(fields ...Field) (*Schema, error) {
	sc := &Schema{index: make(map[string]int, len(fields))}
	for _, f := range fields {
		switch {
		case f.Name == "":
			return nil, errors.New("spec: a field of a schema has no name")
		case f.Kind < KindBool || f.Kind > KindUUID:
			return nil, fmt.Errorf("spec: field %q: a row cannot hold a %s", f.Name, f.Kind)
		case len(f.Labels) > 0 && f.Kind != KindString:
			return nil, fmt.Errorf("spec: field %q: labels need the kind string, not %s", f.Name, f.Kind)
		}
		if _, twice := sc.index[f.Name]; twice {
			return nil, fmt.Errorf("spec: field %q is declared twice", f.Name)
		}
		sc.index[f.Name] = len(sc.fields)
		f.Labels = slices.Clone(f.Labels)
		sc.fields = append(sc.fields, f)
	}
	return sc, nil
}

// SchemaOf returns the schema of a struct type. Fields are named by their tag
// (spec, else db, else json), else by their Go name in snake case; see the
// package documentation for the types and the options of the tag. Fields whose
// type no operator can compare are left out. A T that is no struct, nor a
// pointer to one, is an error.
func SchemaOf[T any]() (*Schema, error) {
	l, err := layoutOf[T](nil, rowNames)
	if err != nil {
		return nil, err
	}
	if l.schema == nil {
		return nil, fmt.Errorf("spec: a map says nothing of its fields: declare them with NewSchema")
	}
	return l.schema, nil
}

// Field returns the field of that name, or at the end of a path through relations
// to one row.
func (sc *Schema) Field(name string) (Field, bool) {
	f, ok := sc.field(name)
	f.Labels = slices.Clone(f.Labels)
	return f, ok
}

// field is Field that shares the labels.
func (sc *Schema) field(name string) (Field, bool) { return sc.fieldBehind(name, 0) }

func (sc *Schema) fieldBehind(name string, hops int) (Field, bool) {
	if sc == nil {
		return Field{}, false
	}
	if i, ok := sc.index[name]; ok {
		return sc.fields[i], true
	}
	r, rest := sc.through(name)
	if r == nil || !r.one || hops == MaxRelations {
		return Field{}, false
	}
	f, ok := r.rows().fieldBehind(rest, hops+1)
	f.Name, f.Nullable = name, true // the row may be absent
	return f, ok
}

// Fields yields the fields of the row itself in the order of their declaration.
func (sc *Schema) Fields() iter.Seq[Field] {
	return func(yield func(Field) bool) {
		if sc == nil {
			return
		}
		for _, f := range sc.fields {
			f.Labels = slices.Clone(f.Labels)
			if !yield(f) {
				return
			}
		}
	}
}
