package spec

import (
	"fmt"
	"reflect"
	"sync"
)

// layout is what a matcher knows of a row type: where each field lies. It is
// made once per type and shared.
type layout struct {
	base     rowBase
	schema   *Schema           // nil: a map that nobody declared
	columns  []column          // beside schema.fields, for structs
	families []family          // beside schema.relations, for structs
	unfit    map[string]string // fields that exist but cannot be compared, and why
	names    naming
	shapes   shapes
}

// rowBase says how to get from a *T to the row itself.
type rowBase uint8

const (
	baseStruct  rowBase = iota // T is the struct
	basePointer                // T points to the struct
	baseMap                    // T is a map[string]any
)

var layouts sync.Map // layoutKey -> *layout; as many as the program has row types

type layoutKey struct {
	typ   reflect.Type
	names naming
}

// layoutOf returns the layout of T. A declared schema is for maps only.
func layoutOf[T any](declared *Schema, names naming) (*layout, error) {
	t := reflect.TypeFor[T]()
	if t.Kind() == reflect.Map && t.ConvertibleTo(typeMap) {
		return &layout{base: baseMap, schema: declared}, nil
	}
	if declared != nil {
		return nil, fmt.Errorf("spec: a declared schema is for maps, the row type %v has its own", t)
	}
	if l, ok := layouts.Load(layoutKey{t, names}); ok {
		return l.(*layout), nil
	}
	l, err := layoutOfStruct(t, names)
	if err != nil {
		return nil, err
	}
	return l, l.checkRelated(map[*layout]bool{})
}

func layoutOfStruct(t reflect.Type, names naming) (*layout, error) {
	if l, ok := layouts.Load(layoutKey{t, names}); ok {
		return l.(*layout), nil
	}
	l := &layout{names: names}
	structType := t
	if t.Kind() == reflect.Pointer {
		structType, l.base = t.Elem(), basePointer
	}
	if structType.Kind() != reflect.Struct || structType == typeTime {
		return nil, fmt.Errorf("spec: rows of type %v have no fields: use a struct, a pointer to one, or a map[string]any", t)
	}
	found := scanStruct(structType, names)
	l.columns, l.families, l.unfit = found.fields, found.families, found.unfit
	fields := make([]Field, len(l.columns))
	for i, c := range l.columns {
		fields[i] = c.field
	}
	var err error
	if l.schema, err = NewSchema(fields...); err != nil {
		return nil, fmt.Errorf("row type %v: %w", t, err)
	}
	for i := range l.families {
		f := &l.families[i]
		if err := l.schema.relate(relation{f.name, f.one, func() *Schema { return l.of(f).schema }}); err != nil {
			return nil, fmt.Errorf("row type %v: %w", t, err)
		}
	}
	stored, _ := layouts.LoadOrStore(layoutKey{t, names}, l)
	return stored.(*layout), nil
}

// column is one field of a row type: the way to it and what lies there.
type column struct {
	field Field
	path  []step
	typ   reflect.Type // of what lies at the end of the path
	form  form
}

// step leads from one place in memory to the next: into a field, then, if the
// field is a pointer, to what it points to. A nil pointer or an unset Valid on
// the way makes the column null.
type step struct {
	index  int     // of the field, for reflection
	offset uintptr // of the field
	deref  bool    // the field is a pointer
	flag   bool    // there is a Valid flag beside the field
	valid  uintptr // its offset
}

// form says how the memory of a column is read.
type form uint8

const (
	formReflect form = iota // anything else, through its Go value
	formBool
	formInt
	formUint
	formFloat
	formString
	formBytes
	formTime
	formOctets // 16 bytes
	formValuer // a driver.Valuer whose kind the tag declares
)
