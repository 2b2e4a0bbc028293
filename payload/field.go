package payload

import (
	"reflect"
	"strings"
	"unicode"
)

// A field is one that encoding/json fills, by the name it has in JSON. Fields of embedded
// structs are among those of the struct they are in.
type field struct {
	name     string
	typ      reflect.Type
	owner    reflect.Type // the struct that declares it
	embedded bool         // an embedded field that has a name in its tag
	pointer  bool         // reached through an embedded pointer
}

func fieldsOf(t reflect.Type) []field {
	return collect(t, false, map[reflect.Type]bool{})
}

func collect(t reflect.Type, pointer bool, within map[reflect.Type]bool) (all []field) {
	if within[t] {
		return nil
	}
	within[t] = true
	defer delete(within, t)
	for i := range t.NumField() {
		f := t.Field(i)
		of := indirect(f.Type)
		if !f.IsExported() && !(f.Anonymous && of.Kind() == reflect.Struct) {
			continue
		}
		name, skip := tagged(f.Tag.Get("json"))
		if skip && !(f.Anonymous && of == registeredType) {
			continue
		}
		if f.Anonymous && name == "" && !skip && of.Kind() == reflect.Struct {
			all = append(all, collect(of, pointer || f.Type != of, within)...)
			continue
		}
		all = append(all, field{
			name:     defaultTo(name, f.Name),
			typ:      f.Type,
			owner:    t,
			embedded: f.Anonymous,
			pointer:  pointer,
		})
	}
	return all
}

// tagged reads a json tag as encoding/json does: name "" means the name of the Go field.
func tagged(tag string) (name string, skip bool) {
	if tag == "-" {
		return "", true
	}
	name, _, _ = strings.Cut(tag, ",")
	odd := func(c rune) bool {
		return !strings.ContainsRune("!#$%&()*+-./:;<=>?@[]^_{|}~ ", c) && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}
	if strings.ContainsFunc(name, odd) {
		return "", false
	}
	return name, false
}

func defaultTo(name, fallback string) string {
	if name == "" {
		return fallback
	}
	return name
}
