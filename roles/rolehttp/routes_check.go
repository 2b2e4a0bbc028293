package rolehttp

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/roles"
)

// check reports a route that no role may use.
func (r Route) check(declared Declarer) error {
	methods := r.asked(declared)
	for _, method := range methods {
		if len(permitted(declared, r.Endpoint, method)) > 0 {
			return nil
		}
	}
	what := "any method of"
	if len(methods) == 1 {
		what = methods[0]
	}
	return r.errorf("no role permits %s %q; %s", what, r.Endpoint, said(declared, r.Endpoint))
}

// said says where the policy speaks of an endpoint.
func said(declared Declarer, endpoint string) string {
	var places []string
	for d := range declared.Declarations() {
		if d.Endpoint == endpoint && d.Role != "" {
			places = append(places, fmt.Sprintf("%s %s for role %q at %s", d.Effect, d.Method, d.Role, d.Where))
		}
	}
	if len(places) == 0 {
		return "no role of the policy names this endpoint"
	}
	return "the policy says of it: " + strings.Join(places, ", ")
}

// asked returns the methods that the policy is asked about for requests of the route:
// where its pattern is for any method, those that the policy permits for the endpoint,
// and "*" if it permits the others.
func (r Route) asked(declared Declarer) []string {
	method, _ := splitPattern(r.Pattern)
	switch {
	case r.Method != "":
		return []string{strings.ToUpper(r.Method)}
	case method != "":
		return []string{method}
	}
	var methods []string
	for d := range declared.Declarations() {
		method := d.Method
		switch {
		case d.Role == "":
			continue
		case d.Endpoint == "":
			method = roles.AnyMethod
		case d.Endpoint != r.Endpoint:
			continue
		}
		if !slices.Contains(methods, method) && len(permitted(declared, r.Endpoint, method)) > 0 {
			methods = append(methods, method)
		}
	}
	slices.Sort(methods)
	return methods
}

// permitted returns the roles that permit a method of an endpoint, in the order of the
// policy. A role with a denial of it never does.
func permitted(declared Declarer, endpoint, method string) []string {
	var names []string
	said := map[string]effects{}
	for d := range declared.Declarations() {
		if d.Role == "" {
			continue
		}
		if !slices.Contains(names, d.Role) {
			names = append(names, d.Role)
		}
		e := said[d.Role]
		e.add(d, endpoint, method)
		said[d.Role] = e
	}
	return slices.DeleteFunc(names, func(name string) bool { return !said[name].permits() })
}

// effects is what a role says, from everything down to the one method.
type effects struct {
	effect [3]roles.Effect
	denied bool
}

// add adds a declaration, if it is about the method of the endpoint.
func (e *effects) add(d roles.Declaration, endpoint, method string) {
	at := 0
	switch {
	case d.Endpoint == "":
	case d.Endpoint == endpoint && d.Method == method:
		at = 2
	case d.Endpoint == endpoint && d.Method == roles.AnyMethod:
		at = 1
	default:
		return
	}
	switch {
	case d.Effect == roles.Denies:
		e.denied = e.denied || d.Rule != nil && d.Rule.IsAll()
	default:
		e.effect[at] = d.Effect
	}
}

func (e effects) permits() bool {
	for _, effect := range slices.Backward(e.effect[:]) {
		if effect != "" {
			return effect == roles.Allows && !e.denied
		}
	}
	return false
}
