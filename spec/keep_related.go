package spec

import "reflect"

// keepRelated copies the fields of the related rows.
func (l *layout) keepRelated(dst, src reflect.Value, f *family, fields []string) {
	ok := true
	for _, st := range f.path {
		dst, src = dst.Field(st.index), src.Field(st.index)
		if st.deref {
			if dst, src, ok = enter(dst, src); !ok {
				return
			}
		}
	}
	if f.one {
		l.of(f).keep(dst, src, fields)
		return
	}
	if src.IsNil() || !dst.CanSet() {
		return
	}
	dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
	for i := range src.Len() {
		d, s := dst.Index(i), src.Index(i)
		if f.pointers {
			if d, s, ok = enter(d, s); !ok {
				continue
			}
		}
		l.of(f).keep(d, s, fields)
	}
}

// keptOfMap returns what is kept of a map, nil for nil. Keys are the whole name of
// a field, or lead to a map, or a list of them, that has the rest of the name.
func keptOfMap(src map[string]any, fields []string) map[string]any {
	if src == nil {
		return nil
	}
	dst := map[string]any{}
	for _, name := range fields {
		if v, ok := src[name]; ok && isOneValue(v) {
			dst[name] = v
		}
	}
	for key, value := range src {
		if rest := below(fields, key); len(rest) > 0 {
			if v, ok := keptBelow(value, rest); ok {
				dst[key] = v
			}
		}
	}
	return dst
}

// keptBelow returns what is kept of the rows that a key leads to. What is no row
// among them is dropped.
func keptBelow(v any, fields []string) (any, bool) {
	if m, ok := asMap(v); ok {
		return keptOfMap(m, fields), true
	}
	list, ok := asList(v)
	if !ok || len(list) > 0 && isOneValue(v) {
		return nil, false
	}
	kept := make([]any, 0, len(list))
	for _, e := range list {
		if m, ok := asMap(e); ok {
			kept = append(kept, keptOfMap(m, fields))
		}
	}
	return kept, true
}

// isOneValue reports whether a value is no row and has none in it.
func isOneValue(v any) bool {
	if _, isRow := asMap(v); isRow {
		return v == nil
	}
	list := reflect.ValueOf(v)
	if list.Kind() != reflect.Slice {
		return true
	}
	switch list.Type().Elem().Kind() {
	case reflect.Interface, reflect.Map, reflect.Slice:
	default:
		return true
	}
	for i := range list.Len() {
		if !isOneValue(list.Index(i).Interface()) {
			return false
		}
	}
	return true
}
