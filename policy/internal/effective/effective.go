// Package effective says what a policy comes to for one role, endpoint and method,
// as templates: what package roles finds for a caller at each request, before
// there is a caller.
package effective

import (
	"maps"
	"slices"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Policy is a policy whose declarations can be looked up.
type Policy struct {
	*policy.Policy
	roles.Declared
	Service *roles.Service[policy.Claims]
}

// Of returns the policy with its declarations.
func Of(p *policy.Policy) (*Policy, error) {
	service, err := policy.NewService[policy.Claims](p)
	if err != nil {
		return nil, err
	}
	return &Policy{p, slices.Collect(service.Declarations()), service}, nil
}

// Endpoints returns the endpoints that the policy declares or names, sorted.
func (p *Policy) Endpoints() []string {
	names := map[string]bool{}
	for r := range p.Resources() {
		for _, endpoint := range r.Endpoints {
			names[endpoint] = true
		}
	}
	for _, d := range p.Declared {
		if d.Endpoint != "" {
			names[d.Endpoint] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Methods returns the methods that the policy names for an endpoint or everywhere,
// sorted, and AnyMethod, which stands for all others.
func (p *Policy) Methods(endpoint string) []string {
	names := map[string]bool{roles.AnyMethod: true}
	for _, d := range p.Declared {
		if d.Endpoint == endpoint {
			names[d.Method] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Schema returns what fields the rows of an endpoint have; nil where nobody says.
func (p *Policy) Schema(endpoint string) *spec.Schema {
	r, _ := p.Resource(endpoint)
	return r.Schema
}

// Restricted returns a rule together with the restrictions over it.
func (p *Policy) Restricted(rule spec.Specification, endpoint, method string) spec.Specification {
	for _, r := range p.Restrictions(endpoint, method) {
		rule = rule.And(*r.Rule)
	}
	return rule
}

// Rows returns what a caller sees who has that one role; not ok where it permits
// nothing.
func (p *Policy) Rows(role, endpoint, method string) (rows spec.Specification, ok bool) {
	return p.rows(role, endpoint, method, func(d roles.Declaration) spec.Specification { return *d.Rule })
}

// Check returns what such a caller's rows have to satisfy as they are written.
func (p *Policy) Check(role, endpoint, method string) (rows spec.Specification, ok bool) {
	return p.rows(role, endpoint, method, func(d roles.Declaration) spec.Specification {
		if d.Check != nil {
			return *d.Check
		}
		return *d.Rule
	})
}

func (p *Policy) rows(role, endpoint, method string, of func(roles.Declaration) spec.Specification) (spec.Specification, bool) {
	d, ok := p.Grant(role, endpoint, method)
	if !ok || d.Effect != roles.Allows {
		return spec.None(), false
	}
	rows := p.Restricted(of(d), endpoint, method)
	for _, denial := range p.Denials(role, endpoint, method) {
		if denial.Rule.IsAll() {
			return spec.None(), false
		}
		rows = rows.And(denial.Rule.Not())
	}
	return rows, true
}
