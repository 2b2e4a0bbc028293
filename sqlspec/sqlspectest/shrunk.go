package sqlspectest

import (
	"context"
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// shrunk reduces a specification that engine and memory answer differently, and
// makes a case of it. It leaves the table as it was.
func (t *table) shrunk(ctx context.Context, w *spectest.World, s spec.Specification) (Failure, error) {
	differs := func(s spec.Specification, rows []spectest.Row) bool {
		if t.fill(ctx, rows) != nil { // a null where there can be none
			return false
		}
		v, err := t.judge(ctx, w.Schema, s, rows)
		return err == nil && v.differs()
	}
	small, rows := spectest.Shrink(s, w.Rows, differs)
	if !differs(small, rows) {
		return Failure{}, fmt.Errorf("%v: %v: the engine does not answer the same twice", t.Engine, s)
	}
	v, err := t.judge(ctx, w.Schema, small, rows)
	if err != nil {
		return Failure{}, err
	}
	truths, err := spectest.Truths(w.Schema, small, rows)
	if err != nil {
		return Failure{}, err
	}
	c := spectest.Case{
		Name: fmt.Sprintf("found with seed %d", w.Seed), Reason: t.Engine.String() + " went astray",
		Fields: usedFields(w.Fields, small), Spec: small,
	}
	for _, truth := range truths {
		c.Want += map[spec.Truth]string{spec.True: "T", spec.False: "F", spec.Unknown: "U"}[truth]
	}
	c.Rows = onlyFields(rows, c.Fields)
	f := t.failure(v, c)
	return f, t.fill(ctx, w.Rows)
}

// onlyFields are the rows without what else they have.
func onlyFields(rows []spectest.Row, fields []spec.Field) []spectest.Row {
	out := make([]spectest.Row, len(rows))
	for i, r := range rows {
		out[i] = spectest.Row{}
		for _, f := range fields {
			if v := spectest.Get(r, f.Name); v != nil {
				spectest.Set(out[i], f.Name, v)
			}
		}
	}
	return out
}

// usedFields are the fields that a specification is about, and the id.
func usedFields(fields []spec.Field, s spec.Specification) (used []spec.Field) {
	names := []string{"id"}
	for l := range s.Leaves() {
		names = append(names, l.Field, l.Value.Field())
	}
	for _, f := range fields {
		if slices.Contains(names, f.Name) {
			used = append(used, f)
		}
	}
	return used
}
