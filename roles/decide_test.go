package roles_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// considered is what Decide says of the roles of graded, in their order.
type considered [4]roles.Outcome

var decideTests = []struct {
	name             string
	held             string
	endpoint, method string
	first, union     considered
}{
	{"admin before user", "user admin", "tasks", "get",
		considered{roles.Decided, roles.Outrun, roles.NotHeld, roles.NotHeld},
		considered{roles.Decided, roles.Decided, roles.NotHeld, roles.NotHeld}},
	{"except, then user", "user admin idle", "tasks", "delete",
		considered{roles.Excepted, roles.Decided, roles.NoGrant, roles.NotHeld},
		considered{roles.Excepted, roles.Decided, roles.NoGrant, roles.NotHeld}},
	{"excepted by each", "admin nobody", "secrets", "PUT",
		considered{roles.Excepted, roles.NotHeld, roles.NotHeld, roles.NoGrant},
		considered{roles.Excepted, roles.NotHeld, roles.NotHeld, roles.NoGrant}},
	{"nobody", "root", "tasks", "GET",
		considered{roles.NotHeld, roles.NotHeld, roles.NotHeld, roles.NotHeld},
		considered{roles.NotHeld, roles.NotHeld, roles.NotHeld, roles.NotHeld}},
	{"no grant", "user idle", "x", "GET",
		considered{roles.NotHeld, roles.NoGrant, roles.NoGrant, roles.NotHeld},
		considered{roles.NotHeld, roles.NoGrant, roles.NoGrant, roles.NotHeld}},
}

func TestDecideConsidersEveryRole(t *testing.T) {
	first := mustService[user](t, graded...)
	union := mustService[user](t, append(graded[:len(graded):len(graded)], roles.Union())...)
	for _, test := range decideTests {
		t.Run(test.name, func(t *testing.T) {
			payload := holding(strings.Fields(test.held)...)
			checkConsidered(t, first.Decide(payload, test.endpoint, test.method), test.first)
			checkConsidered(t, union.Decide(payload, test.endpoint, test.method), test.union)
		})
	}
}

func checkConsidered(t *testing.T, d roles.Decision, want considered) {
	t.Helper()
	if len(d.Considered) != len(want) {
		t.Fatalf("%d roles considered, want %d", len(d.Considered), len(want))
	}
	for i, name := range []string{"admin", "user", "idle", "nobody"} {
		c := d.Considered[i]
		if c.Role != name || c.Outcome != want[i] {
			t.Errorf("role %d: %s %s, want %s %s", i, c.Role, c.Outcome, name, want[i])
		}
		spoke := want[i] == roles.Decided || want[i] == roles.Excepted || want[i] == roles.Outrun
		if spoke != strings.HasPrefix(c.Where, "resolve_test.go:") && want[i] != roles.NotHeld {
			t.Errorf("%s %s: at %q", name, c.Outcome, c.Where)
		}
	}
	if d.Method != strings.ToUpper(d.Method) {
		t.Errorf("the method is %q, want it in upper case", d.Method)
	}
}

func TestDecideWithARuleThatFails(t *testing.T) {
	user1, admin := roles.New("user", roles.AllowAll(panics)), roles.New("admin", roles.AllowAll(roles.Everything))
	d := mustService[user](t, user1, admin).Decide(holding("user", "admin"), "tasks", "GET")
	if d.Allowed() || len(d.Considered) != 2 || d.Considered[0].Outcome != roles.Failed || d.Considered[1].Outcome == roles.Decided {
		t.Errorf("have %+v", d)
	}
	d = mustService[user](t, roles.Union(), admin, user1).Decide(holding("user", "admin"), "tasks", "GET")
	if d.Allowed() || len(d.Considered) != 2 || d.Considered[0].Outcome == roles.Decided || d.Considered[1].Outcome != roles.Failed {
		t.Errorf("have %+v", d)
	}
}

func TestZeroDecisionForbids(t *testing.T) {
	var d roles.Decision
	if d.Allowed() || !d.Specification.IsNone() {
		t.Errorf("the zero decision allows %v", d.Specification)
	}
	if text := d.LogValue().String(); !strings.Contains(text, "allowed=false") {
		t.Errorf("the zero decision logs %s", text)
	}
	for name, d := range map[string]roles.Decision{
		"roles with an error": {Roles: []string{"admin"}, Err: roles.ErrForbidden, Specification: spec.All()},
		"no roles, no error":  {Specification: spec.All()},
	} {
		if d.Allowed() {
			t.Errorf("%s: allowed", name)
		}
	}
}

func TestDecisionsLog(t *testing.T) {
	s := mustService[user](t, roles.New("admin", roles.Allow("tasks", roles.Get, ownAccount)), roles.New("user", roles.AllowAll(panics)))
	for _, test := range []struct {
		name, held, endpoint string
		want                 map[string]any
	}{
		{"allowed", "admin", "tasks", map[string]any{"endpoint": "tasks", "method": "GET", "allowed": true, "roles": []any{"admin"}}},
		{"forbidden", "admin", "notes", map[string]any{"endpoint": "notes", "method": "GET", "allowed": false, "roles": nil,
			"reason": "no role of the caller permits it"}},
		{"failed", "user", "tasks", map[string]any{"endpoint": "tasks", "method": "GET", "allowed": false, "roles": nil, "reason": "it panicked"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var log bytes.Buffer
			slog.New(slog.NewJSONHandler(&log, nil)).Info("decided", "decision", s.Decide(holding(test.held), test.endpoint, "get"))
			var line struct{ Decision map[string]any }
			if err := json.Unmarshal(log.Bytes(), &line); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, line.Decision); diff != "" {
				t.Errorf("the log (-want +have):\n%s", diff)
			}
		})
	}
}

// A check that fails forbids writing, which Permission says. What may be seen is
// what Verify says, here as well.
func TestDecideWhereTheCheckFails(t *testing.T) {
	s := roles.MustService[user](roles.New("user",
		roles.AllowWhere("tasks", roles.Put, spec.Eq("id", 1), roles.CheckWhere(spec.Eq("account", spec.Var("account"))))))
	caller := user{Roles: []string{"user"}}
	visible, err := s.Verify(caller, "tasks", roles.Put)
	d := s.Decide(caller, "tasks", roles.Put)
	if err != nil || d.Err != nil || !d.Allowed() || !d.Specification.Equal(visible) || visible.IsNone() {
		t.Errorf("have %v and %v, Verify says %v and %v", d.Specification, d.Err, visible, err)
	}
	if _, err := s.Permission(caller, "tasks", roles.Put); !errors.Is(err, roles.ErrForbidden) || !errors.Is(d.CheckErr, roles.ErrForbidden) || !d.Check.IsNone() {
		t.Errorf("have the check %v and %v, Permission says %v", d.Check, d.CheckErr, err)
	}
}
