package spec

import (
	"fmt"
	"maps"
	"slices"
)

// Rows declares the rows of a name among others, for [NewSchemas].
type Rows struct {
	Fields    []Field
	Relations []Link
}

// Link is a [Relation] to rows that are called by their name.
type Link struct {
	Name string
	To   string // the name of the rows
	One  bool   // there is at most one, whose fields are reached by a dot
}

// NewSchemas returns the schemas of rows that lead to each other, by their names:
// tasks have an owner, and owners have tasks. It is an error where [NewSchema] or
// [Schema.Relate] would fail, and where a link leads to rows that are not declared.
func NewSchemas(declared map[string]Rows) (map[string]*Schema, error) {
	schemas := make(map[string]*Schema, len(declared))
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		sc, err := NewSchema(declared[name].Fields...)
		if err != nil {
			return nil, fmt.Errorf("rows %q: %w", name, err)
		}
		schemas[name] = sc
	}
	for _, name := range slices.Sorted(maps.Keys(declared)) {
		for _, l := range declared[name].Relations {
			to := schemas[l.To]
			if to == nil {
				return nil, fmt.Errorf("rows %q: spec: relation %q leads to %q, which is not declared", name, l.Name, l.To)
			}
			if err := schemas[name].relate(relation{l.Name, l.One, func() *Schema { return to }}); err != nil {
				return nil, fmt.Errorf("rows %q: %w", name, err)
			}
		}
	}
	return schemas, nil
}
