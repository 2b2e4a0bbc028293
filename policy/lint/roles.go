package lint

import (
	"slices"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// order reports grants that a narrower grant of an earlier role keeps from being
// asked, for callers with both roles. Of two that show other rows nothing is said:
// that may be meant.
func (l *linter) order() {
	if l.Service.IsUnion() {
		return
	}
	names := l.Service.Roles()
	for _, endpoint := range l.Endpoints() {
		for _, method := range l.Methods(endpoint) {
			for i, later := range names {
				for _, earlier := range names[:i] {
					l.shadowed(earlier, later, endpoint, method)
				}
			}
		}
	}
}

func (l *linter) shadowed(earlier, later, endpoint, method string) {
	first, permits := l.Grant(earlier, endpoint, method)
	second, permitted := l.Grant(later, endpoint, method)
	if !permits || !permitted || second.Effect != roles.Allows {
		return
	}
	if _, shows := l.Rows(earlier, endpoint, method); !shows { // excepted or denied
		return
	}
	a, b, sc := *first.Rule, *second.Rule, l.Schema(endpoint)
	if b.Equal(a) || !prove.Implies(a, b, sc) || prove.Implies(b, a, sc) {
		return
	}
	l.found(Shadowed, second.Where, "role %q, at %s, is asked before role %q and shows nothing of %s that this grant does not: who has both roles does not get this one", earlier, first.Where, later, about(endpoint, method))
}

func (l *linter) roles() {
	for _, name := range l.Service.Roles() {
		own := slices.ContainsFunc(l.Declared, func(d roles.Declaration) bool {
			return d.Role == name && (d.Effect == roles.Allows || d.Effect == roles.Denies)
		})
		if !own {
			l.found(EmptyRole, "", "role %q permits nothing", name)
		}
	}
}

// endpoints reports those that nobody may use at all.
func (l *linter) endpoints() {
	for _, endpoint := range l.Endpoints() {
		permitted := slices.ContainsFunc(l.Declared, func(d roles.Declaration) bool {
			return d.Effect == roles.Allows && (d.Endpoint == "" || d.Endpoint == endpoint)
		})
		if !permitted {
			l.found(NotPermitted, "", "no role permits anything of the endpoint %q", endpoint)
		}
	}
}

func (l *linter) undeclared() {
	if !l.declaresResources() {
		l.found(Undeclared, "", "no resources are declared: endpoints, fields and types are not checked")
	}
	if l.Claims() == nil {
		l.found(Undeclared, "", "no claims are declared: a claim that is spelled wrongly denies everything")
	}
}

func (l *linter) declaresResources() bool {
	for range l.Resources() {
		return true
	}
	return false
}

// claims reports those that are declared for nothing. The roles and the subject of
// a caller are read by others than rules.
func (l *linter) claims() {
	used := map[string]bool{"roles": true, "sub": true}
	for _, d := range l.Declared {
		for _, rule := range []*spec.Specification{d.Rule, d.Check} {
			if rule != nil {
				for _, name := range rule.Vars() {
					used[name] = true
				}
			}
		}
	}
	for claim := range l.Claims().Fields() {
		if !used[claim.Name] {
			l.found(UnusedClaim, "", "no rule names the claim %q", claim.Name)
		}
	}
}

// callers holds the roles of known callers against those of the policy.
func (l *linter) callers(callers []policy.Claims) {
	if len(callers) == 0 {
		return
	}
	held := map[string]bool{}
	for _, c := range callers {
		for _, name := range c.RoleNames() {
			if !held[name] && !slices.Contains(l.Service.Roles(), name) {
				l.found(UnknownRole, "", "a caller has the role %q, of which the policy says nothing", name)
			}
			held[name] = true
		}
	}
	for _, name := range l.Service.Roles() {
		if !held[name] {
			l.found(Unheld, "", "no caller has the role %q", name)
		}
	}
}
