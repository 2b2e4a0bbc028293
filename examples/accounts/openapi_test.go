package main

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
)

// What is served is what openapi.yaml has. That the answers fit it, every test looks at.
func TestRoutesAreTheDocument(t *testing.T) {
	t.Parallel()
	document := openapitest.Read(t, openAPI)
	if differences := document.Routes((&api{}).routes(nil)); len(differences) > 0 {
		t.Error(strings.Join(differences, "\n"))
	}
}

func TestDocumentIsServed(t *testing.T) {
	t.Parallel()
	w := start(t, filepath.Join(t.TempDir(), "accounts.db"), generous)
	got := w.send(t, "", "GET", "/openapi.json", nil).is(t, 200)
	read, err := openapi3.NewLoader().LoadFromData([]byte(got.body))
	if err == nil {
		err = read.Validate(context.Background())
	}
	if err != nil {
		t.Error(err)
	}
}

// What an operator asks is beside the service, and says who was permitted what.
func TestMetrics(t *testing.T) {
	t.Parallel()
	w := start(t, filepath.Join(t.TempDir(), "accounts.db"), generous)
	guest := w.user(t, "guest", "", nil)
	guest.ask(t, "POST", "/accounts", body{"name": "x"}).is(t, 403)
	w.send(t, "", "POST", "/auth/access-token", credentials("root@example.com", "wrong")).is(t, 400)
	w.super.ask(t, "PUT", "/user-roles/"+w.super.id(), body{"role_id": w.roles[Guest]}).is(t, 403)
	for path, want := range map[string][]string{
		"/healthz": {""},
		"/readyz":  {""},
		"/metrics": {
			`access_decisions_total{endpoint="accounts",method="POST",outcome="forbidden"} 1`,
			`row_decisions_total{action="log in",outcome="refused"} 1`,
			`row_decisions_total{action="give role",outcome="refused"} 1`,
			`http_requests_total{code="403",method="POST",route="/api/v1/accounts"} 1`,
		},
	} {
		answer, err := http.Get(w.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode >= 300 {
			t.Errorf("%s: %d %v", path, answer.StatusCode, err)
		}
		for _, line := range want {
			if !strings.Contains(string(text), line) {
				t.Errorf("%s does not have %s", path, line)
			}
		}
	}
}
