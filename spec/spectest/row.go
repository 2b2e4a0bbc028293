package spectest

import "strings"

// Row is one row: by the name of the field the value, null where there is none.
// A name with a dot leads into a map inside it.
type Row = map[string]any

// ID returns the id of a row, 0 where it has none.
func ID(r Row) int64 {
	switch id := r["id"].(type) {
	case int64:
		return id
	case int:
		return int64(id)
	}
	return 0
}

// Get returns what a row has in a field, nil for null.
func Get(r Row, field string) any {
	v := any(r)
	for part := range strings.SplitSeq(field, ".") {
		m, _ := v.(map[string]any)
		v = m[part]
	}
	return v
}

// Set puts a value into a field of a row, and what is missing on the way.
func Set(r Row, field string, v any) {
	for {
		parent, rest, nested := strings.Cut(field, ".")
		if !nested {
			r[field] = v
			return
		}
		inner, _ := r[parent].(map[string]any)
		if inner == nil {
			inner = map[string]any{}
			r[parent] = inner
		}
		r, field = inner, rest
	}
}
