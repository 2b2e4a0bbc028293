package roles_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// everyClaim is a template that reads something of each kind, and claims for it.
var everyClaim = spec.And(
	spec.Eq("account_id", spec.Var("account")), spec.NotIn("region", spec.Of(spec.Var("regions")), spec.Of("global")),
	spec.In("number", spec.Var("numbers")), spec.NotIn("alias", spec.Var("optional")), spec.Eq("nickname", spec.Var("nickname")),
	spec.Eq("manager", spec.Var("manager.name")), spec.Eq("key", spec.Var("key")), spec.Ne("team", spec.Var("team_id")))

func fullClaims() *claims {
	return &claims{
		registered: registered{Subject: "ann", RoleList: []string{"user", "admin", "root", "user"}},
		Account:    "a1", Nickname: ptr("nan"), Regions: []string{"eu", "us"}, Numbers: []int{1, 2},
		Optional: []*string{ptr("x"), ptr("y")}, Manager: &person{"bob"}, Key: []byte("key"), TeamID: [16]byte{1},
		Extra: map[string]string{"a": "b"},
	}
}

func filledIn() spec.Specification {
	return spec.And(
		spec.Eq("account_id", "a1"), spec.NotIn("region", "eu", "us", "global"),
		spec.In("number", 1, 2), spec.NotIn("alias", "x", "y"), spec.Eq("nickname", "nan"),
		spec.Eq("manager", "bob"), spec.Eq("key", []byte("key")), spec.Ne("team", [16]byte{1}))
}

// wreck changes everything that a payload points to.
func wreck(c *claims) {
	for i := range c.RoleList {
		c.RoleList[i] = "wrecked"
	}
	c.Regions[0], c.Numbers[0], *c.Optional[0], *c.Nickname, c.Manager.Name = "wrecked", -1, "wrecked", "wrecked", "wrecked"
	c.Account, c.TeamID[0], c.Extra["a"] = "wrecked", 9, "wrecked"
	copy(c.Key, "xxx")
}

func TestAnswersOutliveThePayload(t *testing.T) {
	role := roles.New("user", roles.AllowWhere("tasks", roles.Get, everyClaim))
	for name, parts := range map[string][]roles.Part{"first": {role}, "union": {role, roles.Union()}} {
		t.Run(name, func(t *testing.T) {
			c := fullClaims()
			s := mustService[*claims](t, parts...)
			visible, err := s.Verify(c, "tasks", "GET")
			d := s.Decide(c, "tasks", "GET")
			wreck(c)
			if err != nil || !visible.Equal(filledIn()) || !d.Specification.Equal(filledIn()) {
				t.Errorf("have %v and %v, want %v (%v)", visible, d.Specification, filledIn(), err)
			}
			if !slices.Equal(d.Roles, []string{"user"}) {
				t.Errorf("the roles that decided became %q", d.Roles)
			}
			if again, err := s.Verify(fullClaims(), "tasks", "GET"); err != nil || !again.Equal(filledIn()) {
				t.Errorf("the next caller gets %v (%v)", again, err)
			}
		})
	}
}

func TestAnswersOutliveMaps(t *testing.T) {
	payload := mapClaims{"roles": []string{"user"}, "account": "a1", "regions": []any{"eu", "us"}, "address": map[string]any{"city": "Rome"}}
	s := mustService[mapClaims](t, roles.New("user", roles.AllowAllWhere(spec.And(
		spec.Eq("account_id", spec.Var("account")), spec.In("region", spec.Var("regions")), spec.Eq("city", spec.Var("address.city"))))))
	visible, err := s.Verify(payload, "tasks", "GET")
	payload["account"], payload["regions"].([]any)[0], payload["address"].(map[string]any)["city"] = "wrecked", "wrecked", "wrecked"
	want := spec.And(spec.Eq("account_id", "a1"), spec.In("region", "eu", "us"), spec.Eq("city", "Rome"))
	if err != nil || !visible.Equal(want) {
		t.Errorf("have %v (%v), want %v", visible, err, want)
	}
}

func TestPayloadsAreNotTouched(t *testing.T) {
	template, all := roles.New("user", roles.AllowAllWhere(everyClaim)), roles.New("admin", roles.AllowAll(roles.Everything))
	for _, parts := range [][]roles.Part{{template, all}, {all, template}, {roles.Union(), all, template}, {roles.Union(), roles.New("root", roles.AllowAll(func(*claims) spec.Specification { panic("no") }))}} {
		c := fullClaims()
		s := mustService[*claims](t, parts...)
		s.Verify(c, "tasks", "GET")
		s.Decide(c, "tasks", "GET")
		if diff := cmp.Diff(fullClaims(), c, cmp.AllowUnexported(claims{})); diff != "" {
			t.Errorf("the payload changed:\n%s", diff)
		}
	}
}

// A rule that changes what the payload points to spoils no answer: who decides
// has been settled before it runs.
func TestRulesThatChangeThePayload(t *testing.T) {
	wrecks := func(c *claims) spec.Specification {
		wreck(c)
		return spec.Eq("shown_by", "wrecker")
	}
	wrecker, admin := roles.New("user", roles.AllowAll(wrecks)), roles.New("admin", roles.AllowAll(roles.Everything))
	for name, test := range map[string]struct {
		parts    []roles.Part
		want     spec.Specification
		deciding []string
	}{
		"first": {[]roles.Part{wrecker, admin}, shownBy("wrecker"), []string{"user"}},
		"union": {[]roles.Part{roles.Union(), wrecker, admin}, spec.All(), []string{"user", "admin"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustService[*claims](t, test.parts...)
			if visible, err := s.Verify(fullClaims(), "tasks", "GET"); err != nil || !visible.Equal(test.want) {
				t.Errorf("have %v (%v), want %v", visible, err, test.want)
			}
			d := s.Decide(fullClaims(), "tasks", "GET")
			if !d.Specification.Equal(test.want) || !slices.Equal(d.Roles, test.deciding) || !d.Allowed() {
				t.Errorf("have %v by %q, want %v by %q", d.Specification, d.Roles, test.want, test.deciding)
			}
			for _, c := range d.Considered {
				if (c.Outcome == roles.Decided) != slices.Contains(test.deciding, c.Role) || c.Outcome == roles.NotHeld {
					t.Errorf("%s %s", c.Role, c.Outcome)
				}
			}
		})
	}
}

// One service, many callers at once. Each sees its own rows; run with -race.
func TestManyCallersAtOnce(t *testing.T) {
	s := mustService[*claims](t, roles.Union(),
		roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.In("account_id", spec.Of(spec.Var("account")), spec.Of(spec.Var("regions"))))),
		roles.New("admin", roles.Allow("tasks", roles.AnyMethod, func(c *claims) spec.Specification { return spec.Eq("owner", c.Subject) })),
		roles.New("broken", roles.Allow("notes", roles.Get, func(*claims) spec.Specification { panic("no") })))
	shared := fullClaims()
	shared.RoleList = []string{"user", "admin", "broken"}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			own := fullClaims()
			own.RoleList = shared.RoleList
			for i := range 300 {
				own.Account, own.Subject = fmt.Sprint(worker, "/", i), fmt.Sprint(i, "/", worker)
				own.Regions[0] = own.Account
				want := spec.Or(spec.In("account_id", own.Account, own.Account, "us"), spec.Eq("owner", own.Subject))
				if visible, err := s.Verify(own, "tasks", "get"); err != nil || !visible.Equal(want) {
					t.Errorf("have %v (%v), want %v", visible, err, want)
				}
				if d := s.Decide(shared, "tasks", "GET"); len(d.Roles) != 2 || !d.Allowed() {
					t.Errorf("have %v by %q", d.Specification, d.Roles)
				}
				if visible, err := s.Verify(shared, "notes", "GET"); err == nil || !visible.IsNone() {
					t.Errorf("have %v (%v), want it forbidden", visible, err)
				}
			}
		}()
	}
	group.Wait()
}
