package prove

import "github.com/rolespec/rolespec/spec"

// trial is the leaves about a field, made ready for one typing, and the values
// that they are tried with.
type trial struct {
	typing
	conditions map[string]condition // by the text of the leaf
	values     []value
}

// ready makes leaves ready, and returns the values at which they can change. Those
// that do not fit are left out, and it is not ok.
func (t typing) ready(leaves map[string]spec.Leaf) (_ trial, at []any, ok bool) {
	tr := trial{typing: t, conditions: make(map[string]condition, len(leaves))}
	for key, n := range leaves {
		s, err := t.resolve(n)
		if err != nil {
			continue
		}
		c, err := t.newCondition(s, n)
		if err != nil {
			continue
		}
		tr.conditions[key] = c
		if n, isLeaf := s.Node().(spec.Leaf); isLeaf {
			at = append(at, marks(n)...)
		}
	}
	return tr, at, len(tr.conditions) == len(leaves)
}

// truths returns what a leaf may be of a value, or of all that it stands for.
func (tr trial) truths(key string, v value) truths {
	if c, ok := tr.conditions[key]; ok && (v.alone || c.complete) {
		return only(c.truth(v.plain))
	}
	return anything
}

// cost is about what it takes to try each leaf with each value.
func (tr trial) cost() (units int) {
	for _, v := range tr.values {
		units++
		for _, c := range tr.conditions {
			if v.alone || c.complete {
				units += tr.costOf(c, v)
			}
		}
		if units > effort {
			break
		}
	}
	return units
}

// costOf is about what one evaluation takes. A pattern may take long for every
// byte; elements are looked up if they are of the kind of the value, else they are
// compared one by one.
func (t typing) costOf(c condition, v value) int {
	text, _ := v.plain.(string)
	if c.op == spec.OpMatches {
		return 16 + 16*len(text)
	}
	cost := 1 + len(text)/16
	if c.kind == spec.KindNull || kindOf(v.plain) != c.kind && (t.declared == nil || v.class != present) {
		cost += c.elements / 4
	}
	return cost
}
