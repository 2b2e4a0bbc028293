package spec

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Relation leads from a row to others that belong to it: the comments of a
// task, its owner. In memory they are nested in the row, in SQL they are in a
// table of their own.
type Relation struct {
	Name string
	Rows *Schema // what fields those rows have
	One  bool    // there is at most one, whose fields are reached by a dot
}

// relation is a Relation whose schema need not be known yet: types contain
// themselves.
type relation struct {
	name string
	one  bool
	rows func() *Schema
}

// Relate returns a copy of the schema with more relations. Rows that are nil are
// rows of the new schema itself, as in a tree. It is an error if a name is empty
// or a relation or field has it.
func (sc *Schema) Relate(relations ...Relation) (*Schema, error) {
	related, err := NewSchema(slices.Collect(sc.Fields())...)
	if err != nil {
		return nil, err
	}
	if sc != nil {
		related.relations = slices.Clone(sc.relations)
	}
	for _, r := range relations {
		rows := r.Rows
		if rows == nil {
			rows = related
		}
		if err := related.relate(relation{r.Name, r.One, func() *Schema { return rows }}); err != nil {
			return nil, err
		}
	}
	return related, nil
}

func (sc *Schema) relate(r relation) error {
	_, isField := sc.index[r.name]
	switch {
	case !isFieldName(r.name):
		return fmt.Errorf("spec: the name of a relation is empty, too long or not UTF-8")
	case isField, sc.direct(r.name) != nil:
		return fmt.Errorf("spec: relation %q: there is a field or relation of that name", r.name)
	}
	sc.relations = append(sc.relations, r)
	return nil
}

func (sc *Schema) direct(name string) *relation {
	if sc == nil {
		return nil
	}
	for i := range sc.relations {
		if sc.relations[i].name == name {
			return &sc.relations[i]
		}
	}
	return nil
}

// Relation returns the relation at the end of a path, as [Any] takes it: its
// name, or its name behind those of relations to one row.
func (sc *Schema) Relation(path string) (Relation, bool) {
	r := sc.relation(path, 0)
	if r == nil {
		return Relation{}, false
	}
	return Relation{path, r.rows(), r.one}, true
}

// Relations yields the relations of the schema itself, in the order of their
// declaration. A schema may lead back to itself.
func (sc *Schema) Relations() iter.Seq[Relation] {
	return func(yield func(Relation) bool) {
		if sc == nil {
			return
		}
		for _, r := range sc.relations {
			if !yield(Relation{r.name, r.rows(), r.one}) {
				return
			}
		}
	}
}

func (sc *Schema) relation(path string, hops int) *relation {
	if r := sc.direct(path); r != nil {
		return r
	}
	if r, rest := sc.through(path); r != nil && r.one && hops < MaxRelations {
		return r.rows().relation(rest, hops+1)
	}
	return nil
}

// through splits a path behind a relation at its beginning; nil for none.
func (sc *Schema) through(path string) (r *relation, rest string) {
	if sc == nil || len(sc.relations) == 0 {
		return nil, ""
	}
	for i := range len(path) {
		if path[i] == '.' {
			if r := sc.direct(path[:i]); r != nil {
				return r, path[i+1:]
			}
		}
	}
	return nil, ""
}

// RelationError says what is wrong with a relation that a specification asks
// about.
type RelationError struct {
	Relation string // as the specification names it
	Reason   string
	err      error
}

// Error returns a sentence for a log.
func (e *RelationError) Error() string {
	return fmt.Sprintf("spec: relation %q: %s", e.Relation, e.Reason)
}

// Unwrap returns [ErrUnknownField] or [ErrType].
func (e *RelationError) Unwrap() error { return e.err }

// behind says where the field of an error is, for a row that a relation leads to.
func behind(relation string, err error) error {
	switch e := err.(type) {
	case *FieldError:
		inner := *e
		inner.Field = relation + "." + e.Field
		return &inner
	case *RelationError:
		inner := *e
		inner.Relation = strings.TrimSuffix(relation+"."+e.Relation, ".")
		return &inner
	}
	return err
}
