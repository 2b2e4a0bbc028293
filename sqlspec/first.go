package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// ByKey returns the table for statements about one row, or a few, that the
// specification or the statement finds by a key: the condition is asked of that row,
// from it to its related ones.
//
//	var task = tasks.ByKey()
//	where, args, err := task.SQL(visible.And(spec.Eq("id", id)), sqlspec.SQLite)
//
// It is true of the same rows. The difference is how SQLite and MariaDB come to them:
// otherwise they begin with the rows that a relation names, for a list of all that is
// visible, and so read all of them before they come to the one row. That the row is
// found by a key is for the program to know: an equality may as well be that of a
// tenant with half of the table. Used for a list, such a condition walks the table.
//
// The original stays as it is. Both are worth keeping: see [Table].
func (t *Table) ByKey() *Table {
	if t == nil {
		return nil
	}
	own, other := *t, *t.other
	own.byKey, own.kept, own.other = true, &keptConditions{}, &other
	other.byKey, other.kept, other.other = true, own.kept, &own
	return &own
}

// maxFirst is up to how many subqueries MariaDB is given IN: it makes one join of
// them, and takes seconds to order the tables of a join that has twenty.
const maxFirst = 8

// condition writes a node as the whole condition.
func (w *writer) condition(n spec.Node) {
	before := *w
	w.node(n, false, 0)
	if w.dialect == MariaDB && w.subqueries > maxFirst {
		*w = before
		w.recording.restart()
		w.outsideFirst = true
		w.node(n, false, 0)
	}
}

// first reports whether an engine should look for the rows of which a node, or
// its negation, is true before those that they are related to. PostgreSQL finds
// its way from either form. MariaDB takes apart a chain of IN, but of EXISTS only
// the outermost, and walks through the tables in between. SQLite never turns
// EXISTS around, and reads all that IN asks for: so it gets IN for what is named by
// equality, which is likely to be little and to have an index.
func (w *writer) first(n spec.Node, negated bool) bool {
	switch {
	case w.outsideFirst:
		return false
	case w.dialect == MariaDB:
		return true
	}
	return w.dialect == SQLite && pins(n, negated)
}

// pins reports whether a node, or its negation, can be true only of rows that are
// equal in some field to what is given.
func pins(n spec.Node, negated bool) bool {
	switch n := n.(type) {
	case spec.Leaf:
		return pinsLeaf(n, negated)
	case spec.Negation:
		return pins(n.Term(), !negated)
	case spec.Quantified:
		return !negated && n.Quantifier() == spec.Existential && pins(n.Term(), false)
	case spec.Junction:
		conjunction := (n.Connective() == spec.Conjunction) != negated
		for term := range n.Terms() {
			if pins(term, negated) == conjunction {
				return conjunction
			}
		}
		return !conjunction
	case spec.Constant, spec.Invalid:
	}
	return false
}

func pinsLeaf(l spec.Leaf, negated bool) bool {
	switch l.Op {
	case spec.OpEq, spec.OpIn:
	case spec.OpNe, spec.OpDistinct:
		negated = !negated
	default:
		return false
	}
	switch l.Value.Kind() {
	case spec.KindBool, spec.KindField, spec.KindNull:
		return false // half of the rows, or a comparison of two fields
	}
	return !negated
}
