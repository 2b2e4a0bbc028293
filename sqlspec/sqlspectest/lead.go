package sqlspectest

import (
	"context"
	"fmt"

	"github.com/rolespec/rolespec/spec/spectest"
)

// parent gives a row the key of the row that a relation to one leads to: of a new
// one, of one that is there, or none.
func (g *generator) parent(ctx context.Context, t *liveTable, r *liveRelation, a *aim, cells spectest.Row, besides map[string]any, deep, try int) error {
	wanted, aimed := a.one[r.name]
	there := g.made[r.to]
	target, err := g.leadsTo(ctx, t, r, a, deep, try)
	switch n := g.rand.IntN(6); {
	case target != nil || err != nil:
	case aimed && wanted == nil && try < maxTries/2, !aimed && n == 0 && try < maxTries/2:
	case r.to == t && len(there) == 0, deep >= maxDeep && len(there) == 0 && try < maxTries/2:
	case aimed && wanted != nil && deep < maxDeep && try < maxTries/2, n == 1 && deep < maxDeep && r.to != t, len(there) == 0:
		target, err = g.row(ctx, r.to, wanted, nil, deep+1)
	default:
		target = one(g.rand, there)
	}
	if err != nil {
		return err
	}
	for _, p := range r.pairs {
		var arg, value any
		if target != nil {
			var held bool
			if arg, held = target.held[p[1]]; !held {
				return fmt.Errorf("sqlspectest: %s: relation %q: column %q of %s holds no field, so no row can be led to", t.mapped.Name(), r.name, p[1], r.to.mapped.Name())
			}
			if f, ok := r.to.fieldOf(p[1]); ok {
				value = spectest.Get(target.cells, f.Name)
			}
		}
		if f, ok := t.fieldOf(p[0]); ok {
			if target != nil || f.Nullable {
				spectest.Set(cells, f.Name, value)
			}
		} else if target != nil {
			besides[p[0]] = arg
		}
	}
	return nil
}

// leadsTo returns the row that has the key which a row is to lead to, nil where it
// is to lead to no row in particular.
func (g *generator) leadsTo(ctx context.Context, t *liveTable, r *liveRelation, a *aim, deep, try int) (*madeRow, error) {
	near, ok := t.fieldOf(r.pairs[0][0])
	far, known := r.to.fieldOf(r.pairs[0][1])
	key := a.set[near.Name]
	if !ok || !known || key == nil || len(r.pairs) > 1 || try > maxTries/2 {
		return nil, nil
	}
	for _, row := range g.made[r.to] {
		if spectest.GoString(spectest.Get(row.cells, far.Name)) == spectest.GoString(key) {
			return row, nil
		}
	}
	if deep >= maxDeep || r.to == t {
		return nil, nil
	}
	return g.row(ctx, r.to, a.one[r.name], map[string]keyed{r.pairs[0][1]: {value: key}}, deep+1)
}

// lead writes the rows that a row leads to by relations to many.
func (g *generator) lead(ctx context.Context, t *liveTable, a *aim, row *madeRow, deep int) error {
	for _, r := range t.relations {
		if r.one {
			continue
		}
		aims, aimed := a.many[r.name]
		if !aimed && deep < maxDeep && (r.to != t || g.rand.IntN(4) == 0) {
			aims = make([]*aim, one(g.rand, []int{0, 0, 1, 1, 2}))
		}
		for _, inner := range aims {
			if err := g.child(ctx, t, r, inner, row, deep); err != nil {
				return err
			}
		}
	}
	return nil
}

// child writes a row that belongs to another, or a link to one.
func (g *generator) child(ctx context.Context, t *liveTable, r *liveRelation, a *aim, row *madeRow, deep int) error {
	if r.link == "" {
		fixed := map[string]keyed{}
		for _, p := range r.pairs {
			arg, held := row.held[p[0]]
			if !held {
				return fmt.Errorf("sqlspectest: relation %q: column %q holds no field, so it can lead to no row", r.name, p[0])
			}
			k := keyed{arg: arg}
			if f, ok := t.fieldOf(p[0]); ok {
				k.value = spectest.Get(row.cells, f.Name)
			}
			fixed[p[1]] = k
		}
		_, err := g.row(ctx, r.to, a, fixed, deep+1)
		return err
	}
	var target *madeRow
	var err error
	if there := g.made[r.to]; a == nil && len(there) > 3 {
		target = one(g.rand, there)
	} else if target, err = g.row(ctx, r.to, a, nil, deep+1); err != nil {
		return err
	}
	for _, p := range r.far {
		if _, held := target.held[p[1]]; !held {
			return fmt.Errorf("sqlspectest: relation %q: column %q holds no field, so no row can be led to", r.name, p[1])
		}
	}
	if err := g.insertLink(ctx, r, row.held, target.held); err != nil {
		g.refused = err // as the link is there already
	}
	return nil
}
