package policy

import (
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// check holds a rule against the rows that it is asked of, and against the claims.
// It stands in so many grants.
func (b *builder) check(r *document.Rule, t document.Target, grants int) {
	resources, conditions := b.of(t), 0
	for range r.Spec.Leaves() {
		conditions++
	}
	if b.file.Full() || !b.affords(r.Pos, conditions*(grants+len(resources))) {
		return
	}
	for _, resource := range resources {
		if err := resource.Schema.Check(r.Spec, b.made.claims); err != nil {
			b.ruleProblem(r, resource, err)
			return // one at a time: the next resource would mostly say the same
		}
	}
	b.checkClaims(r)
}

// checkClaims is what can be said without the rows, where none are declared.
func (b *builder) checkClaims(r *document.Rule) {
	if b.made.claims == nil {
		return
	}
	for leaf := range r.Spec.Leaves() {
		for _, name := range spec.NewLeaf(leaf.Field, leaf.Op, leaf.Value).Vars() {
			claim, ok := b.made.claims.Field(name)
			switch {
			case !ok:
				b.ruleProblem(r, Resource{}, &spec.UnboundError{Name: name})
				return
			case claim.List && leaf.Op != spec.OpIn && leaf.Op != spec.OpOverlaps:
				b.problem(b.file.InRule(r.Node, "$"+name), "", "the claim %s is a list, and %s takes one value", document.Quote(name), leaf.Op)
				return
			}
		}
	}
}

// ruleProblem notes what is wrong with a rule, at the name that it is about.
func (b *builder) ruleProblem(r *document.Rule, resource Resource, err error) {
	p := document.Problem{Pos: r.Pos, Err: err, Reason: withoutPrefix(err)}
	var (
		field    *spec.FieldError
		relation *spec.RelationError
		unbound  *spec.UnboundError
	)
	switch {
	case errors.As(err, &unbound):
		p.Pos = b.file.InRule(r.Node, "$"+unbound.Name)
		p.Reason = fmt.Sprintf("there is no claim %s", document.Quote(unbound.Name))
		p.Advice = b.nearest(unbound.Name, fieldNames(b.made.claims))
	case errors.As(err, &field):
		p.Pos = b.file.InRule(r.Node, field.Field)
		p.Reason = fmt.Sprintf("resource %s, field %s: %s", document.Quote(resource.Name), document.Quote(field.Field), field.Reason)
		if errors.Is(err, spec.ErrUnknownField) {
			p.Reason = fmt.Sprintf("resource %s has no field %s", document.Quote(resource.Name), document.Quote(field.Field))
			p.Advice = b.nearest(field.Field, pathNames(resource.Schema))
			if p.Advice == "did you mean "+field.Field+"?" {
				p.Advice = "the relation leads to many rows: ask of them by any or every"
			}
		}
	case errors.As(err, &relation):
		p.Pos = b.file.InRule(r.Node, relation.Relation)
		p.Reason = fmt.Sprintf("resource %s, relation %s: %s", document.Quote(resource.Name), document.Quote(relation.Relation), relation.Reason)
		p.Advice = b.nearest(relation.Relation, relationNames(resource.Schema))
	}
	b.file.Add(p)
}

func (b *builder) columns(columns document.Words, t document.Target, grants int) {
	resources := b.of(t)
	if !b.affords(t.Pos, len(columns)*(grants+len(resources))) {
		return
	}
	for _, r := range resources {
		for _, c := range columns {
			if _, ok := r.Schema.Field(c.Text); !ok {
				b.problem(c.Pos, b.nearest(c.Text, fieldNames(r.Schema)), "resource %s has no field %s", document.Quote(r.Name), document.Quote(c.Text))
			}
		}
	}
}

// pathNames are the fields of a row and of the rows that it leads to.
func pathNames(sc *spec.Schema) []string {
	names := fieldNames(sc)
	for r := range sc.Relations() {
		for _, name := range fieldNames(r.Rows) {
			names = append(names, r.Name+"."+name)
		}
	}
	return names
}

func relationNames(sc *spec.Schema) (names []string) {
	for r := range sc.Relations() {
		names = append(names, r.Name)
	}
	return names
}
