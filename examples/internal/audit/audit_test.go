package audit_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadtest"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

type claims struct {
	payload.Registered
	Account string `json:"account"`
}

// Who was permitted what is in the log and in the counters, and nothing else is.
func TestAudit(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	registry := prometheus.NewRegistry()
	decisions, err := audit.New(slog.New(slog.NewTextHandler(&log, nil)), registry, "tasks")
	if err != nil {
		t.Fatal(err)
	}
	kit := payloadtest.New[claims](t)
	token := kit.Token(claims{payload.Registered{Subject: "bob", Roles: []string{"user"}}, "acme"})
	policy := roles.MustService[claims](roles.New("user", roles.Allow("tasks", roles.Get, roles.Everything)))
	guard, err := rolehttp.New(kit.Verifier, policy, decisions.Guard()...)
	if err != nil {
		t.Fatal(err)
	}
	h := guard.Endpoint("tasks")(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		decisions.Decided(r.Context(), audit.Decision{Subject: "eve", Action: "authorize", Object: "7", Allowed: true})
		decisions.Decided(r.Context(), audit.Decision{Subject: "eve", Action: "authorize", Object: "8", Reason: "no group in common"})
	}))
	for _, c := range []struct{ method, token string }{{"GET", token}, {"POST", token}, {"GET", ""}, {"GET", token + "x"}} {
		r := httptest.NewRequest(c.method, "/tasks?q=private", nil)
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	for _, want := range []string{
		"level=INFO msg=access access.outcome=allowed access.endpoint=tasks access.method=GET", "access.subject=bob", "access.roles=[user]",
		"level=WARN msg=access access.outcome=forbidden access.endpoint=tasks access.method=POST",
		`access.outcome="no token"`, `access.outcome="invalid token"`, "access.latency=",
		"level=INFO msg=decision decision.outcome=allowed decision.subject=eve decision.action=authorize decision.object=7",
		`level=WARN msg=decision decision.outcome=refused decision.subject=eve decision.action=authorize decision.object=8 decision.reason="no group in common"`,
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%s is not in the log", want)
		}
	}
	for _, secret := range []string{"private", "acme", token, token[len(token)-20:]} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("%s is in the log", secret)
		}
	}
	if t.Failed() {
		t.Log(log.String())
	}
	const counted = `
		# HELP access_decisions_total Decisions of the guard.
		# TYPE access_decisions_total counter
		access_decisions_total{endpoint="tasks",method="GET",outcome="allowed"} 1
		access_decisions_total{endpoint="tasks",method="GET",outcome="invalid token"} 1
		access_decisions_total{endpoint="tasks",method="GET",outcome="no token"} 1
		access_decisions_total{endpoint="tasks",method="POST",outcome="forbidden"} 1
		# HELP row_decisions_total Decisions of handlers about rows.
		# TYPE row_decisions_total counter
		row_decisions_total{action="authorize",outcome="allowed"} 1
		row_decisions_total{action="authorize",outcome="refused"} 1
	`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(counted), "access_decisions_total", "row_decisions_total"); err != nil {
		t.Error(err)
	}
	if n, err := testutil.GatherAndCount(registry, "access_decision_seconds_total"); err != nil || n != 4 {
		t.Errorf("%d series of seconds, %v", n, err)
	}
	if _, err := audit.New(nil, registry); err == nil {
		t.Error("the counters are there twice")
	}
}

func TestNilTakesNoNote(t *testing.T) {
	t.Parallel()
	var none *audit.Audit
	none.Decided(t.Context(), audit.Decision{})
	if len(none.Guard()) != 0 {
		t.Error("options")
	}
}
