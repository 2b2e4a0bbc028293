package spec

import (
	"database/sql/driver"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// maxNesting bounds how far nested structs are followed; a type that contains
// itself is followed once.
const maxNesting = 8

// scanned collects the fields of a struct type and everything nested in it.
type scanned struct {
	names    naming
	fields   []column
	families []family
	unfit    map[string]string
	depths   map[string]int // by name: how deeply embedded the field is
}

func scanStruct(t reflect.Type, names naming) *scanned {
	s := &scanned{names: names, unfit: map[string]string{}, depths: map[string]int{}}
	s.structure(t, "", nil, nil, 0)
	return s
}

// structure adds the fields of t. Embedded structs are promoted as Go does: the
// shallowest field of a name wins, two at the same depth make it ambiguous.
func (s *scanned) structure(t reflect.Type, prefix string, path []step, outer []reflect.Type, embedded int) {
	if slices.Contains(outer, t) || len(outer) >= maxNesting {
		return
	}
	outer = append(slices.Clip(outer), t)
	for i := range t.NumField() {
		f := t.Field(i)
		tag := parseTag(f, s.names)
		promoted := f.Anonymous && !tag.named && !tag.skip && isEmbeddable(f.Type)
		if tag.skip || !f.IsExported() && !promoted {
			continue
		}
		here := append(slices.Clip(path), step{index: i, offset: f.Offset})
		typ := f.Type
		if typ.Kind() == reflect.Pointer {
			here[len(here)-1].deref = true
			typ = typ.Elem()
		}
		if promoted {
			s.structure(typ, prefix, here, outer, embedded+1)
			continue
		}
		s.field(prefix+tag.name, tag, typ, here, outer, embedded)
	}
}

func isEmbeddable(t reflect.Type) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && !isScalarStruct(t)
}

// isScalarStruct reports whether a struct type is one value rather than a part
// of the row with fields of its own.
func isScalarStruct(t reflect.Type) bool {
	return t == typeTime || t == typeDate || t == typeDecimal || isNullable(t) ||
		t.Implements(typeTextMarshaler) || reflect.PointerTo(t).Implements(typeTextMarshaler) ||
		t.Implements(typeValuer)
}

// field adds one named field, or the fields of the struct nested in it.
func (s *scanned) field(name string, tag fieldTag, typ reflect.Type, path []step, outer []reflect.Type, embedded int) {
	if !s.claim(name, embedded) {
		return
	}
	if fam, ok := familyOf(typ); ok && tag.kind == KindNull {
		if len(outer) == 1+embedded { // those of a nested struct are its own
			fam.name, fam.path = name, path
			s.families = append(s.families, fam)
		}
		if fam.one {
			s.structure(typ, name+".", path, outer, embedded)
		}
		return
	}
	if isNullable(typ) && typ.Field(0).Type.Kind() != reflect.Interface {
		valid, inner := typ.Field(1).Offset, typ.Field(0)
		path = append(path, step{index: 0, offset: inner.Offset, flag: true, valid: valid})
		typ = inner.Type
	}
	c := column{path: path, typ: typ, field: Field{Name: name, Nullable: isNullablePath(path), Labels: tag.labels}}
	reason := c.classify(tag.kind)
	if reason != "" {
		s.unfit[name] = reason
		return
	}
	s.fields = append(s.fields, c)
}

// claim takes a name for a field or for a nested struct. It is false where a
// shallower one has it, or one as deep, which makes it ambiguous; a deeper one
// is forgotten, with all its parts.
func (s *scanned) claim(name string, embedded int) bool {
	depth, seen := s.depths[name]
	if seen && depth < embedded {
		return false
	}
	s.fields = slices.DeleteFunc(s.fields, func(c column) bool { return isPart(c.field.Name, name) })
	s.families = slices.DeleteFunc(s.families, func(f family) bool { return isPart(f.name, name) })
	maps.DeleteFunc(s.unfit, func(other, _ string) bool { return isPart(other, name) })
	s.depths[name] = embedded
	if seen && depth == embedded {
		s.unfit[name] = "two embedded structs have a field of that name"
		return false
	}
	return true
}

func isPart(field, name string) bool { return field == name || strings.HasPrefix(field, name+".") }

func isNullablePath(path []step) bool {
	return slices.ContainsFunc(path, func(st step) bool { return st.deref || st.flag })
}

// classify finds the kind of the column and how to read it. declared is the kind
// that a tag names, KindNull for none. The reason is empty where it fits.
func (c *column) classify(declared Kind) (reason string) {
	c.field.Kind, c.form, c.field.List = kindOfType(c.typ)
	switch {
	case declared == KindNull && c.field.Kind == KindNull:
		return "its type " + c.typ.String() + " has no kind; a tag can declare one"
	case declared == KindNull || declared == c.field.Kind:
	case c.field.List:
		return "a tag cannot declare the kind of a list"
	case c.typ.Implements(typeValuer):
		c.form = formValuer
		c.field.Kind = declared
	case c.field.Kind == KindString && parsesAs(declared):
		c.form = formReflect
		c.field.Kind = declared
	default:
		return "its type " + c.typ.String() + " cannot hold the kind " + declared.String() + " that the tag declares"
	}
	switch c.typ.Kind() {
	case reflect.Slice, reflect.Map, reflect.Interface, reflect.Pointer:
		c.field.Nullable = true
	}
	c.field.Nullable = c.field.Nullable || c.form == formValuer // it may return nil
	return ""
}

func parsesAs(k Kind) bool {
	return k == KindDecimal || k == KindDate || k == KindTime || k == KindUUID
}

var typeValuer = reflect.TypeFor[driver.Valuer]()

// kindOfType returns what a Go type holds; KindNull where nobody can tell.
func kindOfType(t reflect.Type) (k Kind, f form, list bool) {
	switch t {
	case typeTime:
		return KindTime, formTime, false
	case typeDate:
		return KindDate, formReflect, false
	case typeDecimal:
		return KindDecimal, formReflect, false
	case typeRawJSON, typeValue, typeVariable:
		return KindNull, formReflect, false
	}
	switch t.Kind() {
	case reflect.Bool:
		return KindBool, formBool, false
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return KindInt, formInt, false
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return KindInt, formUint, false
	case reflect.Uint, reflect.Uint64:
		return KindUint, formUint, false
	case reflect.Float32, reflect.Float64:
		return KindFloat, formFloat, false
	case reflect.String:
		return KindString, formString, false
	case reflect.Array:
		if isUUID(t) {
			return KindUUID, formOctets, false
		}
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 && !t.Implements(typeTextMarshaler) {
			return KindBytes, formBytes, false
		}
	}
	if t.Implements(typeTextMarshaler) || reflect.PointerTo(t).Implements(typeTextMarshaler) {
		return KindString, formReflect, false
	}
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Array {
		elem := t.Elem()
		if elem.Kind() == reflect.Pointer {
			elem = elem.Elem()
		}
		if k, _, nested := kindOfType(elem); !nested {
			return k, formReflect, k != KindNull
		}
	}
	return KindNull, formReflect, false
}
