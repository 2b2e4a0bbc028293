package sqlspectest

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// aim is what a row should be like for a specification to be true of it, or not.
// It is a guess: what is true of a row is found out by asking.
type aim struct {
	set  map[string]any    // what fields should have, nil for null
	one  map[string]*aim   // the row that a relation to one leads to, nil for none
	many map[string][]*aim // the rows that a relation leads to
}

func newAim() *aim {
	return &aim{set: map[string]any{}, one: map[string]*aim{}, many: map[string][]*aim{}}
}

// at aims at what a part of a specification is to be: true, or not.
func (g *generator) at(t *liveTable, n spec.Node, want bool, a *aim) {
	switch n := n.(type) {
	case spec.Negation:
		g.at(t, n.Term(), !want, a)
	case spec.Junction:
		if (n.Connective() == spec.Conjunction) == want {
			for term := range n.Terms() {
				g.at(t, term, want, a)
			}
			return
		}
		g.at(t, n.Term(g.rand.IntN(n.Len())), want, a)
	case spec.Leaf:
		at, row, field := a.along(t, n.Field)
		if at == nil {
			return
		}
		if f, ok := at.stored[field]; ok {
			g.leaf(at, f.Field, n, want, row)
		}
	case spec.Quantified:
		at, row, name := a.along(t, n.Relation())
		if at == nil {
			return
		}
		for _, r := range at.relations {
			if r.name == name {
				g.quantified(r, n, want, row)
			}
		}
	}
}

// along goes along relations to one row, which then are not absent, and returns
// the table and the aim at the end, and what is left of the path.
func (a *aim) along(t *liveTable, path string) (*liveTable, *aim, string) {
	for _, r := range t.relations {
		if rest, ok := strings.CutPrefix(path, r.name+"."); ok && r.one {
			if a.one[r.name] == nil {
				a.one[r.name] = newAim()
			}
			return a.one[r.name].along(r.to, rest)
		}
	}
	return t, a, path
}

func (g *generator) quantified(r *liveRelation, n spec.Quantified, want bool, a *aim) {
	inner := newAim()
	every := n.Quantifier() == spec.Universal && !r.one
	g.at(r.to, n.Term(), want, inner) // for one that decides, or one that does not
	switch {
	case r.one && !want && g.rand.IntN(2) == 0:
		a.one[r.name] = nil
	case r.one:
		a.one[r.name] = inner
	case every == want && g.rand.IntN(3) == 0: // no row decides
		a.many[r.name] = []*aim{}
	default:
		a.many[r.name] = append(a.many[r.name], inner)
	}
}

// leaf aims at a leaf about a field.
func (g *generator) leaf(t *liveTable, f spec.Field, l spec.Leaf, want bool, a *aim) {
	switch {
	case l.Op == spec.OpIsNull:
		if want {
			a.set[f.Name] = nil
		} else if a.set[f.Name] == nil {
			a.set[f.Name] = g.known(t, f)
		}
		return
	case f.Nullable && !want && g.rand.IntN(4) == 0 && l.Op != spec.OpDistinct:
		a.set[f.Name] = nil
		return
	case l.Value.Kind() == spec.KindField:
		g.reference(t, f, l, want, a)
		return
	}
	if v, ok := g.answer(f, l, want); ok {
		a.set[f.Name] = v
	}
}

// reference gives both fields a value, of which the operator is true or not.
func (g *generator) reference(t *liveTable, f spec.Field, l spec.Leaf, want bool, a *aim) {
	v := g.known(t, f)
	at, row, other := a.along(t, l.Value.Field())
	if at == nil || at.stored[other].Column == "" {
		return
	}
	row.set[other] = v
	value, err := spec.ValueOf(v)
	if err != nil {
		return
	}
	if v, ok := g.answer(f, spec.Leaf{Field: f.Name, Op: l.Op, Value: value}, want); ok {
		a.set[f.Name] = v
	}
}
