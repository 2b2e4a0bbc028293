package refreshtest_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/refreshtest"
)

func TestMemoryStore(t *testing.T) {
	t.Parallel()
	refreshtest.Run(t, func(t *testing.T) payload.RefreshStore { return memory(t) })
}

func memory(t *testing.T) *payload.MemoryStore {
	t.Helper()
	m, err := payload.NewMemoryStore(100_000, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// plain is a store as simple as can be. A bug changes one thing that it does.
type plain struct {
	mu  sync.Mutex
	all map[string]payload.Family
	bug string
}

// TestPlain shows that the cases can be passed by another store than MemoryStore, so that
// what they find below is the bug.
func TestPlain(t *testing.T) {
	t.Parallel()
	refreshtest.Run(t, func(*testing.T) payload.RefreshStore { return &plain{all: map[string]payload.Family{}} })
}

// bugs has stores as they must not be, and a case that finds each.
var bugs = map[string]string{
	"Swap does not look at the old token":           "swap of a wrong token",
	"Swap looks and writes in two steps":            "swap by many",
	"Swap adds what is missing":                     "swap of a missing family",
	"Swap writes and says no":                       "swap of a wrong token",
	"Swap leaves the end":                           "swap sets the end",
	"Swap takes a missing family for a failure":     "swap of a missing family",
	"Swap writes back what was revoked":             "revoke while swapping",
	"Create replaces":                               "create twice",
	"Create forgets what ends within a day":         "kept until the end",
	"Revoke finds nothing":                          "revoke",
	"Revoke finds everything":                       "revoke",
	"Revoke keeps the family":                       "revoke",
	"Revoke removes the subject":                    "revoke",
	"Revoke looks and removes in two steps":         "revoke by many",
	"RevokeSubject does nothing":                    "revoke a subject",
	"RevokeSubject removes one":                     "revoke a subject",
	"RevokeSubject removes all":                     "revoke a subject",
	"RevokeSubject ignores case":                    "letter for letter",
	"RevokeSubject ignores blanks":                  "letter for letter",
	"RevokeSubject takes the beginning":             "letter for letter",
	"RevokeSubject takes no subject for a failure":  "swap of a missing family",
	"tokens are compared without case":              "letter for letter",
	"subjects are cut at a quote":                   "hostile text",
	"a subject that was revoked can have no family": "revoke a subject",
}

func TestBugs(t *testing.T) {
	for bug, name := range bugs {
		t.Run(bug, func(t *testing.T) {
			t.Parallel()
			for _, c := range refreshtest.Cases() {
				if c.Name != name {
					continue
				}
				err := c.Check(context.Background(), &plain{all: map[string]payload.Family{}, bug: bug})
				if err == nil {
					t.Errorf("the case %q does not find it", name)
				}
				return
			}
			t.Errorf("there is no case %q", name)
		})
	}
}

// Every case finds a bug of its own, or it would not be needed.
func TestCasesAreNeeded(t *testing.T) {
	find := map[string]bool{"swap": true} // what every store does
	for _, name := range bugs {
		find[name] = true
	}
	for _, c := range refreshtest.Cases() {
		if !find[c.Name] || c.Reason == "" {
			t.Errorf("the case %q finds no bug, or gives no reason", c.Name)
		}
	}
}

// step lets others in between two steps that should be one.
func (p *plain) step(bug string) {
	if p.bug == bug {
		p.mu.Unlock()
		for range 3 {
			runtime.Gosched()
		}
		p.mu.Lock()
	}
}

func (p *plain) Create(_ context.Context, f payload.Family) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id, other := range p.all {
		left := time.Until(other.Expires)
		if left <= 0 || p.bug == "Create forgets what ends within a day" && left < 24*time.Hour {
			delete(p.all, id)
		}
	}
	if _, taken := p.all[f.ID]; taken && p.bug != "Create replaces" {
		return errors.New("taken")
	}
	if p.all["gone "+f.Subject].ID == f.Subject && f.Subject != "" {
		return errors.New("gone")
	}
	p.all[f.ID] = f
	return nil
}

func (p *plain) Swap(_ context.Context, family, old, next string, expires time.Time) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.all[family]
	p.step("Swap looks and writes in two steps")
	p.step("Swap writes back what was revoked")
	switch {
	case p.bug == "Swap adds what is missing" && !ok:
		f.ID = family
		p.all[family] = f
		return false, nil
	case p.bug == "Swap takes a missing family for a failure" && !ok:
		return false, errors.New("missing")
	case p.bug == "Swap does not look at the old token":
		old = f.Token
	case p.bug == "tokens are compared without case" && strings.EqualFold(old, f.Token):
		old = f.Token
	}
	same := f.Token == old
	if !ok || !same && p.bug != "Swap writes and says no" {
		return false, nil
	}
	if p.bug == "Swap looks and writes in two steps" {
		if f, ok = p.all[family]; !ok {
			return false, nil
		}
	}
	f.Token = next
	if p.bug != "Swap leaves the end" {
		f.Expires = expires
	}
	p.all[family] = f
	return same, nil
}

func (p *plain) Revoke(_ context.Context, family string) (bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f, ok := p.all[family]
	p.step("Revoke looks and removes in two steps")
	switch p.bug {
	case "Revoke finds nothing":
		ok = false
	case "Revoke finds everything":
		ok = true
	case "Revoke keeps the family":
		return ok, nil
	case "Revoke removes the subject":
		p.remove(func(other string) bool { return other == f.Subject })
	}
	delete(p.all, family)
	return ok, nil
}

func (p *plain) RevokeSubject(_ context.Context, subject string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	is := func(other string) bool { return other == subject }
	switch p.bug {
	case "RevokeSubject does nothing":
		is = func(string) bool { return false }
	case "RevokeSubject removes one":
		n := 0
		is = func(other string) bool {
			if other == subject {
				n++
			}
			return other == subject && n == 1
		}
	case "RevokeSubject removes all":
		is = func(string) bool { return true }
	case "RevokeSubject ignores case":
		is = func(other string) bool { return strings.EqualFold(other, subject) }
	case "RevokeSubject ignores blanks":
		is = func(other string) bool { return strings.TrimRight(other, " ") == strings.TrimRight(subject, " ") }
	case "RevokeSubject takes the beginning":
		is = func(other string) bool { return strings.HasPrefix(other, subject) }
	case "RevokeSubject takes no subject for a failure":
		if !p.has(subject) {
			return errors.New("missing")
		}
	case "subjects are cut at a quote":
		cut := func(s string) string { before, _, _ := strings.Cut(s, "'"); return before }
		is = func(other string) bool { return cut(other) == cut(subject) }
	}
	p.remove(is)
	if p.bug == "a subject that was revoked can have no family" {
		p.all["gone "+subject] = payload.Family{ID: subject, Expires: time.Now().Add(time.Hour)}
	}
	return nil
}

func (p *plain) has(subject string) bool {
	for _, f := range p.all {
		if f.Subject == subject {
			return true
		}
	}
	return false
}

func (p *plain) remove(is func(subject string) bool) {
	for id, f := range p.all {
		if is(f.Subject) {
			delete(p.all, id)
		}
	}
}
