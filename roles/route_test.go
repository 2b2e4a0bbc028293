package roles_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

func TestZeroRouteForbids(t *testing.T) {
	var none roles.Route[user]
	var noService *roles.Service[user]
	for _, r := range []roles.Route[user]{none, noService.Route("tasks", "GET")} {
		if s, err := r.Verify(holding("user")); !errors.Is(err, roles.ErrForbidden) || !s.IsNone() {
			t.Errorf("have %v, %v", s, err)
		}
		if p, err := r.Permission(holding("user")); !errors.Is(err, roles.ErrForbidden) || !p.Rows.IsNone() || !p.Check.IsNone() {
			t.Errorf("have %v, %v", p, err)
		}
	}
	if none.Endpoint() != "" || none.Method() != "" {
		t.Error("the zero route is about something")
	}
}

// Names that are alike at their ends and as long as each other are told apart, however
// many there are.
func TestNamesThatAreAlike(t *testing.T) {
	for _, n := range []int{1, 3, 4, 5, 9, 40, 700} {
		name := func(i int) string { return fmt.Sprintf("/api/v1/tenants/{tenant}/%04d/of/the/items/{id}", i) }
		var parts []roles.Part
		for i := range n {
			parts = append(parts, roles.New(name(i),
				roles.AllowWhere(name(i), roles.Get, spec.Eq("shown_by", fmt.Sprint(i))),
				roles.AllowWhere("shared", fmt.Sprint("m", i), spec.Eq("shown_by", fmt.Sprint("shared ", i)))))
		}
		s := mustService[user](t, parts...)
		for i := range n {
			checkAllowed(t, s, holding(name(i)), name(i), "get", shownBy(fmt.Sprint(i)), name(i))
			checkAllowed(t, s, holding(name(i)), "shared", fmt.Sprint("M", i), shownBy(fmt.Sprint("shared ", i)), name(i))
			checkDenied(t, s, holding(name(i)), name(i+1), "GET")
			checkDenied(t, s, holding(name(i+1)), name(i), "GET")
			checkDenied(t, s, holding(name(i)), name(i)[1:], "GET")
			checkDenied(t, s, holding(name(i)), name(i), "POST")
		}
	}
}

// Rules that are put together beforehand show what they show one by one: those of the
// first role, or of all, with restrictions and denials that are templates or functions,
// of the method, the endpoint or everything.
func TestRoutesOfRandomServices(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	templates := []spec.Specification{
		spec.Eq("account_id", spec.Var("account")), spec.Eq("created_by", spec.Var("sub")), spec.In("region", spec.Of(spec.Var("regions"))),
		spec.IsNull("region"), spec.All(), spec.None(), spec.Eq("account_id", spec.Var("account")).Or(spec.Gt("count", 3)),
	}
	prepared := 0
	for range 2_000 {
		target := func() (string, string) {
			return pick(random, "tasks", "notes"), pick(random, roles.Get, roles.Post, roles.AnyMethod)
		}
		var parts []roles.Part
		if random.IntN(2) == 0 {
			parts = append(parts, roles.Union())
		}
		for _, name := range []string{"a", "b", "c"} {
			var grants []roles.Grant
			seen := map[string]bool{}
			for range random.IntN(5) {
				endpoint, method := target()
				kind := random.IntN(12)
				key := fmt.Sprint(endpoint, method, kind >= 10)
				if kind == 9 || kind == 11 {
					key = fmt.Sprint("all", kind)
				}
				if seen[key] {
					continue
				}
				seen[key] = true
				switch {
				case kind < 7:
					grants = append(grants, roles.AllowWhere(endpoint, method, pick(random, templates...)))
				case kind == 7:
					grants = append(grants, roles.Allow(endpoint, method, ownRows))
				case kind == 8:
					grants = append(grants, roles.Except(endpoint, method))
				case kind == 9:
					grants = append(grants, roles.AllowAllWhere(pick(random, templates...)))
				case kind == 10:
					grants = append(grants, roles.DenyWhere(endpoint, method, pick(random, templates...)))
				default:
					grants = append(grants, roles.DenyAll())
				}
			}
			parts = append(parts, roles.New(name, grants...))
		}
		for range random.IntN(3) {
			endpoint, method := target()
			switch random.IntN(4) {
			case 0:
				parts = append(parts, roles.RestrictAllWhere(pick(random, templates...)))
			case 1:
				parts = append(parts, roles.Restrict(endpoint, method, ownRows))
			default:
				parts = append(parts, roles.RestrictWhere(endpoint, method, pick(random, templates...)))
			}
		}
		s := mustService[user](t, parts...)
		for range 6 {
			caller := user{Sub: pick(random, "ann", "ann", ""), Account: pick(random, "a1", "a1", "a\x00", ""), Regions: pick(random, nil, []string{}, []string{"eu"}, []string{""})}
			for _, role := range []string{"a", "b", "c", "d"} {
				if random.IntN(2) == 0 {
					caller.Roles = append(caller.Roles, role)
				}
			}
			endpoint, method := pick(random, "tasks", "notes", "other"), pick(random, "GET", "post", "PUT", "", "*")
			visible, decision, err := ask(t, s, caller, endpoint, method)
			if !visible.Equal(decision.Specification) || fmt.Sprint(err) != fmt.Sprint(decision.Err) {
				t.Fatalf("%s %q for %+v: have %v (%v), one by one %v (%v)", method, endpoint, caller, visible, err, decision.Specification, decision.Err)
			}
			if _, ok := visible.Template(); ok {
				prepared++
			}
		}
	}
	if prepared < 200 {
		t.Errorf("only %d were prepared", prepared)
	}
}

// A caller's claims are read when Verify is called, and what it returned stays.
func TestVerifyKeepsWhatItReturned(t *testing.T) {
	s := mustService[*user](t, roles.New("user", roles.AllowWhere("tasks", roles.Get, mine())))
	ann := &user{Sub: "ann", Account: "a1", Roles: []string{"user"}}
	visible, err := s.Verify(ann, "tasks", "GET")
	before := visible.String()
	ann.Sub, ann.Account = "eve", "a2"
	if after := visible.String(); err != nil || after != before {
		t.Errorf("have %s, was %s (%v)", after, before, err)
	}
}

// nilNames is a payload whose nil pointer has roles.
type nilNames struct{ Sub string }

func (*nilNames) RoleNames() []string { return []string{"user"} }

func TestNilPayloadWithRoles(t *testing.T) {
	s := mustService[*nilNames](t, roles.New("user",
		roles.AllowAllWhere(spec.Eq("created_by", spec.Var("sub"))),
		roles.AllowWhere("open", roles.Get, spec.All()),
		roles.AllowWhere("null", roles.Get, spec.IsNull("region"))))
	for _, endpoint := range []string{"tasks", "open", "null"} {
		if why := checkDenied(t, s, nil, endpoint, "GET"); why.Reason != "the payload is nil" {
			t.Errorf("%s: %s", endpoint, why.Reason)
		}
	}
}
