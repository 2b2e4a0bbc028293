package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/bench/internal/scene/scenetest"
	"github.com/rolespec/rolespec/bench/internal/world"
)

func TestAnswers(t *testing.T) { scenetest.Check(t, scenes()) }

// A plan is read for what it says: of an admin, of a user, and of who may nothing.
func TestPlans(t *testing.T) {
	c, err := small(0)
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[string]func(row world.Invoice) bool{
		"admin": func(row world.Invoice) bool { return row.AccountID == world.Account },
		"user": func(row world.Invoice) bool {
			return row.AccountID == world.Account && row.CreatedBy == world.Subject
		},
		"guest": func(world.Invoice) bool { return false },
	} {
		plan, err := c.cerbos.plan(planInput(world.Caller(role), world.Endpoint))
		if err != nil {
			t.Fatal(err)
		}
		seen, err := visible(plan, world.Probes())
		if err != nil {
			t.Fatal(err)
		}
		var rows []world.Invoice
		for _, row := range world.Probes() {
			if want(row) {
				rows = append(rows, row)
			}
		}
		have, _ := world.IDs(seen)
		ids, _ := world.IDs(rows)
		if have != ids {
			t.Errorf("%s sees %s, want %s", role, have, ids)
		}
	}
}

func TestRun(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run([]string{"-short", "-budget", "20ms", "-scene", ".*/small"}, &out, &errs); code != 0 || errs.Len() > 0 {
		t.Fatalf("code %d, %s", code, &errs)
	}
	for _, part := range []string{"Cerbos, PlanResources", "Cerbos, CheckResources", "rolespec", "control"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%q is not printed:\n%s", part, &out)
		}
	}
	for _, args := range [][]string{{"-no"}, {"-scene", "("}, {"more"}, {"-budget", "0s"}} {
		if code := run(args, &out, &errs); code != 2 {
			t.Errorf("%q: code %d, want 2", args, code)
		}
	}
}
