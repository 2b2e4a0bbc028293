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

// LeafExplanation is the part of an [Explanation] for one leaf, or for all that
// is asked of the rows of a relation.
type LeafExplanation struct {
	Part   Node   // a Leaf or a Quantified
	Seen   Value  // what the row has; null where it is missing, and for a Quantified
	Truth  Truth  // of the part alone, as if nothing around it negated it
	Reason string // of a leaf that is unknown; of a Quantified, how many rows
}

// Visible reports whether the row is visible.
func (e Explanation) Visible() bool { return e.Truth == True }

// String returns a line for each leaf and one for the whole.
func (e Explanation) String() string {
	var b strings.Builder
	for _, l := range e.Leaves {
		fmt.Fprintf(&b, "%-7v  %s", l.Truth, appendNode(nil, l.Part, false))
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
	if m == nil || m.program == nil {
		return Explanation{}
	}
	p, ok := rowOf(m.layout.base, r)
	if !ok {
		return Explanation{}
	}
	var e Explanation
	e.Truth = e.node(compiler{m.layout}, m.resolved(), p)
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
	case Quantified:
		return e.quantified(c, n, r)
	case Invalid:
	}
	return Unknown
}

func (e *Explanation) leaf(c compiler, leaf Leaf, r row) Truth {
	cond, err := newCondition(leaf)
	if err != nil {
		return Unknown // Compile has refused it already
	}
	l := LeafExplanation{Part: leaf, Seen: c.reader(leaf.Field)(r)}
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

func (e *Explanation) quantified(c compiler, q Quantified, r row) Truth {
	read, rows, one := c.children(q.relation)
	l := LeafExplanation{Part: q}
	if list, ok := read(r); ok {
		n := 0
		for i := range list.n {
			if related, ok := list.row(i); ok && (&Explanation{}).node(compiler{rows}, q.term, related) == True {
				n++
			}
		}
		l.Truth = truthOf(n > 0 && (q.op == Existential || n == list.n) || q.op == Universal && list.n == 0 && !one)
		l.Reason = fmt.Sprintf("true of %d of its %d rows", n, list.n)
	} else {
		l.Reason = "nobody knows its rows"
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
