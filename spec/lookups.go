package spec

import (
	"maps"
	"slices"
	"strings"
)

// FromLookups returns the conjunction of lookups, in the order of their keys: a
// filter that a caller asks for, to be joined by [And] to what the caller may see.
//
//	{"age__gte": 18, "name__in": ["ann", "bob"], "owner__city": "Rome"}
//
// A key is the name of a field, its dots written as "__", and an operator as JSON
// calls it behind another "__", or == != < <= > >=; eq where there is none.
// isnone takes true or false. A field whose last part is called as an operator
// needs one written: a__in__eq. Values are what [ValueOf] takes; nil compares as
// null does.
//
// A caller may name the allowed fields and no other: what a filter can ask of a
// field, it can find out about it. Where none are allowed, everything is refused,
// no lookups as well. Otherwise no lookups are no condition: [All].
//
// Every error is a [*LookupError], and the Specification beside it is [None].
func FromLookups(lookups map[string]any, allowed ...string) (Specification, error) {
	return fromLookups(lookups, allowed, func(l lookup, v any) (Specification, error) {
		if l.op == OpIsNull {
			null, ok := v.(bool)
			if !ok {
				return None(), &LookupError{Key: l.key, Reason: "isnone takes true or false"}
			}
			return l.isNull(null), nil
		}
		value, err := ValueOf(v)
		if err != nil {
			return None(), &LookupError{l.key, strings.TrimPrefix(err.Error(), "spec: "), ErrValue}
		}
		if value.kind == KindField && !slices.Contains(allowed, value.str) {
			return None(), &LookupError{l.key, "compares with a field that is not allowed", ErrNotAllowed}
		}
		return NewLeaf(l.field, l.op, value), nil
	})
}

// fromLookups joins what term makes of each lookup.
func fromLookups[V any](lookups map[string]V, allowed []string, term func(lookup, V) (Specification, error)) (Specification, error) {
	if len(allowed) == 0 {
		return None(), &LookupError{Reason: "no field is allowed", err: ErrNotAllowed}
	}
	terms := make([]Specification, 0, len(lookups))
	for _, key := range slices.Sorted(maps.Keys(lookups)) {
		l, err := lookupOf(key, allowed)
		if err != nil {
			return None(), err
		}
		t, err := term(l, lookups[key])
		if err != nil {
			return None(), err
		}
		if err := t.Err(); err != nil {
			return None(), refusedLookup(key, err)
		}
		terms = append(terms, t)
	}
	return And(terms...), nil
}

// lookup is what a key asks.
type lookup struct {
	key   string
	field string
	op    Op
}

// lookupOf reads a key.
func lookupOf(key string, allowed []string) (lookup, error) {
	l := lookup{key: key, op: OpEq}
	parts := strings.Split(key, "__")
	last := len(parts) - 1
	if op, ok := leafOps[parts[last]]; ok && last > 0 {
		l.op, parts = op, parts[:last]
	}
	var err error
	l.field, err = allowedField(key, strings.Join(parts, "__"), allowed)
	return l, err
}

// allowedField returns the allowed field that a name is of.
func allowedField(key, name string, allowed []string) (string, error) {
	field := strings.ReplaceAll(name, "__", ".")
	if !slices.Contains(allowed, field) {
		return "", &LookupError{key, "not a field to filter or sort by, or no operator", ErrNotAllowed}
	}
	return field, nil
}

func (l lookup) isNull(null bool) Specification {
	if null {
		return IsNull(l.field)
	}
	return NotNull(l.field)
}
