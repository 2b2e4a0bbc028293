package sqlspec

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// A condition is written once: what is asked for again, with whatever values, is found
// among those that the table keeps. Those of templates are found without a look at the
// specification; of any other, its shape is what to look for. All that goes wrong, and
// all that depends on a value, is written anew each time.

// keptConditions is what a table keeps for each dialect, which is always written in the
// quotes of its own.
type keptConditions [DuckDB + 1]struct{ shapes, templates kept }

// keptFor returns the condition of a specification, and the arguments with its own
// behind them. The condition is nil where the table keeps none that holds for the
// values; look says whether there may be one.
func (t *Table) keptFor(args []any, s spec.Specification, d Dialect) (c *condition, filled []any, look bool) {
	if t == nil || t.kept == nil || d > DuckDB {
		return nil, args, false
	}
	if template, bound := s.Template(); bound {
		return t.kept[d].templates.fillTemplate(args, template, s)
	}
	return t.kept[d].shapes.fillShape(args, s)
}

// fillTemplate finds the condition of a template and fills in the values of s.
func (k *kept) fillTemplate(args []any, t *spec.Template, s spec.Specification) (c *condition, filled []any, look bool) {
	found := k.ofTemplate(t)
	switch {
	case found == nil:
		return nil, args, true
	case found.condition != nil:
		if filled, ok := found.condition.fillBound(args, s); ok && len(filled) <= found.condition.maxArgs {
			return found.condition, filled, false
		}
	}
	return nil, args, found.miss()
}

// fillShape finds the condition of a shape and fills in the values. The shape lies on the
// stack for all but large specifications.
func (k *kept) fillShape(args []any, s spec.Specification) (c *condition, filled []any, look bool) {
	var room [128]byte
	var places [4]spec.Value
	key, values, ok := spec.AppendShape(room[:0], places[:0], s)
	if !ok {
		large, ok := shapeOf(s)
		if !ok {
			return nil, args, false
		}
		key, values = large.key, large.values
	}
	found := k.ofShape(key)
	switch {
	case found == nil:
		return nil, args, true
	case found.condition != nil:
		if filled, ok := found.condition.fill(args, values); ok && len(filled) <= found.condition.maxArgs {
			return found.condition, filled, false
		}
	}
	return nil, args, found.miss()
}

// watch has the writer tell what depends on the values of s, and returns what keeps
// that once all is written.
func (t *Table) watch(w *writer, s spec.Specification) (keep func()) {
	texts, args, kept := len(w.text), len(w.args), &t.kept[w.dialect]
	if template, bound := s.Template(); bound {
		values := make([]spec.Value, len(template.Vars()))
		for i := range values {
			values[i] = s.Bound(i)
		}
		w.recording = &recording{values: values, origins: originsIn(template)}
		return func() { kept.templates.keepTemplate(template, w.conditionOf(texts, w.args[args:])) }
	}
	known, ok := shapeOf(s)
	if !ok {
		return nil
	}
	w.recording = &recording{values: known.values, origins: known.origins()}
	return func() { kept.shapes.keepShape(known.key, w.conditionOf(texts, w.args[args:])) }
}

// originsIn says of each leaf of a template which variable is its value. Nothing is said
// of a template with variables in lists, which may grow.
func originsIn(t *spec.Template) []int {
	vars := t.Vars()
	var origins []int
	for leaf := range t.Open().Leaves() {
		origin := fixed
		switch leaf.Value.Kind() {
		case spec.KindVariable:
			origin = slices.Index(vars, leaf.Value.Variable())
		case spec.KindList:
			if slices.ContainsFunc(leaf.Value.List(), func(e spec.Value) bool { return e.Kind() == spec.KindVariable }) {
				return nil
			}
		}
		origins = append(origins, origin)
	}
	return origins
}
