package spec

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// KeepFields leaves of a row the fields that are named and makes zero whatever
// else is in it: a row for somebody who may not see all of it. A field that is
// tagged away or unexported has no name, so it is never kept.
//
// Nested fields and those of related rows are named by a dot: address.city,
// comments.text. A name alone does not keep what is below it. Related rows of
// which no field is kept are gone; of the others their number stays to be seen.
//
// What the row points to is not written to: it is copied as far as it is kept,
// so rows that share it with a cache are safe. A map row becomes a new map.
//
// A name that the row does not have keeps nothing. A field of a type that no
// specification can name cannot be kept either; naming it is a [*FieldError], and
// leaves a row in which nothing is kept, as every error does. A nil row is left as
// it is.
func KeepFields[T any](r *T, fields ...string) error {
	if r == nil {
		return nil
	}
	var zero T
	l, err := layoutOf[T](nil, rowNames)
	if err == nil {
		err = l.checkKept(fields)
	}
	if err != nil {
		*r = zero
		return err
	}
	src, dst := reflect.ValueOf(r).Elem(), reflect.New(reflect.TypeFor[T]()).Elem()
	switch l.base {
	case baseMap:
		if m := keptOfMap(src.Convert(typeMap).Interface().(map[string]any), fields); m != nil {
			dst.Set(reflect.ValueOf(m).Convert(dst.Type()))
		}
	case basePointer:
		if !src.IsNil() {
			dst.Set(reflect.New(dst.Type().Elem()))
			l.keep(dst.Elem(), src.Elem(), fields)
		}
	case baseStruct:
		l.keep(dst, src, fields)
	}
	src.Set(dst)
	return nil
}

// checkKept refuses names of fields that are there and that nobody knows how to
// copy.
func (l *layout) checkKept(fields []string) error {
	for _, name := range fields {
		if reason, ok := l.unfit[name]; ok {
			return &FieldError{Field: name, Reason: "cannot be kept: " + reason, err: ErrType}
		}
	}
	for i := range l.families {
		if rest := below(fields, l.families[i].name); len(rest) > 0 {
			if err := l.of(&l.families[i]).checkKept(rest); err != nil {
				return fmt.Errorf("below %q: %w", l.families[i].name, err)
			}
		}
	}
	return nil
}

// below returns the names below a name, without it.
func below(fields []string, name string) (rest []string) {
	for _, f := range fields {
		if r, ok := strings.CutPrefix(f, name+"."); ok {
			rest = append(rest, r)
		}
	}
	return rest
}

// keep copies the fields from one struct to another of the same type.
func (l *layout) keep(dst, src reflect.Value, fields []string) {
	for i := range l.columns {
		if slices.Contains(fields, l.columns[i].field.Name) {
			keepPath(dst, src, l.columns[i].path)
		}
	}
	for i := range l.families {
		if rest := below(fields, l.families[i].name); len(rest) > 0 {
			l.keepRelated(dst, src, &l.families[i], rest)
		}
	}
}

// keepPath copies what lies at the end of a path, making the structs on the way. A
// value with a Valid flag is copied with it.
func keepPath(dst, src reflect.Value, path []step) {
	for i, st := range path {
		if st.flag {
			break
		}
		dst, src = dst.Field(st.index), src.Field(st.index)
		if i < len(path)-1 && st.deref {
			var ok bool
			if dst, src, ok = enter(dst, src); !ok {
				return
			}
		}
	}
	if dst.CanSet() {
		dst.Set(src)
	}
}

// enter follows a pointer in both rows. It is not ok where there is nothing, and
// where the pointer is to an embedded struct of an unexported type, which cannot
// be made.
func enter(dst, src reflect.Value) (d, s reflect.Value, ok bool) {
	if src.IsNil() || !dst.CanSet() {
		return dst, src, false
	}
	if dst.IsNil() {
		dst.Set(reflect.New(dst.Type().Elem()))
	}
	return dst.Elem(), src.Elem(), true
}
