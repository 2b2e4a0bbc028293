package rolesql

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Service is what is translated. A *roles.Service is one.
type Service interface {
	Roles() []string
	IsUnion() bool
	Declarations() iter.Seq[roles.Declaration]
}

// Option changes how a policy is translated.
type Option func(*translation)

// Method says which method of the endpoint the command of SQL is. By default SELECT is
// GET, INSERT is POST, UPDATE is PUT and DELETE is DELETE. With the method "" there are
// no policies for the command, and so no rows.
func Method(command sqlspec.Command, method string) Option {
	return func(t *translation) { t.methods[command] = method }
}

// DatabaseRole says how the role of a policy is called in the database. By default it
// has the same name.
func DatabaseRole(name func(role string) string) Option {
	return func(t *translation) {
		if name != nil {
			t.database = name
		}
	}
}

// Policies returns what the service says of an endpoint as policies of PostgreSQL: a
// permissive one for each role and command that it permits, and restrictive ones for
// restrictions, denials and the claims that a caller has to have. Everything that
// cannot be a policy is reported together, each a [*PolicyError].
func Policies(s Service, endpoint string, opts ...Option) ([]sqlspec.Policy, error) {
	t := translation{
		endpoint: endpoint,
		database: func(role string) string { return role },
		methods: map[sqlspec.Command]string{
			sqlspec.ForSelect: roles.Get, sqlspec.ForInsert: roles.Post, sqlspec.ForUpdate: roles.Put, sqlspec.ForDelete: roles.Delete,
		},
	}
	for _, opt := range opts {
		opt(&t)
	}
	if s == nil {
		return nil, &PolicyError{Reason: "there is no service"}
	}
	if !s.IsUnion() && len(s.Roles()) > 1 {
		return nil, &PolicyError{Reason: "the first permitting role decides, and PostgreSQL joins them all: use roles.Union"}
	}
	t.declared = slices.Collect(s.Declarations())
	for _, command := range []sqlspec.Command{sqlspec.ForSelect, sqlspec.ForInsert, sqlspec.ForUpdate, sqlspec.ForDelete} {
		if t.methods[command] == "" {
			continue
		}
		for _, role := range s.Roles() {
			t.grant(command, role)
			t.denials(command, role)
		}
		t.restrictions(command)
	}
	if err := errors.Join(t.problems...); err != nil {
		return nil, err
	}
	return t.policies, nil
}

// translation collects policies.
type translation struct {
	endpoint string
	database func(role string) string
	methods  map[sqlspec.Command]string
	declared roles.Declared
	policies []sqlspec.Policy
	problems []error
}

// add names a policy by its number, so that names are short and none is there twice.
func (t *translation) add(p sqlspec.Policy, what string) {
	p.Name = fmt.Sprintf("%03d %s %s", len(t.policies)+1, what, p.Command)
	t.policies = append(t.policies, p)
}

func (t *translation) problem(d roles.Declaration, reason string) {
	t.problems = append(t.problems, &PolicyError{Role: d.Role, Where: d.Where, Reason: reason})
}

// grant translates what a role permits. Verify denies a caller who lacks a claim of any
// rule that applies, so each role restricts its members to those who have its claims.
func (t *translation) grant(command sqlspec.Command, role string) {
	d, ok := t.declared.Grant(role, t.endpoint, t.methods[command])
	switch {
	case !ok || d.Effect != roles.Allows:
		return
	case d.Rule == nil || d.Checked && d.Check == nil:
		t.problem(d, "a rule is a Go function")
		return
	case !d.Columns.All():
		t.problem(d, "columns are a matter of GRANT")
		return
	}
	to := []string{t.database(role)}
	p := sqlspec.Policy{Command: command, To: to, Using: *d.Rule}
	needs := []spec.Specification{*d.Rule}
	if writes := command == sqlspec.ForInsert || command == sqlspec.ForUpdate; writes && d.Check != nil {
		p.Check = d.Check
		needs = append(needs, *d.Check)
		if command == sqlspec.ForInsert {
			p.Using = spec.None()
		}
	}
	t.add(p, "permits")
	if slices.ContainsFunc(needs, spec.Specification.IsTemplate) {
		t.add(sqlspec.Policy{Command: command, To: to, Restrictive: true, Using: spec.All(), Needs: needs}, "needs claims")
	}
}

func (t *translation) denials(command sqlspec.Command, role string) {
	for _, d := range t.declared.Denials(role, t.endpoint, t.methods[command]) {
		if d.Rule == nil {
			t.problem(d, "a rule is a Go function")
			continue
		}
		t.add(sqlspec.Policy{Command: command, To: []string{t.database(role)}, Restrictive: true, Using: d.Rule.Not()}, "denies")
	}
}

func (t *translation) restrictions(command sqlspec.Command) {
	for _, d := range t.declared.Restrictions(t.endpoint, t.methods[command]) {
		if d.Rule == nil {
			t.problem(d, "a rule is a Go function")
			continue
		}
		t.add(sqlspec.Policy{Command: command, To: []string{sqlspec.Public}, Restrictive: true, Using: *d.Rule}, "restricts")
	}
}
