package rolespec

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
	"github.com/rolespec/rolespec/payload/payloadtest"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// The example of the README about HTTP, letter for letter.
// readme:http

func serve(ctx context.Context, list http.HandlerFunc) (http.Handler, error) {
	keys, err := payloadjwks.New(ctx, "https://login.example/keys") // fixed, bounded, rotating
	if err != nil {
		return nil, err
	}
	verifier, err := payload.NewVerifier[Claims](payload.KeyFunc(keys.Key),
		payload.WithIssuer("https://login.example"), payload.WithAudience("tasks"))
	if err != nil {
		return nil, err
	}
	guard, err := rolehttp.New(verifier, policy)
	if err != nil {
		return nil, err
	}
	var routes rolehttp.Routes
	routes.Handle("GET /tasks", "tasks", list) // rolehttp.Specification(r.Context())
	return routes.Handler(guard)
}

// readme:end

func TestReadmeHTTP(t *testing.T) {
	source, err := os.ReadFile("readme_http_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "// readme:http\n\n")
	code, _, _ = strings.Cut(code, "\n// readme:end")
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(code) < 100 || !strings.Contains(string(readme), "```go\n"+code+"```") {
		t.Error("the example of README.md about HTTP is not the one that is compiled here")
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if h, err := serve(cancelled, nil); err == nil || h != nil {
		t.Errorf("without the keys it starts: %v, %v", h, err)
	}
}

// The same, with keys that are at hand.
func TestReadmeGuard(t *testing.T) {
	kit := payloadtest.New[Claims](t)
	guard, err := rolehttp.New(kit.Verifier, policy)
	if err != nil {
		t.Fatal(err)
	}
	var routes rolehttp.Routes
	var visible spec.Specification
	routes.HandleFunc("GET /tasks", "tasks", func(w http.ResponseWriter, r *http.Request) {
		visible = rolehttp.Specification(r.Context())
	})
	h, err := routes.Handler(guard)
	if err != nil {
		t.Fatal(err)
	}
	claims := Claims{Account: "a"}
	claims.Subject, claims.Roles = "ann", []string{"user"}
	for token, want := range map[string]int{kit.Token(claims): 200, kit.Expired(claims): 401, kit.Forged(claims): 401, "": 401, kit.Token(Claims{Account: "a"}): 403} {
		r := httptest.NewRequest("GET", "/tasks", nil)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		visible = spec.None()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want || (want == 200) == visible.IsNone() {
			t.Errorf("have status %d and rows %v, want %d", w.Code, visible, want)
		}
	}
}
