package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestPolicy(t *testing.T) { policytest.Test(t, "policy.test.yaml") }

func TestPolicyIsTested(t *testing.T) {
	t.Parallel()
	suite, err := policytest.Load("policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if left := suite.Run().Coverage.Untested; len(left) > 0 {
		t.Errorf("no case reaches %v", left)
	}
}

// Who may call what, for people who review a change of it.
func TestAccessTable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	got, err := w.routes.Table(w.guard)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/access.txt", got)
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s: have\n%s\nwant\n%s\n%v", path, got, want, err)
	}
}

// edited is the policy with something else in it.
func edited(t *testing.T, from, to string) string {
	t.Helper()
	text, err := os.ReadFile("policy.yaml")
	if err != nil || !strings.Contains(string(text), from) {
		t.Fatalf("%q is not in the policy: %v", from, err)
	}
	path := filepath.Join(t.TempDir(), "policy.yaml")
	replace(t, path, strings.ReplaceAll(string(text), from, to))
	return path
}

// replace writes a file in one step, as who changes a policy should.
func replace(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		t.Fatal(err)
	}
}

// A route that the policy permits to nobody is an error at the start, and so is a rule
// that cannot be asked of tasks.
func TestUnfitPolicies(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	log := slog.New(slog.DiscardHandler)
	demo, err := newDemo("i", "a")
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := newVerifier(payload.Keys{demo.public}, "i", "a")
	if err != nil {
		t.Fatal(err)
	}
	_, err = watchPolicy(context.Background(), edited(t, "public", "colour"), log)
	if !errors.Is(err, spec.ErrUnknownField) {
		t.Errorf("a rule about a field that tasks do not have: %v", err)
	}
	_, err = watchPolicy(context.Background(), edited(t, "$account", "$acount"), log)
	if !errors.Is(err, roles.ErrPolicy) {
		t.Errorf("a claim that there is not: %v", err)
	}
	live, err := watchPolicy(context.Background(), policyOf(t, "#"), log)
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	if _, err := newService(s, verifier, live, log); err != nil {
		t.Errorf("every route has a rule: %v", err)
	}
	path := policyOf(t, "#")
	text, _ := os.ReadFile(path)
	replace(t, path, strings.Replace(string(text), "PATCH, ", "", 1))
	without, err := watchPolicy(context.Background(), path, log)
	if err != nil {
		t.Fatal(err)
	}
	defer without.Close()
	if _, err := newService(s, verifier, without, log); !errors.Is(err, rolehttp.ErrConfig) || !strings.Contains(err.Error(), "PATCH /tasks/{id}") {
		t.Errorf("a route without a rule: %v", err)
	}
}

// A policy that changes is in force with the next request, and one that is broken is
// not.
func TestPolicyIsFollowed(t *testing.T) {
	t.Parallel()
	path := edited(t, "", "")
	w := newWorld(t, path)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name, from, to string
		sound          bool
		sees           int
	}{
		{"as it is", "", "", true, 4},
		{"users see only what is theirs", " || public == True", "", true, 3},
		{"broken", "claims:", "claims", false, 3},
		{"users see nothing", "rule: created_by == $sub || assignee == $sub || public == True", `rule: "!#"`, true, 0},
		{"users see the account", "rule: created_by == $sub || assignee == $sub || public == True", `rule: "#"`, true, 5},
	} {
		replace(t, path, strings.Replace(string(whole), step.from, step.to, 1))
		if err := w.live.Reload(context.Background()); (err == nil) != step.sound {
			t.Errorf("%s: %v", step.name, err)
		}
		if got, total := w.ids(t, "bob of acme", "/tasks"); len(got) != step.sees || total != step.sees {
			t.Errorf("%s: sees %v of %d, want %d", step.name, got, total, step.sees)
		}
	}
}
