package sqlspectest

import (
	"context"
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// verdict is what an engine and memory say of a specification.
type verdict struct {
	shown, hidden []int64 // by the engine, for the specification and its negation
	show, hide    []int64 // by memory
	condition     string
	refused       error // why the engine was not asked
}

func (v verdict) differs() bool {
	return v.refused == nil && (!slices.Equal(v.shown, v.show) || !slices.Equal(v.hidden, v.hide))
}

// judge asks memory and the engine for a specification and for its negation. The
// error is for what could not be asked, a statement that fails included.
func (d *database) judge(ctx context.Context, s spec.Specification, rows []spectest.Row) (v verdict, err error) {
	truths, err := spectest.Truths(d.schema, s, rows)
	if err != nil {
		return v, err
	}
	v.show = spectest.Select(rows, truths, spec.True)
	v.hide = spectest.Select(rows, truths, spec.False)
	v.shown, v.condition, err = d.shown(ctx, s)
	if err == nil {
		v.hidden, _, err = d.shown(ctx, s.Not())
	}
	switch {
	case refused(err):
		v.refused = err
		return v, nil
	case err != nil:
		return v, fmt.Errorf("%v: %v: %s: %w", d.Engine, s, v.condition, err)
	}
	return v, nil
}

// failure is what a verdict that differs has to say.
func (d *database) failure(v verdict, c spectest.Case) Failure {
	f := Failure{Engine: d.Engine.String(), Problem: v.condition, Case: c, Have: v.shown, Say: v.show}
	if slices.Equal(v.shown, v.show) {
		f.Problem, f.Have, f.Say = "the negation of "+v.condition, v.hidden, v.hide
	}
	return f
}
