package policy

import (
	"strings"

	"github.com/rolespec/rolespec/policy/internal/document"
	"github.com/rolespec/rolespec/roles"
)

func (b *builder) roles() {
	seen := map[string]document.Pos{}
	for i := range b.document.Roles {
		r := &b.document.Roles[i]
		first, twice := seen[r.Name.Text]
		switch {
		case twice:
			b.problem(r.Name.Pos, "", "the role %s is declared twice, first on line %d", document.Quote(r.Name.Text), first.Line)
			continue
		case r.Name.Text == roles.AnyMethod:
			b.problem(r.Name.Pos, "what is for every caller is a restriction", "a role has a name: * is none")
		}
		b.isName(r.Name, "role")
		seen[r.Name.Text] = r.Name.Pos
		b.role(r)
	}
}

func (b *builder) role(r *document.Role) {
	var grants []roles.Grant
	once := declaredOnce{b, map[declared]document.Pos{}}
	for i := range r.Allow {
		grants = append(grants, b.allow(&r.Allow[i], once)...)
	}
	for _, except := range r.Except {
		for _, t := range b.targets(except) {
			switch {
			case t.endpoint == "":
				b.problem(except.Pos, "name the endpoints", "an exception from everything permits nothing")
			case once.first("", t):
				grants = append(grants, roles.Except(t.endpoint, t.method).At(b.where(t.at)))
			}
		}
	}
	for i := range r.Deny {
		grants = append(grants, b.deny(&r.Deny[i], once)...)
	}
	b.made.parts = append(b.made.parts, roles.New(r.Name.Text, grants...).At(b.where(r.Pos)))
}

// allow returns a grant for each method of each endpoint.
func (b *builder) allow(g *document.Grant, once declaredOnce) (grants []roles.Grant) {
	targets := b.targets(g.Target)
	b.check(g.Rule, g.Target, len(targets))
	var opts []roles.GrantOption
	if g.Check != nil {
		b.check(g.Check, g.Target, len(targets))
		opts = append(opts, roles.CheckWhere(g.Check.Spec))
	}
	if g.Columns != nil {
		b.columns(*g.Columns, g.Target, len(targets))
		opts = append(opts, roles.Columns(g.Columns.Texts()...))
	}
	where := b.where(g.Pos)
	for _, t := range targets {
		if !once.first("", t) {
			continue
		}
		grant := roles.AllowWhere(t.endpoint, t.method, g.Rule.Spec, opts...)
		if t.endpoint == "" {
			grant = roles.AllowAllWhere(g.Rule.Spec, opts...)
		}
		grants = append(grants, grant.At(where))
	}
	return grants
}

func (b *builder) deny(d *document.Denial, once declaredOnce) (grants []roles.Grant) {
	targets := b.targets(d.Target)
	if d.Rule != nil {
		b.check(d.Rule, d.Target, len(targets))
	}
	where := b.where(d.Pos)
	for _, t := range targets {
		if !once.first("deny", t) {
			continue
		}
		var grant roles.Grant
		switch {
		case t.endpoint == "" && d.Rule == nil:
			grant = roles.DenyAll()
		case t.endpoint == "":
			b.problem(d.Pos, "name the endpoints, or leave out the rule", "some rows cannot be denied of everything")
			continue
		case d.Rule == nil:
			grant = roles.Deny(t.endpoint, t.method)
		default:
			grant = roles.DenyWhere(t.endpoint, t.method, d.Rule.Spec)
		}
		grants = append(grants, grant.At(where))
	}
	return grants
}

func (b *builder) restriction(r *document.Restriction) {
	targets := b.targets(r.Target)
	b.check(r.Rule, r.Target, len(targets))
	where := b.where(r.Pos)
	for _, t := range targets {
		part := roles.RestrictWhere(t.endpoint, t.method, r.Rule.Spec)
		if t.endpoint == "" {
			part = roles.RestrictAllWhere(r.Rule.Spec)
		}
		b.made.parts = append(b.made.parts, part.At(where))
	}
}

// declaredOnce notes what one role has said.
type declaredOnce struct {
	b    *builder
	seen map[declared]document.Pos
}

type declared struct{ effect, endpoint, method string }

// first reports whether nothing was said of the target before.
func (d declaredOnce) first(effect string, t target) bool {
	key := declared{effect, t.endpoint, strings.ToUpper(t.method)}
	if first, twice := d.seen[key]; twice {
		d.b.problem(t.at, "", "%v is declared twice in this role, first on line %d", t, first.Line)
		return false
	}
	d.seen[key] = t.at
	return true
}
