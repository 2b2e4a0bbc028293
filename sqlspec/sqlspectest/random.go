package sqlspectest

import (
	"context"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

const (
	worldRows  = 80  // of a world
	worldSpecs = 100 // asked of a world
	lawsEvery  = 8   // specifications for one that laws are held against
)

// Random asks the engine random specifications over random tables, until it has
// given that many verdicts. The worlds are those of the seed and of the seeds
// after it.
func (e Engine) Random(ctx context.Context, seed uint64, verdicts int) (r Report, err error) {
	for r.Verdicts < verdicts {
		if err := e.world(ctx, spectest.NewWorld(seed, worldRows), verdicts, &r); err != nil {
			return r, err
		}
		seed++
	}
	return r, nil
}

func (e Engine) world(ctx context.Context, w *spectest.World, verdicts int, r *Report) (err error) {
	t, err := e.create(ctx, w.Fields)
	if err != nil {
		return err
	}
	defer func() { err = orDrop(ctx, t, err) }()
	if err := t.fill(ctx, w.Rows); err != nil {
		return err
	}
	r.Without += len(t.without)
	for i := 0; i < worldSpecs && r.Verdicts < verdicts; i++ {
		if err := t.specification(ctx, w, w.Specification(), r); err != nil {
			return err
		}
		if i%lawsEvery == 0 {
			if err := t.laws(ctx, w, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// specification asks one specification.
func (t *table) specification(ctx context.Context, w *spectest.World, s spec.Specification, r *Report) error {
	v, err := t.judge(ctx, w.Schema, s, w.Rows)
	if err != nil {
		return err
	}
	r.Specifications++
	if v.refused != nil {
		r.Refusals++
		return nil
	}
	r.count(v, len(w.Rows)-len(t.without))
	if v.differs() {
		r.Divergences++
		if len(r.Failures) < maxFailures {
			f, err := t.shrunk(ctx, w, s)
			if err != nil {
				return err
			}
			r.fail(f)
		}
	}
	return t.partition(ctx, w, s, v, r)
}
