package rolehttp

import (
	"reflect"

	"github.com/rolespec/rolespec/payload"
)

// subjectOf returns the function that finds the subject in claims of type C: in the
// payload.Registered that they embed, or in a map with names as keys. Where it finds
// none it is "".
func subjectOf[C any]() func(*C) string {
	t := reflect.TypeFor[C]()
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Map:
		return subjectOfMap[C]
	case reflect.Struct:
		if t == reflect.TypeFor[payload.Registered]() {
			return func(claims *C) string { return fieldOf(claims, nil) }
		}
		if f, ok := t.FieldByName("Registered"); ok && f.Anonymous && f.Type == reflect.TypeFor[payload.Registered]() {
			return func(claims *C) string { return fieldOf(claims, f.Index) }
		}
	}
	return func(*C) string { return "" }
}

// subjectOf returns the subject of a caller; none where the function that knows it
// panics, as it is of no importance to the answer.
func (g *Guard[C]) subjectOf(c *caller[C]) (subject string) {
	defer func() { _ = recover() }()
	return g.subject(&c.claims)
}

// fieldOf returns the subject of the payload.Registered at an index of the claims.
func fieldOf[C any](claims *C, index []int) string {
	v := reflect.ValueOf(claims).Elem()
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if !v.IsValid() {
		return ""
	}
	v, err := v.FieldByIndexErr(index)
	if err != nil {
		return ""
	}
	r, _ := v.Interface().(payload.Registered)
	return r.Subject
}

func subjectOfMap[C any](claims *C) string {
	v := reflect.ValueOf(claims).Elem()
	if v.Kind() != reflect.Map || v.Type().Key().Kind() != reflect.String {
		return ""
	}
	v = v.MapIndex(reflect.ValueOf("sub").Convert(v.Type().Key()))
	if !v.IsValid() {
		return ""
	}
	subject, _ := v.Interface().(string)
	return subject
}
