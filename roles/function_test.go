package roles_test

import (
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// accounted is what a rule may ask of any payload that has an account.
type accounted interface{ AccountName() string }

func (u user) AccountName() string { return u.Account }

func ownAccount(p accounted) spec.Specification { return spec.Eq("account_id", p.AccountName()) }

func ownRows(u user) spec.Specification {
	return spec.Eq("account_id", u.Account).And(spec.Eq("created_by", u.Sub))
}

// ruleFunc is a rule of a named type, as a program may have.
type ruleFunc func(user) spec.Specification

func TestFunctions(t *testing.T) {
	named := ruleFunc(ownRows)
	s := mustService[user](t,
		roles.New("user",
			roles.Allow("rows", roles.Get, ownRows),
			roles.Allow("interface", roles.Get, ownAccount),
			roles.Allow("payload", roles.Get, func(p roles.Payload) spec.Specification { return spec.In("role", p.RoleNames()...) }),
			roles.Allow("closure", roles.Get, shows("closure")),
			roles.Allow("named", roles.Get, named),
			roles.Allow("method", roles.Get, user.ownRegions),
			roles.Allow("nothing", roles.Get, func(user) spec.Specification { return spec.Or() }),
			roles.Allow("zero", roles.Get, func(user) spec.Specification { return spec.Specification{} })),
		roles.New("admin", roles.AllowAll(ownAccount), roles.Allow("all", roles.Get, roles.Everything)),
		roles.New("root", roles.AllowAll(roles.Everything)))
	ann := user{Sub: "ann", Account: "a1", Regions: []string{"eu"}, Roles: []string{"user"}}
	rows := spec.Eq("account_id", "a1").And(spec.Eq("created_by", "ann"))
	checkAllowed(t, s, ann, "rows", "GET", rows, "user")
	checkAllowed(t, s, ann, "interface", "GET", spec.Eq("account_id", "a1"), "user")
	checkAllowed(t, s, ann, "payload", "GET", spec.In("role", "user"), "user")
	checkAllowed(t, s, ann, "closure", "GET", shownBy("closure"), "user")
	checkAllowed(t, s, ann, "named", "GET", rows, "user")
	checkAllowed(t, s, ann, "method", "GET", spec.In("region", "eu"), "user")
	checkAllowed(t, s, ann, "nothing", "GET", spec.None(), "user")
	checkAllowed(t, s, ann, "zero", "GET", spec.None(), "user")
	checkAllowed(t, s, holding("admin"), "any", "GET", spec.Eq("account_id", "a1"), "admin")
	checkAllowed(t, s, holding("admin"), "all", "GET", spec.All(), "admin")
	checkAllowed(t, s, holding("root"), "any", "GET", spec.All(), "root")
}

func (u user) ownRegions() spec.Specification { return spec.In("region", u.Regions...) }

// One rule over an interface serves services of different payloads.
func TestOneRuleForManyPayloads(t *testing.T) {
	role := roles.New("user", roles.Allow("tasks", roles.Get, ownAccount))
	want := spec.Eq("account_id", "a1")
	checkAllowed(t, mustService[user](t, role), holding("user"), "tasks", "GET", want, "user")
	checkAllowed(t, mustService[*user](t, role), ptr(holding("user")), "tasks", "GET", want, "user")
	checkAllowed(t, mustService[servicePayload](t, role), servicePayload(holding("user")), "tasks", "GET", want, "user")
	checkDenied[servicePayload](t, mustService[servicePayload](t, role), nil, "tasks", "GET")
}

// servicePayload is an interface that embeds what Verify and the rule need.
type servicePayload interface {
	roles.Payload
	accounted
}

// Without a role that has Everything, no answer is All.
func TestEverythingIsTheOnlyWayToAll(t *testing.T) {
	if !roles.Everything(nil).IsAll() || !roles.Everything(holding()).IsAll() {
		t.Error("Everything is not all")
	}
	s := mustService[user](t, graded...)
	for _, held := range []string{"admin", "user", "idle", "nobody", "root"} {
		for _, endpoint := range []string{"tasks", "notes", "secrets", "x"} {
			for _, method := range []string{"GET", "POST", "DELETE", "*", ""} {
				if visible, _ := s.Verify(holding(held), endpoint, method); visible.IsAll() {
					t.Errorf("%s sees everything by %s %q", held, method, endpoint)
				}
			}
		}
	}
}

// The services that hold nothing: none of them may let anybody in.
func TestEmptyServices(t *testing.T) {
	var none *roles.Service[user]
	var zero roles.Service[user]
	var zeroOfPointers roles.Service[*user]
	for name, s := range map[string]*roles.Service[user]{
		"nil": none, "zero": &zero, "no parts": mustService[user](t), "only union": mustService[user](t, roles.Union()),
		"role without grants": mustService[user](t, roles.New("user")),
	} {
		t.Run(name, func(t *testing.T) {
			for _, endpoint := range []string{"tasks", "", "*"} {
				for _, method := range []string{"GET", "", "*"} {
					checkDenied(t, s, holding("user", ""), endpoint, method)
				}
			}
		})
	}
	checkDenied(t, &zeroOfPointers, nil, "tasks", "GET")
}
