package sqlspectest

import (
	"context"
	"fmt"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// shrunk reduces a specification that engine and memory answer differently, and
// makes a case of it. It leaves the table as it was.
func (w world) shrunk(ctx context.Context, s spec.Specification) (Failure, error) {
	differs := func(s spec.Specification, rows []spectest.Row) bool {
		tables, err := spectest.Flatten(w.Schema, rows)
		if err != nil || w.fill(ctx, tables) != nil { // a null where there can be none
			return false
		}
		v, err := w.judge(ctx, s, rows)
		return err == nil && v.differs()
	}
	small, rows := spectest.Shrink(w.Schema, s, w.rows, differs)
	if !differs(small, rows) { // the rows that nothing leads to are needed for it
		if small, rows = s, w.rows; !w.again(ctx, s) {
			return Failure{}, fmt.Errorf("%v: %v: the engine does not answer the same twice", w.Engine, s)
		}
	}
	v, err := w.judge(ctx, small, rows)
	if err != nil {
		return Failure{}, err
	}
	truths, err := spectest.Truths(w.Schema, small, rows)
	if err != nil {
		return Failure{}, err
	}
	c := spectest.Reduced(w.Fields, w.Relations, small, rows, truths)
	c.Name, c.Reason = fmt.Sprintf("found with seed %d", w.Seed), w.Engine.String()+" went astray"
	f := w.failure(v, c)
	return f, w.fill(ctx, w.tables)
}

// again reports whether the rows of the world still give two answers.
func (w world) again(ctx context.Context, s spec.Specification) bool {
	if w.fill(ctx, w.tables) != nil {
		return false
	}
	v, err := w.judge(ctx, s, w.rows)
	return err == nil && v.differs()
}
