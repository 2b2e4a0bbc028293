package sqlspectest

import (
	"context"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

const (
	worldRows  = 60 // of a world
	worldSpecs = 80 // asked of a world
	lawsEvery  = 8  // specifications for one that laws are held against
)

// Random asks the engine random specifications over random tables, until it has
// given that many verdicts. The worlds are those of the seed and of the seeds
// after it.
func (e Engine) Random(ctx context.Context, seed uint64, verdicts int) (r Report, err error) {
	for r.Verdicts < verdicts {
		if err := e.world(ctx, seed, verdicts, &r); err != nil {
			return r, err
		}
		seed++
	}
	return r, nil
}

// world is a world that is stored in a database.
type world struct {
	*spectest.World
	*database
	tables spectest.Tables // as the engine can store them
	rows   []spectest.Row
}

func (e Engine) world(ctx context.Context, seed uint64, verdicts int, r *Report) (err error) {
	w := world{World: spectest.NewWorld(seed, worldRows)}
	if w.database, err = e.create(ctx, w.Schema); err != nil {
		return err
	}
	defer func() { err = orDrop(ctx, w.database, err) }()
	w.tables, _ = w.fit(w.Tables)
	w.rows = w.tables.Nest(w.Schema)
	if err := w.fill(ctx, w.tables); err != nil {
		return err
	}
	for i := 0; i < worldSpecs && r.Verdicts < verdicts; i++ {
		if err := w.ask(ctx, w.Specification(), r); err != nil {
			return err
		}
		if i%lawsEvery == 0 {
			if err := w.laws(ctx, r); err != nil {
				return err
			}
		}
	}
	return nil
}

// ask asks one specification.
func (w world) ask(ctx context.Context, s spec.Specification, r *Report) error {
	v, err := w.judge(ctx, s, w.rows)
	if err != nil {
		return err
	}
	r.Specifications++
	if v.refused != nil {
		r.Refusals++
		return nil
	}
	r.count(v, len(w.rows))
	if v.differs() {
		r.Divergences++
		if len(r.Failures) < maxFailures {
			f, err := w.shrunk(ctx, s)
			if err != nil {
				return err
			}
			r.fail(f)
		}
	}
	return w.partition(ctx, s, v, r)
}
