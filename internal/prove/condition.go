package prove

import "github.com/rolespec/rolespec/spec"

// condition is a constant leaf about the subject, to be asked of values.
type condition struct {
	shown, hidden *spec.Matcher[map[string]any] // of the leaf and of its negation
	complete      bool                          // between two marks it does not change
	op            spec.Op
	elements      int       // of its value
	kind          spec.Kind // of all of them, null for several
}

// newCondition makes ready what a typing resolved a leaf to.
func (t typing) newCondition(s spec.Specification, n spec.Leaf) (c condition, err error) {
	c = condition{complete: isComplete(n), op: n.Op, elements: len(n.Value.List())}
	if resolved, ok := s.Node().(spec.Leaf); ok {
		c.kind = kindOfAll(resolved.Value.List())
	}
	if c.shown, err = spec.Compile[map[string]any](s, t.options()...); err != nil {
		return c, err
	}
	c.hidden, err = spec.Compile[map[string]any](spec.Not(s), t.options()...)
	return c, err
}

func kindOfAll(elements []spec.Value) (kind spec.Kind) {
	for i, e := range elements {
		switch {
		case i == 0:
			kind = e.Kind()
		case kind != e.Kind():
			return spec.KindNull
		}
	}
	return kind
}

// truth is Matcher.Truth, which would make a list of many elements ready anew for
// every value.
func (c condition) truth(value any) spec.Truth {
	row := map[string]any{subject: value}
	switch {
	case c.shown.Match(&row):
		return spec.True
	case c.hidden.Match(&row):
		return spec.False
	}
	return spec.Unknown
}
