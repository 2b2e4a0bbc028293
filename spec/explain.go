package spec

import (
	"fmt"
	"slices"
	"strings"
)

// Explanation says why a row is visible or not: the truth of the whole and of
// each leaf, with the value that the row has. It shows the row's data, so it is
// for people who may see the row.
type Explanation struct {
	Truth  Truth
	Leaves []LeafExplanation // from left to right, every one, even where it could not matter
}

// LeafExplanation is the part of an [Explanation] for one leaf.
type LeafExplanation struct {
	Leaf   Leaf
	Seen   Value  // what the row has; null where it is missing
	Truth  Truth  // of the leaf alone, as if nothing around it negated it
	Reason string // why it is unknown, "" where it is not
}

// Visible reports whether the row is visible.
func (e Explanation) Visible() bool { return e.Truth == True }

// String returns a line for each leaf and one for the whole.
func (e Explanation) String() string {
	var b strings.Builder
	for _, l := range e.Leaves {
		fmt.Fprintf(&b, "%-7v  %v", l.Truth, l.Leaf)
		if l.Reason != "" {
			fmt.Fprintf(&b, "    (%s)", l.Reason)
		} else {
			fmt.Fprintf(&b, "    (it is %v)", l.Seen)
		}
		b.WriteByte('\n')
	}
	visible := "not visible"
	if e.Visible() {
		visible = "visible"
	}
	fmt.Fprintf(&b, "%-7v  %s\n", e.Truth, visible)
	return b.String()
}

// Explain evaluates every leaf for one row, in three values and without short
// cuts. Its verdict is that of [Matcher.Match]. A nil row is unknown and has no
// leaves; so is the zero Matcher's.
func (m *Matcher[T]) Explain(r *T) Explanation {
	if m == nil || m.match == nil {
		return Explanation{}
	}
	p, ok := rowOf(m.layout.base, r)
	if !ok {
		return Explanation{}
	}
	var e Explanation
	e.Truth = e.node(compiler{m.layout}, m.spec.Node(), p)
	return e
}

// Truth returns the truth of the specification for one row: True where it is
// visible, Unknown for a nil row.
func (m *Matcher[T]) Truth(r *T) Truth { return m.Explain(r).Truth }

func (e *Explanation) node(c compiler, n Node, r row) Truth {
	switch n := n.(type) {
	case Constant:
		return truthOf(bool(n))
	case Negation:
		return e.node(c, n.term, r).Not()
	case Junction:
		truths := make([]Truth, len(n.terms))
		for i, t := range n.terms {
			truths[i] = e.node(c, t, r)
		}
		if n.op == Conjunction {
			return slices.Min(truths)
		}
		return slices.Max(truths)
	case Leaf:
		return e.leaf(c, n, r)
	case Invalid:
	}
	return Unknown
}

func (e *Explanation) leaf(c compiler, leaf Leaf, r row) Truth {
	cond, err := newCondition(leaf)
	if err != nil {
		return Unknown // Compile has refused it already
	}
	l := LeafExplanation{Leaf: leaf, Seen: c.reader(leaf.Field)(r)}
	if leaf.Value.kind == KindField {
		cond.operand = c.reader(leaf.Value.str)(r)
	}
	l.Truth = cond.truth(l.Seen)
	if l.Truth == Unknown {
		l.Reason = whyUnknown(l.Seen, cond.operand)
	}
	e.Leaves = append(e.Leaves, l)
	return l.Truth
}

func whyUnknown(seen, value Value) string {
	switch {
	case seen.kind == KindNull:
		return "the row has no value here"
	case value.kind == KindNull:
		return "nothing compares with None"
	case seen.kind == kindInvalid, seen.kind == kindOther:
		return "the row has " + seen.str
	case slices.ContainsFunc(value.elements(), Value.IsNull):
		return "the list has a None"
	}
	return "the row has a value of kind " + seen.kind.String()
}
