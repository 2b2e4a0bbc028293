package sqlspec

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// condition writes a template as the condition of a policy: every claim that it
// names, and that it needs besides, is there, and what it says is true.
func (r rowSecurity) condition(template spec.Specification, needs []spec.Specification) (string, error) {
	g := &policyGrammar{claims: r.claims}
	for _, other := range needs {
		if _, _, err := r.compile(g, other); err != nil {
			return "", err
		}
	}
	text, args, err := r.compile(g, template)
	if err != nil {
		return "", err
	}
	g.imply(r.table, template.Node())
	condition, err := inline(text, args)
	present := slices.DeleteFunc(g.present, func(test string) bool { return slices.Contains(g.implied, test) })
	return strings.Join(append(present, condition), "\n    AND "), err
}

// imply notes the tests that a template makes by itself: what equals a claim, and has
// to, shows that the claim is there. It saves a sub-select and a filter for each row.
func (g *policyGrammar) imply(t *Table, n spec.Node) {
	switch n := n.(type) {
	case spec.Junction:
		if n.Connective() == spec.Conjunction {
			for term := range n.Terms() {
				g.imply(t, term)
			}
		}
	case spec.Leaf:
		c, claim := t.columns[n.Field], n.Value.Variable()
		if c == nil || n.Op != spec.OpEq || claim == "" {
			return
		}
		if f, ok := g.claims.Field(claim); ok && !f.List {
			if read, ok := claimValue(f, c, g.typ(c)); ok {
				g.implied = append(g.implied, read.present)
			}
		}
	case spec.Constant, spec.Negation, spec.Quantified, spec.Invalid:
	}
}

// compile writes a template, and has the grammar note the claims that it names.
func (r rowSecurity) compile(g *policyGrammar, template spec.Specification) (text []byte, args []any, err error) {
	if len(template.Vars()) > 0 && r.claims == nil {
		return nil, nil, fmt.Errorf("%w: no claims are declared", spec.ErrUnbound)
	}
	if err := r.table.schema.Check(template, r.claims); err != nil {
		return nil, nil, err
	}
	w := &writer{table: r.table, dialect: Postgres, grammar: g}
	s, err := r.resolve(w, template.Node())
	if err != nil {
		return nil, nil, err
	}
	w.condition(s.Node())
	return w.text, w.args, w.err
}

// resolve does what [spec.Schema.Resolve] does with the leaves that have no claims;
// the others stay as they are, each with one claim for its value.
func (r rowSecurity) resolve(w *writer, n spec.Node) (spec.Specification, error) {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return spec.All(), nil
		}
		return spec.None(), nil
	case spec.Leaf:
		return r.resolveLeaf(w, n)
	case spec.Negation:
		s, err := r.resolve(w, n.Term())
		return spec.Not(s), err
	case spec.Junction:
		terms := make([]spec.Specification, 0, n.Len())
		for term := range n.Terms() {
			s, err := r.resolve(w, term)
			if err != nil {
				return spec.None(), err
			}
			terms = append(terms, s)
		}
		if n.Connective() == spec.Conjunction {
			return spec.And(terms...), nil
		}
		return spec.Or(terms...), nil
	case spec.Quantified:
		return spec.None(), fmt.Errorf("%w: relation %q in a policy", ErrUnsupported, n.Relation())
	case spec.Invalid:
		return spec.None(), n.Err
	}
	return spec.None(), fmt.Errorf("%w: a node of type %T", ErrUnsupported, n)
}

func (r rowSecurity) resolveLeaf(w *writer, l spec.Leaf) (spec.Specification, error) {
	c := r.table.columns[l.Field]
	whole := spec.NewLeaf(l.Field, l.Op, l.Value)
	switch {
	case w.isBehind(l):
		w.refuse(l, ErrUnsupported, "a relation in a policy")
	case !whole.IsTemplate():
		return r.table.schema.Resolve(whole)
	case c != nil && c.encode != nil:
		w.refuse(l, ErrUnsupported, "the column holds codes, which no claim can be compared with")
	case takesMany(l.Op):
		return r.split(w, l)
	}
	return whole, w.err
}

// takesMany reports whether the value of the operator is a list, which a claim can
// be a part of.
func takesMany(op spec.Op) bool { return op == spec.OpIn || op == spec.OpOverlaps }

// split takes a list apart into its values and its claims: In and Overlaps are true
// of a list where they are of one of its parts.
func (r rowSecurity) split(w *writer, l spec.Leaf) (spec.Specification, error) {
	var values []any
	var parts []spec.Specification
	for _, e := range l.Value.List() {
		switch {
		case e.Kind() == spec.KindVariable:
			list, err := spec.ValueOf([]any{e})
			if err != nil {
				return spec.None(), err
			}
			parts = append(parts, spec.NewLeaf(l.Field, l.Op, list))
		case spec.NewLeaf(l.Field, spec.OpEq, e).IsTemplate():
			w.refuse(l, ErrUnsupported, "a claim in a list within a list")
		default:
			values = append(values, e)
		}
	}
	if len(values) > 0 {
		list, err := spec.ValueOf(values)
		if err != nil {
			return spec.None(), err
		}
		part, err := r.table.schema.Resolve(spec.NewLeaf(l.Field, l.Op, list))
		if err != nil {
			return spec.None(), err
		}
		parts = append(parts, part)
	}
	return spec.Or(parts...), w.err
}
