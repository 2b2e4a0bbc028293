package spectest

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// NewSchema returns the schema of these fields and relations, which are written
// down flat: a field belongs to the rows of the longest relation that its name
// begins with, a relation too. One that no field belongs to leads back to the
// rows that it begins at, as in a tree. The Rows of the relations are not looked
// at.
//
//	NewSchema([]spec.Field{
//		{Name: "id", Kind: spec.KindInt},
//		{Name: "owner.id", Kind: spec.KindInt},
//		{Name: "owner.name", Kind: spec.KindString},
//	}, []spec.Relation{{Name: "owner", One: true}, {Name: "owner.boss", One: true}})
func NewSchema(fields []spec.Field, relations []spec.Relation) (*spec.Schema, error) {
	var own []spec.Field
	for _, f := range fields {
		if !slices.ContainsFunc(relations, func(r spec.Relation) bool { return isBehind(f.Name, r.Name) }) {
			own = append(own, f)
		}
	}
	sc, err := spec.NewSchema(own...)
	if err != nil {
		return nil, err
	}
	var direct []spec.Relation
	for _, r := range relations {
		if slices.ContainsFunc(relations, func(other spec.Relation) bool { return isBehind(r.Name, other.Name) }) {
			continue
		}
		r.Rows = nil
		if inner := fieldsBehind(fields, r.Name); len(inner) > 0 {
			if r.Rows, err = NewSchema(inner, relationsBehind(relations, r.Name)); err != nil {
				return nil, err
			}
		}
		direct = append(direct, r)
	}
	if len(direct) == 0 {
		return sc, nil
	}
	return sc.Relate(direct...)
}

func isBehind(name, relation string) bool { return strings.HasPrefix(name, relation+".") }

func fieldsBehind(fields []spec.Field, relation string) (behind []spec.Field) {
	for _, f := range fields {
		if isBehind(f.Name, relation) {
			f.Name = f.Name[len(relation)+1:]
			behind = append(behind, f)
		}
	}
	return behind
}

func relationsBehind(relations []spec.Relation, relation string) (behind []spec.Relation) {
	for _, r := range relations {
		if isBehind(r.Name, relation) {
			r.Name = r.Name[len(relation)+1:]
			behind = append(behind, r)
		}
	}
	return behind
}

// Path returns the path of the rows that a relation leads to, from rows that are
// at a path themselves: the same path in a tree. The rows of a schema itself are
// at the empty path.
func Path(at string, sc *spec.Schema, r spec.Relation) string {
	switch {
	case r.Rows == sc:
		return at
	case at == "":
		return r.Name
	}
	return at + "." + r.Name
}

// used returns the fields and relations of a flat schema that a specification is
// about, and the ids.
func used(fields []spec.Field, relations []spec.Relation, s spec.Specification) ([]spec.Field, []spec.Relation) {
	u := usage{fields: fields, relations: relations, names: map[string]bool{}}
	u.node("", s.Node())
	var usedFields []spec.Field
	var usedRelations []spec.Relation
	for _, r := range relations {
		if u.names[r.Name] {
			usedRelations = append(usedRelations, r)
			u.names[r.Name+".id"] = true
		}
	}
	for _, f := range fields {
		if f.Name == "id" || u.names[f.Name] {
			usedFields = append(usedFields, f)
		}
	}
	return usedFields, usedRelations
}

type usage struct {
	fields    []spec.Field
	relations []spec.Relation
	names     map[string]bool
}

func (u usage) node(at string, n spec.Node) {
	switch n := n.(type) {
	case spec.Leaf:
		u.walk(at, n.Field)
		if n.Value.Kind() == spec.KindField {
			u.walk(at, n.Value.Field())
		}
	case spec.Negation:
		u.node(at, n.Term())
	case spec.Junction:
		for t := range n.Terms() {
			u.node(at, t)
		}
	case spec.Quantified:
		u.node(u.walk(at, n.Relation()), n.Term())
	}
}

// walk goes along a path from the rows at a path, and returns where it leads.
func (u usage) walk(at, path string) string {
	full := strings.TrimPrefix(at+"."+path, ".")
	for _, r := range u.relations {
		if full != r.Name && !isBehind(full, r.Name) || len(r.Name) <= len(at) {
			continue
		}
		if slices.ContainsFunc(u.relations, func(other spec.Relation) bool { return isBehind(r.Name, other.Name) && len(other.Name) > len(at) }) {
			continue // there is a nearer one
		}
		u.names[r.Name] = true
		next := r.Name
		if len(fieldsBehind(u.fields, r.Name)) == 0 { // a tree
			next = at
		}
		rest := strings.TrimPrefix(strings.TrimPrefix(full, r.Name), ".")
		if rest == "" {
			return next
		}
		return u.walk(next, rest)
	}
	u.names[full] = true
	return full
}
