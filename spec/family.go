package spec

import (
	"reflect"
	"slices"
)

// family is where the rows of a type keep those of a relation: a slice of
// structs or of pointers to them, a struct or a pointer to one.
type family struct {
	name     string
	one      bool
	path     []step
	elem     reflect.Type // of the related rows, a struct
	size     uintptr      // from one element of the slice to the next
	pointers bool         // the elements of the slice are pointers
}

// familyOf reports whether a field of that type holds related rows. Behind a
// pointer a type is that of what it points to.
func familyOf(typ reflect.Type) (family, bool) {
	f := family{one: typ.Kind() == reflect.Struct, elem: typ}
	if typ.Kind() == reflect.Slice {
		f.elem, f.size = typ.Elem(), typ.Elem().Size()
		if f.pointers = f.elem.Kind() == reflect.Pointer; f.pointers {
			f.elem = f.elem.Elem()
		}
	}
	return f, f.elem.Kind() == reflect.Struct && !isScalarStruct(f.elem)
}

// of returns the layout of the related rows.
func (l *layout) of(f *family) *layout {
	related, err := layoutOfStruct(f.elem, l.names)
	if err != nil { // the layouts that a row type leads to were made with it
		return &layout{schema: &Schema{}}
	}
	return related
}

// checkRelated makes the layouts of all that l leads to.
func (l *layout) checkRelated(seen map[*layout]bool) error {
	if seen[l] {
		return nil
	}
	seen[l] = true
	for i := range l.families {
		related, err := layoutOfStruct(l.families[i].elem, l.names)
		if err != nil {
			return err
		}
		if err := related.checkRelated(seen); err != nil {
			return err
		}
	}
	return nil
}

// family returns the relation at the end of a path, with the whole way to it.
func (l *layout) family(path string) (f family, rows *layout) {
	for i := range l.families {
		if l.families[i].name == path {
			return l.families[i], l.of(&l.families[i])
		}
	}
	_, rest := l.schema.through(path)
	parent, between := l.family(path[:len(path)-len(rest)-1])
	f, rows = between.family(rest)
	f.path = append(slices.Clip(parent.path), f.path...)
	return f, rows
}

// column returns the column of a field that the schema has.
func (l *layout) column(field string) *column {
	if i, ok := l.schema.index[field]; ok {
		return &l.columns[i]
	}
	_, rest := l.schema.through(field)
	parent, between := l.family(field[:len(field)-len(rest)-1])
	c := *between.column(rest)
	c.path = append(slices.Clip(parent.path), c.path...)
	c.field.Name, c.field.Nullable = field, true
	return &c
}
