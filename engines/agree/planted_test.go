package agree_test

import (
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
	"github.com/rolespec/rolespec/sqlspec/sqlspectest"
)

// plain writes a specification as one would who does not know what engines do with
// it: part by part, the leaves as the table writes them. With a hook for every
// part, each of the bugs below is a few lines.
type plain struct {
	table   *sqlspec.Table
	dialect sqlspec.Dialect
	text    []byte
	args    []any
	err     error

	constant   func(bool) string
	negation   func(p *plain, term spec.Node) bool // whether it was written
	leaf       func(p *plain, l spec.Leaf) bool
	quantified func(p *plain, q spec.Quantified, negated bool) bool
	loose      bool // no parentheses
}

func (p *plain) compile(t *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) (string, []any, error) {
	q := *p
	q.table, q.dialect = t, d
	resolved, err := t.Schema().Resolve(s)
	if err != nil {
		return "", nil, err
	}
	q.node(resolved.Node(), false)
	return string(q.text), q.args, q.err
}

func (p *plain) raw(text ...string) {
	for _, t := range text {
		p.text = append(p.text, t...)
	}
}

func (p *plain) arg(v any) {
	p.args = append(p.args, v)
	if p.dialect == sqlspec.Postgres {
		p.raw(fmt.Sprintf("$%d", len(p.args)))
	} else {
		p.raw("?")
	}
}

// node writes a node or its negation, which goes down to the leaves as far as
// nobody says otherwise.
func (p *plain) node(n spec.Node, negated bool) {
	switch n := n.(type) {
	case spec.Constant:
		if p.constant != nil {
			p.raw(p.constant(bool(n) != negated))
			return
		}
	case spec.Negation:
		if p.negation == nil || !p.negation(p, n.Term()) {
			p.node(n.Term(), !negated)
		}
		return
	case spec.Junction:
		p.junction(n, negated)
		return
	case spec.Quantified:
		if p.quantified != nil && p.quantified(p, n, negated) {
			return
		}
	case spec.Leaf:
		if p.leaf != nil && p.planted(n, negated) {
			return
		}
	}
	p.own(n, negated)
}

// planted writes a leaf as the hook does, or its negation.
func (p *plain) planted(l spec.Leaf, negated bool) bool {
	before := len(p.text)
	if negated {
		p.raw("NOT ")
	}
	if p.leaf(p, l) {
		return true
	}
	p.text = p.text[:before]
	return false
}

// own lets the table write it.
func (p *plain) own(n spec.Node, negated bool) {
	s := specOf(n)
	if negated {
		s = s.Not()
	}
	var err error
	if p.text, p.args, err = p.table.Append(p.text, p.args, s, p.dialect); p.err == nil {
		p.err = err
	}
}

func (p *plain) junction(n spec.Junction, negated bool) {
	word := " OR "
	if (n.Connective() == spec.Conjunction) != negated {
		word = " AND "
	}
	if !p.loose {
		p.raw("(")
	}
	first := true
	for term := range n.Terms() {
		if !first {
			p.raw(word)
		}
		first = false
		p.node(term, negated)
	}
	if !p.loose {
		p.raw(")")
	}
}

func specOf(n spec.Node) spec.Specification {
	switch n := n.(type) {
	case spec.Leaf:
		return spec.NewLeaf(n.Field, n.Op, n.Value)
	case spec.Quantified:
		if n.Quantifier() == spec.Universal {
			return spec.Every(n.Relation(), specOf(n.Term()))
		}
		return spec.Any(n.Relation(), specOf(n.Term()))
	case spec.Negation:
		return specOf(n.Term()).Not()
	case spec.Junction:
		var terms []spec.Specification
		for t := range n.Terms() {
			terms = append(terms, specOf(t))
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...)
		}
		return spec.Or(terms...)
	case spec.Constant:
		if n {
			return spec.All()
		}
	}
	return spec.None()
}

// column is the column of a field of the table itself, "" for others.
func (p *plain) column(field string) string {
	c, _ := p.table.Column(field)
	return c
}

// TestPlantedBugs: whatever writes SQL with one of these bugs is found out by the
// cases. Without a bug it passes.
func TestPlantedBugs(t *testing.T) {
	planted := []sqlspectest.Engine{{Dialect: sqlspec.SQLite, Strict: true}}
	if scale == 1 { // the servers make their tables too slowly for the race detector
		planted = append(planted, sqlspectest.Engine{Dialect: sqlspec.Postgres}, sqlspectest.Engine{Dialect: sqlspec.MariaDB, Collation: usualCollation})
	}
	for _, e := range planted {
		t.Run(e.String(), func(t *testing.T) {
			e := opened(t, e)
			for _, bug := range plantedBugs {
				planted, ok := bug.plant(e.Dialect)
				if !ok || e.Dialect == sqlspec.MariaDB && !bug.sound && !bug.mariadb {
					continue // what is the same everywhere is seen on the faster engines
				}
				t.Run(bug.name, func(t *testing.T) {
					engine := e
					engine.Compile = planted.compile
					if bug.collation != "" {
						engine.Collation = bug.collation
					}
					found, which := caught(t, engine)
					switch {
					case bug.sound && found:
						t.Errorf("what has no bug does not pass: %s", which)
					case !bug.sound && !found:
						t.Error("no case shows it")
					default:
						t.Logf("%.200s", which)
					}
				})
			}
		})
	}
}

// opened is the engine with a database.
func opened(t *testing.T, e sqlspectest.Engine) sqlspectest.Engine {
	t.Helper()
	e.DB = map[sqlspec.Dialect]func(testing.TB) *sql.DB{
		sqlspec.SQLite: engines.SQLite, sqlspec.Postgres: engines.Postgres, sqlspec.MariaDB: engines.MariaDB,
	}[e.Dialect](t)
	return e
}

// caught reports whether a case shows a bug, and which. A statement that does not
// even run shows it as well.
func caught(t *testing.T, e sqlspectest.Engine) (found bool, which string) {
	t.Helper()
	r, _, err := e.Cases(t.Context(), spectest.Cases()...)
	switch {
	case err != nil:
		which = err.Error()
	case len(r.Failures) > 0:
		which = r.Failures[0].Problem
	}
	return r.Failed() || err != nil, strings.ReplaceAll(which, "\n", " ")
}
