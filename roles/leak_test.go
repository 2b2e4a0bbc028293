package roles_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// marker is in every claim of the payloads here and may be in no error or log.
const marker = "S3CR3T"

func secretClaims() claims {
	return claims{
		registered: registered{Subject: marker + "-sub", RoleList: []string{"user", marker + "-role"}},
		Account:    marker + "-account",
		Nickname:   ptr(marker + "-nickname"),
		Regions:    []string{marker + "-region", marker + "\x00"},
		Address:    address{marker + "-city"},
		Secret:     marker + "\x00",
		Tenant:     strings.Repeat(marker, spec.MaxText),
		Key:        []byte(marker),
		Price:      marker,
	}
}

// leaky are grants that fail on these claims, each at another place.
var leaky = map[string]roles.Grant{
	"panics with a claim":     roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { panic(c.Account) }),
	"panics with the payload": roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { panic(fmt.Sprintf("%+v", c)) }),
	"panics with an error":    roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { panic(errors.New(c.Subject)) }),
	"value refused":           roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { return spec.Eq("secret", c.Secret) }),
	"value too long":          roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { return spec.Eq("tenant", c.Tenant) }),
	"element refused":         roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { return spec.NotIn("region", c.Regions...) }),
	"bad pattern":             roles.Allow("tasks", roles.Get, func(c claims) spec.Specification { return spec.Matches("name", "("+c.Account) }),
	"open variable beside a claim": roles.Allow("tasks", roles.Get, func(c claims) spec.Specification {
		return spec.Eq("account_id", c.Account).And(spec.Eq("owner", spec.Var("owner")))
	}),
	"template, value refused":   roles.AllowWhere("tasks", roles.Get, spec.Eq("secret", spec.Var("secret"))),
	"template, value too long":  roles.AllowWhere("tasks", roles.Get, spec.Eq("tenant", spec.Var("tenant_id"))),
	"template, element refused": roles.AllowWhere("tasks", roles.Get, spec.NotIn("region", spec.Var("regions"))),
	"template, no decimal":      roles.AllowWhere("tasks", roles.Get, spec.Eq("price", spec.Var("price"))),
	"template, bytes as text":   roles.AllowWhere("tasks", roles.Get, spec.HasPrefix("name", spec.Var("key"))),
	"template, missing beside":  roles.AllowWhere("tasks", roles.Get, spec.Or(spec.Eq("account_id", spec.Var("account")), spec.Eq("manager", spec.Var("manager.name")))),
	"no grant":                  roles.Except("tasks", roles.Get),
}

func TestNoClaimInAnyError(t *testing.T) {
	for name, grant := range leaky {
		t.Run(name, func(t *testing.T) {
			for _, parts := range [][]roles.Part{
				{roles.New("user", grant)},
				{roles.New("user", grant), roles.Union()},
			} {
				s := mustService[claims](t, parts...)
				why := checkDenied(t, s, secretClaims(), "tasks", "GET")
				d := s.Decide(secretClaims(), "tasks", "GET")
				checkSilent(t, why, d)
			}
		})
	}
}

// An allowed decision holds claims, in its specification; what it logs does not.
func TestNoClaimInTheLog(t *testing.T) {
	s := mustService[claims](t, roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("account")))))
	d := s.Decide(secretClaims(), "tasks", "GET")
	if !d.Allowed() || !strings.Contains(d.Specification.String(), marker) {
		t.Fatalf("have %v: nothing to keep silent about", d.Specification)
	}
	checkLog(t, d)
	checkLog(t, s.Decide(secretClaims(), "notes", "GET"))
}

func checkSilent(t *testing.T, why *roles.ForbiddenError, d roles.Decision) {
	t.Helper()
	texts := []string{why.Error(), why.Reason, why.Role, fmt.Sprintf("%+v", d.Considered), fmt.Sprint(d.Err)}
	for err := range chain(why) {
		texts = append(texts, err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err))
	}
	for _, text := range texts {
		if strings.Contains(text, marker) {
			t.Errorf("a claim shows: %.200q", text)
		}
	}
	checkLog(t, d)
}

func checkLog(t *testing.T, d roles.Decision) {
	t.Helper()
	var log bytes.Buffer
	for _, h := range []slog.Handler{slog.NewJSONHandler(&log, nil), slog.NewTextHandler(&log, nil)} {
		slog.New(h).Info("decided", "decision", d, "error", d.Err)
	}
	if strings.Contains(log.String(), marker) {
		t.Errorf("a claim shows in the log: %.400q", log.String())
	}
}

// chain yields an error and everything that it wraps.
func chain(err error) func(yield func(error) bool) {
	return func(yield func(error) bool) {
		todo := []error{err}
		for len(todo) > 0 {
			next := todo[0]
			todo = todo[1:]
			if next == nil {
				continue
			}
			if !yield(next) {
				return
			}
			switch wrapper := next.(type) {
			case interface{ Unwrap() []error }:
				todo = append(todo, wrapper.Unwrap()...)
			case interface{ Unwrap() error }:
				todo = append(todo, wrapper.Unwrap())
			}
		}
	}
}
