package document

import (
	"reflect"
	"strings"
)

// Decode reads the file into the types that describe it. Problems are added to
// those of the file; what could not be read is left at its zero value.
func (f *File) Decode(v any) {
	if f.Root != nil {
		f.into(v, f.Root)
	}
}

// into reads a node into what v points to. A *Node takes it as it is, for who
// knows better what may stand there.
func (f *File) into(v any, n *Node) {
	switch v := v.(type) {
	case reads:
		v.read(f, n)
		return
	case **Node:
		*v = n
		return
	}
	switch p := reflect.ValueOf(v).Elem(); p.Kind() {
	case reflect.Struct:
		f.intoStruct(p, n)
	case reflect.Slice:
		if n.Kind != List {
			f.problem(n.Pos, f.adviceForList(), "%v stands where a list is wanted", n.Kind)
			return
		}
		p.Set(reflect.MakeSlice(p.Type(), len(n.Items), len(n.Items)))
		for i, item := range n.Items {
			f.into(p.Index(i).Addr().Interface(), item)
		}
	case reflect.Pointer:
		p.Set(reflect.New(p.Type().Elem()))
		f.into(p.Interface(), n)
	}
}

func (f *File) adviceForList() string {
	if f.IsJSON {
		return "write it in brackets"
	}
	return "begin each with -"
}

// intoStruct reads a mapping whose keys are known.
func (f *File) intoStruct(p reflect.Value, n *Node) {
	p.FieldByName("Pos").Set(reflect.ValueOf(n.Pos))
	if n.Kind != Map {
		f.problem(n.Pos, "", "%v stands where a mapping is wanted", n.Kind)
		return
	}
	fields := fieldsOf(p.Type())
	for _, k := range n.Keys {
		field, ok := fields.byName(k.Name)
		if !ok {
			f.problem(k.Pos, f.adviceForKey(k.Name, fields), "there is no key %s here", Quote(k.Name))
			continue
		}
		f.into(p.FieldByIndex(field.index).Addr().Interface(), k.Value)
	}
	for _, field := range fields {
		if field.required && n.Value(field.name) == nil {
			f.problem(n.Pos, "", "the key %s is missing", field.name)
		}
	}
}

func (f *File) adviceForKey(name string, fields fields) string {
	if advice := didYouMean(name, fields.names()); advice != "" {
		return advice
	}
	return "the keys are " + strings.Join(fields.names(), ", ")
}

// fields are the keys that a struct is read from.
type fields []field

type field struct {
	name     string
	required bool
	index    []int
}

func fieldsOf(t reflect.Type) (all fields) {
	for _, sf := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(sf.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		all = append(all, field{name, sf.Tag.Get("document") == "required", sf.Index})
	}
	return all
}

func (fs fields) byName(name string) (field, bool) {
	for _, f := range fs {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

func (fs fields) names() []string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.name
	}
	return names
}
