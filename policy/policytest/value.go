package policytest

import (
	"slices"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// value reads what a row has in a field. What it is called in messages is for the
// claims, which are read in the same way.
func (l *loader) value(s source, n *document.Node, f spec.Field, called string) (spec.Value, bool) {
	switch {
	case n.Kind == document.Null && f.Nullable:
		return spec.Null, true
	case n.Kind == document.Null:
		l.problem(s, n.Pos, "leave it out, or let it be null in the policy: "+f.Name+": "+f.TypeName()+"?", "%s cannot be null", called)
		return spec.Null, false
	case !f.List:
		return l.scalar(s, n, f, called)
	case n.Kind != document.List:
		l.problem(s, n.Pos, "write it in brackets", "%s is a list, this is %v", called, n.Kind)
		return spec.Null, false
	}
	elements, sound := make([]spec.Value, len(n.Items)), true
	for i, item := range n.Items {
		if item.Kind == document.Null {
			continue // as arrays of an engine may hold
		}
		v, ok := l.scalar(s, item, f, "an element of "+called)
		elements[i], sound = v, sound && ok
	}
	list, err := spec.ValueOf(elements)
	return list, sound && err == nil
}

// scalar reads one value of the kind of a field.
func (l *loader) scalar(s source, n *document.Node, f spec.Field, called string) (spec.Value, bool) {
	if !slices.Contains(writtenAs(f.Kind), n.Kind) {
		l.problem(s, n.Pos, rewrite(n, f.Kind), "%s is of type %v, this is %v", called, f.Kind, n.Kind)
		return spec.Null, false
	}
	v, reason := written(n, f.Kind)
	if reason == "" {
		v, reason = fit(f, v)
	}
	if reason != "" {
		advice := ""
		if len(f.Labels) > 0 {
			advice = nearest(n.Text, f.Labels)
		}
		l.problem(s, n.Pos, advice, "%s is of type %s: %s", called, describe(f), reason)
		return spec.Null, false
	}
	return v, true
}

func describe(f spec.Field) string {
	if len(f.Labels) > 0 {
		return "enum"
	}
	return f.Kind.String()
}
