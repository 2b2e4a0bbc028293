package policytest

import (
	"fmt"
	"strconv"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/spec"
)

// row reads a row, and reports whether it is sound.
func (l *loader) row(s source, n *document.Node, schema *spec.Schema, resource string) (map[string]any, bool) {
	before := len(l.errs)
	if n.Kind != document.Map {
		l.problem(s, n.Pos, "a row is written {id: 1, name: x}", "%v stands where a row is wanted", n.Kind)
		return nil, false
	}
	values := map[string]any{}
	if schema == nil {
		values, _ = l.free(s, n).(map[string]any)
	} else {
		l.members(s, n, l.shapes.of(schema), member{into: values, resource: strconv.Quote(resource)})
	}
	return values, len(l.errs) == before
}

// member is where the members of a mapping go.
type member struct {
	into     map[string]any
	prefix   string // of their names
	resource string // as it is called in messages
}

// members reads fields and related rows.
func (l *loader) members(s source, n *document.Node, sh *shape, to member) {
	for _, k := range n.Keys {
		name := to.prefix + k.Name
		f, isField := sh.fields[name]
		relation, isRelation := sh.relations[name]
		var v any
		switch {
		case isField:
			v, _ = l.value(s, k.Value, f, fmt.Sprintf("the field %q", name))
		case isRelation:
			v = l.related(s, k.Value, relation)
		case sh.inner[name] && k.Value.Kind == document.Map:
			l.members(s, k.Value, sh, member{to.into, name + ".", to.resource})
			continue
		case sh.inner[name] && k.Value.Kind == document.Null: // and so are the fields in it
		case sh.inner[name]:
			l.problem(s, k.Value.Pos, "", "%q is a mapping of fields, this is %v", name, k.Value.Kind)
			continue
		default:
			l.problem(s, k.Pos, nearest(name, sh.names), "the resource %s has no field %q", to.resource, name)
			continue
		}
		if !put(to.into, name, v) {
			l.problem(s, k.Pos, "", "the field %q stands here twice", name)
		}
	}
}

// related reads the rows that a row leads to.
func (l *loader) related(s source, n *document.Node, r spec.Relation) any {
	called := fmt.Sprintf("the relation %q", r.Name)
	one := func(n *document.Node) any {
		if n.Kind != document.Map {
			l.problem(s, n.Pos, "write the row itself, {id: 1}", "%s leads to rows, this is %v", called, n.Kind)
			return nil
		}
		values := map[string]any{}
		l.members(s, n, l.shapes.of(r.Rows), member{into: values, resource: "of " + called})
		return values
	}
	switch {
	case r.One && n.Kind == document.Null:
		return nil
	case r.One:
		return one(n)
	case n.Kind != document.List:
		l.problem(s, n.Pos, "begin each row with -", "%s leads to many rows, this is %v", called, n.Kind)
		return nil
	}
	list := make([]any, len(n.Items))
	for i, item := range n.Items {
		list[i] = one(item)
	}
	return list
}

// free reads a value of a row that nobody declares.
func (l *loader) free(s source, n *document.Node) any {
	switch n.Kind {
	case document.Map:
		m := map[string]any{}
		for _, k := range n.Keys {
			m[k.Name] = l.free(s, k.Value)
		}
		return m
	case document.List:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = l.free(s, item)
		}
		return list
	case document.Null:
		return nil
	}
	v, reason := written(n, spec.KindString)
	if reason != "" {
		l.problem(s, n.Pos, "", "a value that no row holds: %s", reason)
	}
	return v
}
