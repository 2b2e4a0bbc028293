package agree_test

import (
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// direct returns how the table leads to the rows of a relation of its own to many
// rows by a key.
func (p *plain) direct(q spec.Quantified) (sqlspec.Related, bool) {
	for r := range p.table.Related() {
		if r.Name == q.Relation() && !r.One && r.Link == "" && r.Table != p.table {
			return r, true
		}
	}
	return sqlspec.Related{}, false
}

// on writes that the rows of two tables belong together.
func (p *plain) on(r sqlspec.Related, far string) {
	for near, other := range r.Keys.Pairs() {
		p.raw(far, ".", p.quoted(other), " = ", p.table.Name(), ".", p.quoted(near))
	}
}

func (p *plain) quoted(name string) string {
	if p.dialect == sqlspec.MariaDB {
		return "`" + name + "`"
	}
	return `"` + name + `"`
}

// inner writes about the rows of the other table, under its own name.
func (p *plain) inner(r sqlspec.Related, n spec.Node, negated bool) {
	outer := p.table
	p.table = r.Table.In(p.dialect)
	p.own(n, negated)
	p.table = outer
}

// joined shows the rows that a join finds: a row as often as it has such rows, and
// not at all where it has none.
func joined(p *plain, q spec.Quantified, negated bool) bool {
	r, ok := p.direct(q)
	if !ok || len(p.text) > 0 || q.Quantifier() == spec.Universal {
		return false
	}
	far := r.Table.In(p.dialect).Name()
	id, _ := p.table.Column("id")
	p.raw("(1 = 0) UNION ALL SELECT ", id, " FROM ", p.table.Name(), " JOIN ", far, " ON ")
	p.on(r, far)
	p.raw(" WHERE ")
	p.inner(r, q.Term(), negated)
	return true
}

// keysNotIn looks for the key among those of the other table, which can be null.
func keysNotIn(p *plain, q spec.Quantified, negated bool) bool {
	r, ok := p.direct(q)
	if !ok || q.Quantifier() == spec.Universal {
		return false
	}
	for near, far := range r.Keys.Pairs() {
		p.raw("(", p.table.Name(), ".", p.quoted(near))
		if negated {
			p.raw(" NOT")
		}
		p.raw(" IN (SELECT ", r.Table.In(p.dialect).Name(), ".", p.quoted(far), " FROM ", r.Table.In(p.dialect).Name(), " WHERE ")
	}
	p.inner(r, q.Term(), false)
	p.raw("))")
	return true
}

// pushed asks for some row of which the negation is true.
func pushed(p *plain, q spec.Quantified, negated bool) bool {
	if !negated || q.Quantifier() == spec.Universal {
		return false
	}
	p.own(spec.Any(q.Relation(), specOf(q.Term()).Not()).Node(), false)
	return true
}

// noneFalse passes over the rows of which the term is unknown.
func noneFalse(p *plain, q spec.Quantified, negated bool) bool {
	if q.Quantifier() == spec.Existential {
		return false
	}
	p.own(spec.Any(q.Relation(), specOf(q.Term()).Not()).Node(), !negated)
	return true
}

// absentIsFalse takes what is asked through a row that is absent for false.
func absentIsFalse(p *plain, term spec.Node) bool {
	leaf, ok := term.(spec.Leaf)
	if !ok || !strings.Contains(leaf.Field, ".") || p.column(leaf.Field) != "" {
		return false
	}
	p.raw("NOT ")
	p.own(term, false)
	return true
}
