package main

import (
	"context"
	"strings"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// methods are what every caller tries on the endpoint "tasks".
var methods = []string{roles.Get, roles.Patch, roles.Delete}

// decision is what the policy answered, and the statement made of it.
type decision struct {
	claims  Claims
	method  string
	err     error // forbidden
	visible spec.Specification
	query   statement
}

// decide asks the policy. A forbidden request has no statement.
func decide(claims Claims, method string) (decision, error) {
	d := decision{claims: claims, method: method}
	d.visible, d.err = policy.Verify(claims, "tasks", method)
	if d.err != nil {
		return d, nil
	}
	var err error
	d.query, err = selectVisible(d.visible)
	return d, err
}

// read puts every request to the policy and applies the answers both ways.
func (t *tour) read(ctx context.Context) (decisions []decision, err error) {
	t.out.heading("Who may do what, on which rows")
	var lines [][]string
	for _, claims := range t.verified {
		caller, names := claims.Subject, strings.Join(claims.Roles, ", ")
		for _, method := range methods {
			d, err := decide(claims, method)
			if err != nil {
				return nil, err
			}
			decisions = append(decisions, d)
			line := []string{caller, names, method + " tasks"}
			caller, names = "", "" // said once
			if d.err != nil {
				lines = append(lines, append(line, t.out.paint(yellow, "forbidden")))
				continue
			}
			c, err := compare(ctx, t.tx, d.query, t.tasks, d.visible)
			if err != nil {
				return nil, err
			}
			t.count(c)
			// Decide answers as Verify does, and says why.
			by := policy.Decide(claims, "tasks", method).Roles
			line = append(line, strings.Join(by, ", "))
			lines = append(lines, append(line, t.out.cells(c)...))
		}
	}
	t.out.table(append([]string{"caller", "roles", "request", "decided by"}, cellHeadings...), lines)
	return decisions, nil
}
