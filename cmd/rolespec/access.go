package main

import (
	"flag"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// access are the flags that ask a policy: may this caller do this?
type access struct {
	policy   string
	endpoint string
	method   string
}

func (a *access) register(flags *flag.FlagSet, usage string) {
	flags.StringVar(&a.policy, "policy", "", usage)
	flags.StringVar(&a.endpoint, "endpoint", "", "`ENDPOINT` of the policy, such as tasks")
	flags.StringVar(&a.method, "method", "", "`METHOD` of the endpoint, such as GET")
}

// complete makes sure that nothing is left out, which nobody should guess.
func (a *access) complete(command, caller string) error {
	switch {
	case a.policy == "":
		return usagef(command, "which policy? --policy FILE")
	case caller == "":
		return usagef(command, "who asks? --caller JSON, such as '{\"roles\":[\"user\"]}'")
	case a.endpoint == "":
		return usagef(command, "for what? --endpoint NAME, such as tasks")
	case a.method == "":
		return usagef(command, "to do what? --method NAME, such as GET")
	}
	return nil
}

// decide reads the policy and asks it. The notes say what of the question is hardly
// meant.
func (a *access) decide(e *environment, caller string) (d roles.Decision, p *policy.Policy, notes []string, err error) {
	claims, err := e.readCaller(caller)
	if err != nil {
		return d, nil, nil, err
	}
	p, err = e.readPolicy(a.policy)
	if err != nil {
		return d, nil, nil, err
	}
	service, err := policy.NewService[policy.Claims](p)
	if err != nil {
		return d, nil, nil, err
	}
	return service.Decide(claims, a.endpoint, a.method), p, doubts(p, claims, a.endpoint), nil
}

// fromPolicy returns the rows that the policy shows the caller. Where it forbids
// the caller to ask, that is the error.
func (s *selection) fromPolicy(e *environment, command string, declared *spec.Schema) (*selected, error) {
	if err := s.access.complete(command, s.caller); err != nil {
		return nil, err
	}
	decision, p, _, err := s.access.decide(e, s.caller)
	if err != nil {
		return nil, err
	}
	if !decision.Allowed() {
		return nil, forbidden(decision)
	}
	sel := &selected{spec: decision.Specification, source: named(s.access.policy), schema: declared, open: true, key: "id"}
	resource, ok := p.Resource(s.access.endpoint)
	switch {
	case ok && declared != nil:
		return nil, usagef(command, "--fields is for policies that do not declare the fields of %q; this one does", s.access.endpoint)
	case ok:
		sel.schema, sel.open, sel.key = resource.Schema, false, resource.Key
	}
	return sel, nil
}

// forbidden returns why a decision is no, never nil.
func forbidden(d roles.Decision) error {
	if d.Err == nil {
		return roles.ErrForbidden
	}
	return d.Err
}
