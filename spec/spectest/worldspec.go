package spectest

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// MaxDepth is how deep the specifications of a world are at most.
const MaxDepth = 6

// Specification draws the next specification, of a depth up to [MaxDepth].
func (w *World) Specification() spec.Specification {
	return w.specification(w.Schema, w.rand.IntN(MaxDepth+1), spec.MaxRelations)
}

// specification is about rows of the schema, and leads through so many relations
// at most.
func (w *World) specification(sc *spec.Schema, depth, relations int) spec.Specification {
	if depth == 0 || w.rand.IntN(5) < 2 {
		return w.leaf(sc, relations)
	}
	if s := w.scope(sc); len(s.relations) > 0 && relations > 0 && w.rand.IntN(3) > 0 {
		return w.quantified(sc, depth, relations)
	}
	switch w.rand.IntN(3) {
	case 0:
		return spec.And(w.terms(sc, depth, relations)...)
	case 1:
		return spec.Or(w.terms(sc, depth, relations)...)
	}
	return w.specification(sc, depth-1, relations).Not()
}

// terms are mostly two, and now and then none.
func (w *World) terms(sc *spec.Schema, depth, relations int) []spec.Specification {
	terms := make([]spec.Specification, one(w.rand, []int{0, 1, 2, 2, 2, 3, 3}))
	for i := range terms {
		terms[i] = w.specification(sc, depth-1, relations)
	}
	return terms
}

// quantified asks about the rows of a relation, or of one behind others to one
// row.
func (w *World) quantified(sc *spec.Schema, depth, relations int) spec.Specification {
	prefix, at, left := w.through(sc, relations-1)
	s := w.scope(at)
	if len(s.relations) == 0 {
		return w.specification(sc, depth-1, relations)
	}
	r := one(w.rand, s.relations)
	asked := spec.Any(prefix+r.Name, w.specification(r.Rows, depth-1, left))
	if w.rand.IntN(2) == 0 {
		asked = spec.Every(prefix+r.Name, w.specification(r.Rows, depth-1, left))
	}
	if w.rand.IntN(3) == 0 { // no engine may push it inside
		return asked.Not()
	}
	return asked
}

// through goes along relations to one row, mostly along none, and returns the path
// with a dot at its end, where it leads, and how many relations are left.
func (w *World) through(sc *spec.Schema, relations int) (string, *spec.Schema, int) {
	prefix := ""
	for relations > 0 && w.rand.IntN(3) == 0 {
		s := w.scope(sc)
		if len(s.ones) == 0 {
			break
		}
		r := one(w.rand, s.ones)
		prefix, sc = prefix+r.Name+".", r.Rows
		relations--
	}
	return prefix, sc, relations
}

// scope is what there is in the rows of a schema.
type scope struct {
	fields          []spec.Field
	relations, ones []spec.Relation
}

func (w *World) scope(sc *spec.Schema) scope {
	s, ok := w.scopes[sc]
	if !ok {
		s.fields, s.relations = slices.Collect(sc.Fields()), slices.Collect(sc.Relations())
		for _, r := range s.relations {
			if r.One {
				s.ones = append(s.ones, r)
			}
		}
		w.scopes[sc] = s
	}
	return s
}

// field draws a field of the rows or of what they lead to by a dot.
func (w *World) field(sc *spec.Schema, relations int) spec.Field {
	prefix, at, _ := w.through(sc, relations)
	f := one(w.rand, w.scope(at).fields)
	f.Name = prefix + f.Name
	return f
}
