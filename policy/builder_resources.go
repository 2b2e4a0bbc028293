package policy

import (
	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// resources reports whether there are schemas, if with problems elsewhere.
func (b *builder) resources() bool {
	names := make([]string, len(b.document.Resources.Entries))
	declared := make(map[string]spec.Rows, len(names))
	for i, e := range b.document.Resources.Entries {
		names[i] = e.Name.Text
		declared[e.Name.Text] = spec.Rows{}
	}
	for _, e := range b.document.Resources.Entries {
		declared[e.Name.Text] = spec.Rows{Fields: fieldsOf(e.Value.Fields), Relations: b.links(&e.Value, names, declared)}
	}
	schemas, err := spec.NewSchemas(declared)
	if err != nil {
		b.problem(b.document.Resources.Pos, "", "%s", withoutPrefix(err))
		return false
	}
	for i, e := range b.document.Resources.Entries {
		b.resource(i, e.Name, &e.Value, schemas[e.Name.Text])
	}
	return true
}

func (b *builder) resource(i int, name document.Word, r *document.Resource, sc *spec.Schema) {
	made := Resource{Name: name.Text, Endpoints: r.Endpoints.Texts(), Key: r.Key.Text, Schema: sc}
	if made.Key == "" {
		made.Key = "id"
	} else if _, ok := sc.Field(made.Key); !ok {
		b.problem(r.Key.Pos, b.nearest(made.Key, fieldNames(sc)), "resource %s has no field %s", document.Quote(made.Name), document.Quote(made.Key))
	}
	written := r.Endpoints
	if written == nil {
		written, made.Endpoints = document.Words{name}, []string{name.Text}
	}
	for _, endpoint := range written {
		other, twice := b.made.endpoints[endpoint.Text]
		switch {
		case !b.isName(endpoint, "endpoint"):
		case endpoint.Text == roles.AnyMethod:
			b.problem(endpoint.Pos, "", "* is every endpoint, not the name of one")
		case twice:
			b.problem(endpoint.Pos, "", "the endpoint %s is that of resource %s already", document.Quote(endpoint.Text), document.Quote(b.document.Resources.Entries[other].Name.Text))
		default:
			b.made.endpoints[endpoint.Text] = i
		}
	}
	b.made.resources = append(b.made.resources, made)
}

// links returns the relations of a resource that lead somewhere.
func (b *builder) links(r *document.Resource, resources []string, declared map[string]spec.Rows) (links []spec.Link) {
	if len(r.Relations.Entries) == 0 {
		return nil
	}
	fields := make(map[string]document.Pos, len(r.Fields.Entries))
	for _, e := range r.Fields.Entries {
		fields[e.Name.Text] = e.Name.Pos
	}
	for _, e := range r.Relations.Entries {
		to, one := e.Value.Many, false
		if to.Text == "" {
			to, one = e.Value.One, true
		}
		field, isField := fields[e.Name.Text]
		_, ok := declared[to.Text]
		switch {
		case (e.Value.One.Text == "") == (e.Value.Many.Text == ""):
			b.problem(e.Value.Pos, "write {one: resource} or {many: resource}", "a relation leads to one row or to many")
		case isField:
			b.problem(e.Name.Pos, "", "there is a field %s already, on line %d", document.Quote(e.Name.Text), field.Line)
		case !ok:
			b.problem(to.Pos, b.nearest(to.Text, resources), "there is no resource %s", document.Quote(to.Text))
		default:
			links = append(links, spec.Link{Name: e.Name.Text, To: to.Text, One: one})
		}
	}
	return links
}
