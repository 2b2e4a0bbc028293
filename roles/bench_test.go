package roles_test

import (
	"fmt"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func mine() spec.Specification {
	return spec.Eq("account_id", spec.Var("account")).And(spec.Eq("created_by", spec.Var("sub")))
}

func BenchmarkVerify(b *testing.B) {
	account := spec.Eq("account_id", spec.Var("account"))
	small := roles.MustService[*user](
		roles.New("admin", roles.AllowWhere("tasks", roles.Get, account)),
		roles.New("user", roles.AllowWhere("tasks", roles.Get, mine())))
	values := roles.MustService[user](
		roles.New("admin", roles.AllowWhere("tasks", roles.Get, account)),
		roles.New("user", roles.AllowWhere("tasks", roles.Get, mine())))
	var parts []roles.Part
	for r := range 1000 {
		var grants []roles.Grant
		for e := range 100 {
			grants = append(grants, roles.AllowWhere(fmt.Sprint("endpoint", e), roles.Get, mine()))
		}
		parts = append(parts, roles.New(fmt.Sprint("role", r), grants...))
	}
	large := roles.MustService[*user](parts...)
	restricted := roles.MustService[*user](
		roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("created_by", spec.Var("sub")))),
		roles.RestrictAllWhere(account))
	functions := roles.MustService[user](roles.New("user", roles.Allow("tasks", roles.Get, ownRows)))
	ann := &user{Sub: "12345", Account: "67890", Roles: []string{"user"}}
	many := &user{Sub: "12345", Account: "67890", Roles: []string{"role777"}}
	run := func(name string, verify func() (spec.Specification, error)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if s, err := verify(); err != nil || s.IsNone() {
					b.Fatal(s, err)
				}
			}
		})
	}
	route := small.Route("tasks", "GET")
	run("hand", func() (spec.Specification, error) {
		sink, sinkErr = byHand(ann, "tasks", "GET")
		return spec.All(), sinkErr
	})
	run("small", func() (spec.Specification, error) { return small.Verify(ann, "tasks", "GET") })
	run("lower case", func() (spec.Specification, error) { return small.Verify(ann, "tasks", "get") })
	run("route", func() (spec.Specification, error) { return route.Verify(ann) })
	run("value payload", func() (spec.Specification, error) { return values.Verify(*ann, "tasks", "GET") })
	run("large", func() (spec.Specification, error) { return large.Verify(many, "endpoint77", "GET") })
	run("restricted", func() (spec.Specification, error) { return restricted.Verify(ann, "tasks", "GET") })
	run("function itself", func() (spec.Specification, error) { return ownRows(*ann), nil })
	run("function", func() (spec.Specification, error) { return functions.Verify(*ann, "tasks", "GET") })
}

type condition struct{ account, sub string }

var (
	sink    condition
	sinkErr error
)

//go:noinline
func byHand(u *user, endpoint, method string) (condition, error) {
	for _, r := range u.Roles {
		switch {
		case r == "admin" && endpoint == "tasks" && method == "GET":
			return condition{account: u.Account}, nil
		case r == "user" && endpoint == "tasks" && method == "GET":
			return condition{u.Account, u.Sub}, nil
		}
	}
	return condition{}, roles.ErrForbidden
}
