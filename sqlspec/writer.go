package sqlspec

import (
	"fmt"
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// writer writes a resolved specification as SQL. Negations are pushed to the
// leaves on the way (an engine may not use an index under NOT), which is exact
// in SQL's three-valued logic. Above the leaves only AND and OR are left, so a
// leaf may be false where it should be unknown, or the other way round: neither
// makes a row visible.
type writer struct {
	table    *Table
	dialect  Dialect
	grammar  grammar
	text     []byte
	args     []any
	numbered bool
	err      error

	level        int        // of nested subqueries
	subqueries   int        // in all
	outsideFirst bool       // never look for related rows first
	recording    *recording // nil for none
}

// maxParens is how deep parentheses may nest: SQLite gives up at about 830.
const maxParens = 700

func (w *writer) node(n spec.Node, negated bool, depth int) {
	switch n := n.(type) {
	case spec.Constant:
		w.constant(bool(n) != negated)
	case spec.Leaf:
		w.record(n, negated)
	case spec.Negation:
		w.node(n.Term(), !negated, depth)
	case spec.Quantified:
		w.quantified(n, negated, depth)
	case spec.Junction:
		conjunction := (n.Connective() == spec.Conjunction) != negated
		w.terms(n, 0, n.Len(), conjunction, negated, depth)
	case spec.Invalid:
		w.fail(n.Err)
	default:
		w.fail(fmt.Errorf("%w: a node of type %T", ErrUnsupported, n))
	}
}

// terms writes the terms in [from, to) as a balanced tree: engines limit the
// depth of an expression, and a flat chain of 1,001 terms is 1,000 deep.
func (w *writer) terms(j spec.Junction, from, to int, conjunction, negated bool, depth int) {
	if depth > maxParens {
		w.fail(fmt.Errorf("%w: more than %d nested parentheses", ErrTooLarge, maxParens))
		return
	}
	if to-from == 1 {
		w.node(j.Term(from), negated, depth+1)
		return
	}
	middle := from + (to-from)/2
	w.raw("(")
	w.terms(j, from, middle, conjunction, negated, depth+1)
	if conjunction {
		w.raw(" AND ")
	} else {
		w.raw(" OR ")
	}
	w.terms(j, middle, to, conjunction, negated, depth+1)
	w.raw(")")
}

func (w *writer) leaf(l spec.Leaf, negated bool) {
	c, ok := w.table.columns[l.Field]
	switch {
	case len(w.table.relations) > 0 && w.isBehind(l):
		w.leafBehind(l, negated)
	case !ok:
		w.refuse(l, ErrUnmapped, "the table has no column for the field")
	case l.Op == spec.OpIsNull:
		w.null(c, !negated)
	case l.Value.Kind() == spec.KindField:
		w.fields(c, l, negated)
	case c.encode != nil:
		w.encoded(c, l, negated)
	default:
		w.leafOf(c, l, negated)
	}
}

// leafOf writes a leaf that compares a column with a value.
func (w *writer) leafOf(c *column, l spec.Leaf, negated bool) {
	switch {
	case l.Op == spec.OpDistinct:
		w.distinct(c, l, negated)
	case l.Value.IsNull() && l.Op != spec.OpContains:
		w.unknown()
	default:
		w.grammar.leaf(w, c, l, negated)
	}
}

// distinct is two-valued: the ordinary comparison, and what is null differs. The
// standard's own operator does not use an index everywhere.
func (w *writer) distinct(c *column, l spec.Leaf, negated bool) {
	if l.Value.IsNull() {
		w.null(c, negated)
		return
	}
	if negated {
		w.grammar.leaf(w, c, spec.Leaf{Field: l.Field, Op: spec.OpEq, Value: l.Value}, false)
		return
	}
	w.raw("(")
	w.grammar.leaf(w, c, spec.Leaf{Field: l.Field, Op: spec.OpNe, Value: l.Value}, false)
	w.raw(" OR ")
	w.null(c, true)
	w.raw(")")
}

func (w *writer) null(c *column, is bool) {
	if is {
		w.raw("(", c.sql, " IS NULL)")
	} else {
		w.raw("(", c.sql, " IS NOT NULL)")
	}
}

func (w *writer) constant(b bool) {
	if b {
		w.raw("(1 = 1)")
	} else {
		w.raw("(1 = 0)")
	}
}

// unknown is true of no row, negated or not.
func (w *writer) unknown() { w.raw(noRow) }

func (w *writer) raw(parts ...string) {
	for _, p := range parts {
		w.text = append(w.text, p...)
	}
}

// arg adds an argument that is made for this value alone and writes its placeholder.
func (w *writer) arg(v any) { w.put(plain(v)) }

// put adds an argument and writes its placeholder.
func (w *writer) put(a argument) {
	start := len(w.text)
	w.args = append(w.args, a.bound)
	if w.numbered {
		w.text = strconv.AppendInt(append(w.text, '$'), int64(len(w.args)), 10)
	} else {
		w.text = append(w.text, '?')
	}
	if w.recording != nil {
		w.recording.bind(a, start, len(w.text))
	}
}

func (w *writer) fail(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *writer) refuse(l spec.Leaf, err error, reason string) {
	w.fail(&LeafError{Field: l.Field, Op: l.Op, Dialect: w.dialect, Reason: reason, err: err})
}
