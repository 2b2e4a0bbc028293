package spectest

import (
	"math/rand/v2"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// maxLevels is how far relations lead from the rows of a world.
const maxLevels = 3

// ways are the relations that there can be.
var ways = []struct {
	relation spec.Relation
	tree     bool
}{
	{spec.Relation{Name: "owner", One: true}, false},
	{spec.Relation{Name: "select", One: true}, false}, // a name that has to be quoted
	{spec.Relation{Name: "comments"}, false},
	{spec.Relation{Name: "groups"}, false},
	{spec.Relation{Name: "parent", One: true}, true},
	{spec.Relation{Name: "children"}, true},
	{spec.Relation{Name: "friends"}, true},
}

// IsLink reports whether a relation of that name is one of many rows to many, for
// which there is a table between the two.
func IsLink(relation string) bool {
	stem := Stem(relation)
	return stem == "groups" || stem == "friends"
}

// relate draws the relations of the rows at a path, the fewer the farther it is.
func (w *World) relate(at string, level int) {
	drawn := 0
	for _, i := range w.rand.Perm(len(ways)) {
		way := ways[i]
		if way.relation.Name == "select" && slices.ContainsFunc(w.Fields, func(f spec.Field) bool { return isBehind(f.Name, at+"select") }) {
			continue // fields are nested in it
		}
		if drawn += 1; drawn > 5-level && w.rand.IntN(3) > 0 || level > 1 && w.rand.IntN(level+1) > 0 {
			continue
		}
		r := way.relation
		r.Name = at + r.Name
		if !way.tree && level > maxLevels {
			continue
		}
		w.Relations = append(w.Relations, r)
		if !way.tree {
			w.Fields = append(w.Fields, w.fields(r.Name+".", 2, 4)...)
			w.relate(r.Name+".", level+1)
		}
	}
}

// link draws which rows lead to which: some lead nowhere, and to some nothing
// leads.
func (w *World) link(at string, sc *spec.Schema) {
	for r := range sc.Relations() {
		to := Path(at, sc, r)
		from, targets := w.Tables.Rows[at], w.Tables.Rows[to]
		var links []Link
		switch {
		case r.One:
			for _, row := range from {
				if w.rand.IntN(4) > 0 {
					links = append(links, Link{ID(row), ID(one(w.rand, targets))})
				}
			}
		case IsLink(r.Name):
			for _, row := range from {
				for _, i := range w.rand.Perm(len(targets))[:min(len(targets), few(w.rand))] {
					links = append(links, Link{ID(row), ID(targets[i])})
				}
			}
		default: // a row belongs to one
			for _, row := range targets {
				if w.rand.IntN(6) > 0 {
					links = append(links, Link{ID(from[w.rand.IntN(len(from))/(1+w.rand.IntN(2))]), ID(row)})
				}
			}
		}
		w.Tables.Links[LinkName(at, r)] = links
		if to != at {
			w.link(to, r.Rows)
		}
	}
}

// few is how many rows a row leads to, often none.
func few(r *rand.Rand) int { return one(r, []int{0, 0, 1, 1, 2, 3}) }
