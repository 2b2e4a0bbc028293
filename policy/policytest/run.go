package policytest

import "strings"

// Run asks the policy what the cases ask, and holds the answers against what they
// want. It may be called again. The report of the nil Suite is not OK.
func (s *Suite) Run() Report {
	if s == nil {
		return Report{}
	}
	r := Report{Suite: s.name, Policy: s.policy.Name(), Version: s.policy.Version(), Results: make([]Result, len(s.checks))}
	reached := reach{suite: s, lines: make([]bool, len(s.declared))}
	for i := range s.checks {
		r.Results[i] = s.run(&s.checks[i], &reached)
	}
	r.Coverage = reached.coverage()
	return r
}

// run judges what a program would be told, and asks for the whole decision only to
// say why.
func (s *Suite) run(c *check, reached *reach) Result {
	permission, err := s.service.Permission(c.caller.claims, c.endpoint, c.method)
	decision := s.service.Decide(c.caller.claims, c.endpoint, c.method)
	r := Result{
		Name: c.name, Where: c.where, Caller: c.caller.name, Endpoint: c.endpoint, Method: c.method,
		Roles: decision.Roles,
	}
	reached.note(&r, c, decision)
	if err != nil {
		r.Forbidden = reason(err)
	}
	j := judge{suite: s.name, permission: permission, err: err, deciders: deciders(r)}
	j.judge(c.wanted)
	r.Failures, r.Passed = j.failures, len(j.failures) == 0
	return r
}

// deciders says which roles decided, and where.
func deciders(r Result) string {
	said := make([]string, len(r.Roles))
	for i, role := range r.Roles {
		if said[i] = role; i < len(r.Grants) {
			said[i] += " (" + r.Grants[i] + ")"
		}
	}
	return strings.Join(said, ", ")
}
