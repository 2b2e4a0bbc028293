package lint

import (
	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// allows looks at the rule and the check of a grant.
func (l *linter) allows(d roles.Declaration) {
	l.rule(d, *d.Rule, "the rule", func(endpoint string) bool {
		return prove.Never(l.Restricted(*d.Rule, endpoint, method(d)), l.Schema(endpoint))
	})
	if d.Check != nil {
		l.rule(d, *d.Check, "the check", func(endpoint string) bool {
			return prove.Never(l.Restricted(*d.Check, endpoint, method(d)), l.Schema(endpoint))
		})
	}
	l.denied(d)
	if d.Endpoint == "" && l.covered(d.Role) {
		l.found(Unreachable, d.Where, "role %q has a grant for every method of every declared endpoint: this one is never asked", d.Role)
	}
}

// rule reports a rule that no row or every row satisfies. One that is written as #
// or !# is meant so.
func (l *linter) rule(d roles.Declaration, rule spec.Specification, what string, neverRestricted func(endpoint string) bool) {
	if rule.IsAll() || rule.IsNone() {
		return
	}
	targets := l.targets(d)
	switch {
	case l.each(targets, func(endpoint string) bool { return prove.Never(rule, l.Schema(endpoint)) }):
		l.found(NoRow, d.Where, "no row of %s satisfies %s %s", about(d.Endpoint, d.Method), what, rule)
		return
	case l.each(targets, func(endpoint string) bool { return prove.Always(rule, l.Schema(endpoint)) }):
		l.found(EveryRow, d.Where, `every row of %s satisfies %s %s: if that is meant, write "#"`, about(d.Endpoint, d.Method), what, rule)
	}
	for _, endpoint := range targets {
		if neverRestricted(endpoint) {
			l.found(NoRow, d.Where, "no row of %s satisfies %s %s and the restrictions as well", about(endpoint, method(d)), what, rule)
		}
	}
}

// each reports whether something holds of every endpoint, and of one at least. A
// policy that names no endpoint has rows of which nothing is known.
func (l *linter) each(endpoints []string, holds func(endpoint string) bool) bool {
	if len(endpoints) == 0 {
		return holds("")
	}
	for _, endpoint := range endpoints {
		if !holds(endpoint) {
			return false
		}
	}
	return true
}

// denied reports a grant all of which the same role denies.
func (l *linter) denied(d roles.Declaration) {
	for _, denial := range l.Denials(d.Role, d.Endpoint, method(d)) {
		if denial.Rule.IsAll() {
			l.found(Unreachable, d.Where, "role %q denies %s itself, at %s", d.Role, about(d.Endpoint, d.Method), denial.Where)
			return
		}
	}
}

// covered reports whether a role says something of every method of every endpoint
// that is declared, so that its grant for everything is never asked.
func (l *linter) covered(role string) bool {
	declared := 0
	for r := range l.Resources() {
		for _, endpoint := range r.Endpoints {
			declared++
			if d, _ := l.Grant(role, endpoint, roles.AnyMethod); d.Endpoint == "" {
				return false
			}
		}
	}
	return declared > 0
}

func (l *linter) excepts(d roles.Declaration) {
	for _, wider := range l.Declared {
		if wider.Role != d.Role || wider.Effect != roles.Allows {
			continue
		}
		if rank := wider.Rank(d.Endpoint, d.Method); rank > 0 {
			return
		}
		if d.Method == roles.AnyMethod && wider.Endpoint == "" {
			return
		}
	}
	l.found(NoEffect, d.Where, "role %q has no wider grant from which %s could be taken out", d.Role, about(d.Endpoint, d.Method))
}

func (l *linter) denies(d roles.Declaration) {
	if d.Rule.IsAll() {
		return
	}
	switch sc := l.Schema(d.Endpoint); {
	case prove.Never(*d.Rule, sc) && prove.Always(d.Rule.Not(), sc):
		l.found(NoEffect, d.Where, "no row of %s satisfies %s: nothing is denied", about(d.Endpoint, d.Method), d.Rule)
	case prove.Never(d.Rule.Not(), sc):
		l.found(EveryRow, d.Where, "%s hides every row of %s: if that is meant, leave out the rule", d.Rule, about(d.Endpoint, d.Method))
	}
}

func (l *linter) restricts(d roles.Declaration) {
	targets := l.targets(d)
	switch {
	case d.Rule.IsAll(), l.each(targets, func(endpoint string) bool { return prove.Always(*d.Rule, l.Schema(endpoint)) }):
		l.found(NoEffect, d.Where, "every row of %s satisfies %s: nothing is restricted", about(d.Endpoint, d.Method), d.Rule)
	case l.each(targets, func(endpoint string) bool { return prove.Never(*d.Rule, l.Schema(endpoint)) }):
		l.found(NoRow, d.Where, "no row of %s satisfies the restriction %s: it hides everything", about(d.Endpoint, d.Method), d.Rule)
	}
	if d.Endpoint != "" {
		l.uneven(d)
	}
}

// uneven reports the endpoints that show the same rows without the restriction.
func (l *linter) uneven(d roles.Declaration) {
	resource, ok := l.Resource(d.Endpoint)
	if !ok {
		return
	}
	for _, other := range resource.Endpoints {
		if other == d.Endpoint {
			continue
		}
		restricted := l.Restricted(spec.All(), other, d.Method)
		if !prove.Implies(restricted, *d.Rule, resource.Schema) {
			l.found(Uneven, d.Where, "it stands over %s and not over %s, which is about the same rows", about(d.Endpoint, d.Method), about(other, d.Method))
		}
	}
}
