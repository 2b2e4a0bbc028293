package roles_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// brokenRules are rules that return nothing usable. What they return is wide
// wherever it can be.
var brokenRules = []struct {
	name   string
	rule   func(user) spec.Specification
	cause  error // that the error wraps, beside ErrForbidden
	reason string
}{
	{"panics", panics, nil, "panicked"},
	{"panics with an error", func(user) spec.Specification { panic(errors.New("broken")) }, nil, "panicked"},
	{"panics with nil", func(user) spec.Specification { panic(nil) }, nil, "panicked"},
	{"panics in the runtime", func(u user) spec.Specification { return spec.Eq("role", u.Roles[99]) }, nil, "panicked"},
	{"nil pointer", func(user) spec.Specification { var u *user; return spec.Eq("sub", u.Sub) }, nil, "panicked"},
	{"value refused", func(user) spec.Specification { return spec.Eq("score", math.NaN()) }, spec.ErrValue, "with an error"},
	{"value refused, or all", func(user) spec.Specification { return spec.Or(spec.All(), spec.Eq("score", math.NaN())) }, spec.ErrValue, "with an error"},
	{"value refused, negated", func(user) spec.Specification { return spec.Not(spec.Eq("score", math.NaN())) }, spec.ErrValue, "with an error"},
	{"field without a name", func(user) spec.Specification { return spec.IsNull("") }, spec.ErrField, "with an error"},
	{"bad pattern", func(user) spec.Specification { return spec.Matches("name", "(") }, spec.ErrPattern, "with an error"},
	{"too deep", tooDeep, spec.ErrTooDeep, "with an error"},
	{"open variable", func(user) spec.Specification { return spec.Eq("account_id", spec.Var("account")) }, spec.ErrUnbound, "not bound"},
	{"open variable, negated", func(user) spec.Specification { return spec.Ne("account_id", spec.Var("account")).Not() }, spec.ErrUnbound, "not bound"},
	{"open variable in a list", func(user) spec.Specification { return spec.NotIn("account_id", spec.Var("account")) }, spec.ErrUnbound, "not bound"},
}

func tooDeep(user) spec.Specification {
	s := spec.IsNull("a")
	for range spec.MaxDepth {
		s = spec.Not(s.And(spec.IsNull("b")))
	}
	return s
}

func TestRulesThatFail(t *testing.T) {
	for _, test := range brokenRules {
		t.Run(test.name, func(t *testing.T) {
			for _, parts := range [][]roles.Part{
				{roles.New("user", roles.Allow("tasks", roles.Get, test.rule))},
				{roles.New("user", roles.AllowAll(test.rule))},
				{roles.New("user", roles.Allow("tasks", roles.AnyMethod, test.rule), roles.AllowAll(roles.Everything))},
				{roles.New("user", roles.AllowAll(test.rule)), roles.New("admin", roles.AllowAll(roles.Everything))},
				{roles.Union(), roles.New("user", roles.AllowAll(test.rule)), roles.New("admin", roles.AllowAll(roles.Everything))},
				{roles.Union(), roles.New("admin", roles.AllowAll(roles.Everything)), roles.New("user", roles.AllowAll(test.rule))},
			} {
				why := checkDenied(t, mustService[user](t, parts...), holding("admin", "user"), "tasks", "GET")
				if why.Role != "user" || !strings.Contains(why.Reason, test.reason) {
					t.Errorf("role %q failed: %q; want role user: %q", why.Role, why.Reason, test.reason)
				}
				if test.cause != nil && !errors.Is(why, test.cause) {
					t.Errorf("%v does not wrap %v", why, test.cause)
				}
				if text := why.Error(); !strings.Contains(text, `role "user"`) || !strings.Contains(text, `"tasks"`) || !strings.Contains(text, why.Reason) {
					t.Errorf("the error %q does not say what failed", text)
				}
			}
		})
	}
}

// deepest is as deep as a specification may be, with an And at the top: joined
// to another by Or it is too deep.
func deepest(user) spec.Specification {
	s := spec.IsNull("a")
	for i := range spec.MaxDepth - 1 {
		if i%2 == 0 {
			s = s.And(spec.IsNull("b"))
		} else {
			s = s.Or(spec.IsNull("b"))
		}
	}
	return s
}

// Each role alone is fine; what they show together cannot be built.
func TestUnionTooDeep(t *testing.T) {
	admin, user1 := roles.New("admin", roles.AllowAll(deepest)), roles.New("user", roles.AllowAll(ownRows))
	checkAllowed(t, mustService[user](t, admin, user1), holding("admin", "user"), "tasks", "GET", deepest(user{}), "admin")
	why := checkDenied(t, mustService[user](t, roles.Union(), admin, user1), holding("admin", "user"), "tasks", "GET")
	if !errors.Is(why, spec.ErrTooDeep) {
		t.Errorf("%v does not wrap %v", why, spec.ErrTooDeep)
	}
}

// What a request asks for may be any text; the error stays one line of a log.
func TestErrorsAreOneLine(t *testing.T) {
	s := mustService[user](t, roles.New("user", roles.Allow("tasks", roles.Get, ownRows), roles.AllowAll(panics)))
	for _, held := range []string{"user", "nobody"} {
		for _, text := range []string{"x\ny", "x\r\ny", "x\x1b[31m", "x\x00", "\u2028"} {
			for _, why := range []error{checkDenied(t, s, holding(held), text, "PUT"), checkDenied(t, s, holding(held), "notes", text)} {
				if strings.ContainsAny(why.Error(), "\n\r\x1b\x00\u2028") {
					t.Errorf("%q is not one line", why.Error())
				}
			}
		}
	}
}

// A rule that is not asked cannot fail: an earlier role decides without it.
func TestOnlyTheDecidingRuleRuns(t *testing.T) {
	s := mustService[user](t, roles.New("admin", roles.AllowAll(shows("admin"))), roles.New("user", roles.AllowAll(panics)))
	checkAllowed(t, s, holding("user", "admin"), "tasks", "GET", shownBy("admin"), "admin")
	checkDenied(t, s, holding("user"), "tasks", "GET")
	calls := 0
	counted := func(user) spec.Specification { calls++; return spec.None() }
	s = mustService[user](t, roles.New("user", roles.Allow("tasks", roles.Get, counted)))
	if calls != 0 {
		t.Errorf("the rule ran %d times before anybody asked", calls)
	}
	for _, method := range []string{"GET", "POST"} {
		s.Verify(holding("user"), "tasks", method)
		s.Verify(holding("admin"), "tasks", method)
	}
	if calls != 1 {
		t.Errorf("the rule ran %d times for one question that it answers", calls)
	}
}

// moody has a RoleNames that does something else at every call.
type moody struct {
	calls *int
	names []func() []string
}

func (m moody) RoleNames() []string {
	*m.calls++
	return m.names[min(*m.calls, len(m.names))-1]()
}

func newMoody(names ...func() []string) moody { return moody{new(int), names} }

func admin() []string { return []string{"admin"} }

func broken() []string { panic("a payload that panics") }

func TestRoleNamesThatPanic(t *testing.T) {
	everything := roles.New("admin", roles.AllowAll(roles.Everything))
	for name, parts := range map[string][]roles.Part{
		"first": {everything}, "union": {roles.Union(), everything},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustService[moody](t, parts...)
			why := checkDenied(t, s, newMoody(broken), "tasks", "GET")
			if why.Role != "" || !strings.Contains(why.Reason, "RoleNames") {
				t.Errorf("role %q, reason %q: want no role and a word about RoleNames", why.Role, why.Reason)
			}
		})
	}
	checkDenied(t, mustService[embedding](t, everything), embedding{}, "tasks", "GET")
	checkAllowed(t, mustService[embedding](t, everything), embedding{&moody{new(int), []func() []string{admin}}}, "tasks", "GET", spec.All(), "admin")
	pointers := mustService[*moody](t, everything)
	checkDenied(t, pointers, &moody{}, "tasks", "GET")
	checkAllowed(t, pointers, ptr(newMoody(admin)), "tasks", "GET", spec.All(), "admin")
}

// embedding has a RoleNames that only works where the pointer leads somewhere.
type embedding struct{ *moody }

// A payload that changes its mind gets one consistent answer from Decide.
func TestRoleNamesThatChange(t *testing.T) {
	nothing := func() []string { return nil }
	for name, parts := range map[string][]roles.Part{
		"first": {roles.New("admin", roles.AllowAll(roles.Everything))},
		"union": {roles.Union(), roles.New("admin", roles.AllowAll(roles.Everything))},
	} {
		for then, names := range map[string][]func() []string{
			"panics": {admin, broken}, "holds nothing": {admin, nothing}, "holds all": {nothing, admin},
		} {
			t.Run(name+" then "+then, func(t *testing.T) {
				defer func() {
					if r := recover(); r != nil {
						t.Errorf("Decide panicked: %v", r)
					}
				}()
				d := mustService[moody](t, parts...).Decide(newMoody(names...), "tasks", "GET")
				if d.Allowed() != (d.Err == nil) || d.Allowed() == d.Specification.IsNone() {
					t.Errorf("allowed %v by %q: %v, %v", d.Allowed(), d.Roles, d.Specification, d.Err)
				}
			})
		}
	}
}
