package sqlspectest

import (
	"context"
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// maxLeaves is how large a specification is at most whose unknown rows the
// engine is asked for: that takes a many times larger one.
const maxLeaves = 8

// partition asks the engine for the rows of which a specification is unknown:
// with those that it shows, and those that its negation shows, they are all the
// rows, and none is in two. Memory has no say in this.
func (w world) partition(ctx context.Context, s spec.Specification, v verdict, r *Report) error {
	leaves := 0
	for range s.Leaves() {
		leaves++
	}
	if leaves > maxLeaves {
		return nil
	}
	unknown, condition, err := w.shown(ctx, spectest.Unknown(w.Schema, s))
	if refused(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%v: where %v is unknown: %s: %w", w.Engine, s, condition, err)
	}
	if !spectest.Partitions(w.rows, v.shown, v.hidden, unknown) {
		r.PartitionMisses++
		r.fail(Failure{Engine: w.Engine.String(), Problem: fmt.Sprintf("no partition: %v shows %v, its negation %v, unknown is %v", s, v.shown, v.hidden, unknown)})
	}
	return nil
}

// laws holds the engine against the laws, with three specifications.
func (w world) laws(ctx context.Context, r *Report) error {
	for _, law := range spectest.Laws(w.Specification(), w.Specification(), w.Specification()) {
		left, condition, err := w.shown(ctx, law.Left)
		if refused(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%v: %v: %s: %w", w.Engine, law.Left, condition, err)
		}
		right, condition, err := w.shown(ctx, law.Right)
		if refused(err) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%v: %v: %s: %w", w.Engine, law.Right, condition, err)
		}
		r.Laws++
		if !law.Holds(left, right) {
			r.LawMisses++
			r.fail(Failure{Engine: w.Engine.String(), Problem: fmt.Sprintf("%s: %v shows %v, %v shows %v", law.Name, law.Left, left, law.Right, right)})
		}
	}
	return nil
}

func refused(err error) bool {
	return errors.Is(err, sqlspec.ErrUnsupported) || errors.Is(err, sqlspec.ErrTooLarge)
}
