package policytest

import (
	"slices"
	"strings"

	"github.com/rolespec/rolespec/roles"
)

// tableOf returns the rows that an endpoint is about; nil where there are none.
func (l *loader) tableOf(endpoint string) *table {
	if r, ok := l.suite.policy.Resource(endpoint); ok {
		return l.suite.table(r.Name)
	}
	return l.suite.table(endpoint)
}

// endpoints returns those that a case can be about. Any name is one where the policy
// declares no resources and grants everything.
func (l *loader) endpoints() (names []string, anyName bool) {
	for r := range l.suite.policy.Resources() {
		names = append(names, r.Endpoints...)
	}
	if names != nil {
		return names, false
	}
	for _, d := range l.suite.declared {
		switch {
		case d.Endpoint == "":
			anyName = anyName || d.Effect == roles.Allows
		case !slices.Contains(names, d.Endpoint):
			names = append(names, d.Endpoint)
		}
	}
	return names, anyName
}

// checkMethods refuses methods that are neither standard nor in the policy: a
// misspelt one is forbidden, which the case may want for another reason.
func (l *loader) checkMethods(c *caseFile) {
	known := []string{roles.Get, roles.Head, roles.Post, roles.Put, roles.Patch, roles.Delete, roles.Options, roles.Execute}
	for _, d := range l.suite.declared {
		if d.Method != "" && d.Method != roles.AnyMethod && !slices.Contains(known, d.Method) {
			known = append(known, d.Method)
		}
	}
	for _, m := range c.Methods {
		switch {
		case m.Text == roles.AnyMethod:
			l.problem(l.main, m.Pos, "name the methods", "* is for policies: a caller asks for one method")
		case !slices.Contains(known, strings.ToUpper(m.Text)):
			l.problem(l.main, m.Pos, nearest(strings.ToUpper(m.Text), known), "the policy has no method %q", m.Text)
		}
	}
}
