package policytest

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// shape is what a row may hold.
type shape struct {
	fields     map[string]spec.Field
	relations  map[string]spec.Relation
	inner      map[string]bool // that lead to fields with a dot in their names
	fieldNames []string
	names      []string // of fields and relations
}

type shapes map[*spec.Schema]*shape

// of returns the shape of the rows of a schema.
func (s shapes) of(sc *spec.Schema) *shape {
	if sh, ok := s[sc]; ok {
		return sh
	}
	sh := &shape{map[string]spec.Field{}, map[string]spec.Relation{}, map[string]bool{}, nil, nil}
	for f := range sc.Fields() {
		sh.fields[f.Name] = f
		sh.fieldNames = append(sh.fieldNames, f.Name)
		for at, c := range f.Name {
			if c == '.' {
				sh.inner[f.Name[:at]] = true
			}
		}
	}
	sh.names = slices.Clone(sh.fieldNames)
	for r := range sc.Relations() {
		sh.relations[r.Name] = r
		sh.names = append(sh.names, r.Name)
	}
	s[sc] = sh
	return sh
}

// put sets a field, behind maps for the dots in its name. It reports whether the
// field was not set before.
func put(into map[string]any, name string, v any) bool {
	for {
		first, rest, nested := strings.Cut(name, ".")
		if !nested {
			break
		}
		if _, there := into[first]; !there {
			into[first] = map[string]any{}
		}
		inner, ok := into[first].(map[string]any)
		if !ok {
			return false
		}
		into, name = inner, rest
	}
	_, twice := into[name]
	into[name] = v
	return !twice
}
