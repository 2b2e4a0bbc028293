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
func (t *table) judge(ctx context.Context, sc *spec.Schema, s spec.Specification, rows []spectest.Row) (v verdict, err error) {
	truths, err := spectest.Truths(sc, s, rows)
	if err != nil {
		return v, err
	}
	v.show = t.held(spectest.Select(rows, truths, spec.True))
	v.hide = t.held(spectest.Select(rows, truths, spec.False))
	v.shown, v.condition, err = t.shown(ctx, s)
	if err == nil {
		v.hidden, _, err = t.shown(ctx, s.Not())
	}
	switch {
	case refused(err):
		v.refused = err
		return v, nil
	case err != nil:
		return v, fmt.Errorf("%v: %v: %s: %w", t.Engine, s, v.condition, err)
	}
	return v, nil
}

// failure is what a verdict that differs has to say.
func (t *table) failure(v verdict, c spectest.Case) Failure {
	f := Failure{Engine: t.Engine.String(), Problem: v.condition, Case: c, Have: v.shown, Say: v.show}
	if slices.Equal(v.shown, v.show) {
		f.Problem, f.Have, f.Say = "the negation of "+v.condition, v.hidden, v.hide
	}
	return f
}
