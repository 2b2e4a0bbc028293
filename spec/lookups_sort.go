package spec

import "strings"

// SortKey is a field to sort by.
type SortKey struct {
	Field      string
	Descending bool
}

// SortKeys reads the keys that a caller wants rows sorted by, each once: the name
// of a field, its dots written as "__" or as dots, behind a "-" where the greatest
// comes first. Only the allowed fields are sort keys, as in [FromLookups]: the
// order of rows tells what is in them. Leave out fields that the caller may not
// read, and enums, whose labels have no order that engines agree on. Where none are
// allowed, everything is refused. Every error is a [*LookupError].
func SortKeys(keys []string, allowed ...string) ([]SortKey, error) {
	if len(allowed) == 0 {
		return nil, &LookupError{Reason: "no field is allowed", err: ErrNotAllowed}
	}
	seen := make(map[string]bool, len(keys))
	sorted := make([]SortKey, 0, len(keys))
	for _, key := range keys {
		name, descending := strings.CutPrefix(key, "-")
		field, err := allowedField(key, name, allowed)
		if err != nil {
			return nil, err
		}
		if seen[field] {
			return nil, &LookupError{Key: key, Reason: "the field is there twice"}
		}
		seen[field] = true
		sorted = append(sorted, SortKey{field, descending})
	}
	return sorted, nil
}
