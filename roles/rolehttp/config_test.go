package rolehttp_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

func TestNewRefuses(t *testing.T) {
	v, p := rolehttp.Verifier[claims](newVerifier(t)), rolehttp.Policy[claims](service)
	for _, c := range []struct {
		why      string
		verifier rolehttp.Verifier[claims]
		policy   rolehttp.Policy[claims]
		opt      rolehttp.Option
		says     string
	}{
		{"no verifier", nil, p, rolehttp.WithRealm("x"), "the verifier is nil"},
		{"a nil verifier", (*payload.Verifier[claims])(nil), p, rolehttp.WithRealm("x"), "the verifier is nil"},
		{"a nil function", fake(nil), p, rolehttp.WithRealm("x"), "the verifier is nil"},
		{"no policy", v, nil, rolehttp.WithRealm("x"), "the policy is nil"},
		{"a nil policy", v, (*roles.Service[claims])(nil), rolehttp.WithRealm("x"), "the policy is nil"},
		{"a nil option", v, p, nil, "option 0 is nil"},
		{"no realm", v, p, rolehttp.WithRealm(""), "WithRealm"},
		{"a realm that ends the header", v, p, rolehttp.WithRealm("a\r\nb"), "WithRealm"},
		{"a realm that ends the text", v, p, rolehttp.WithRealm(`a", error="`), "WithRealm"},
		{"no source", v, p, rolehttp.WithTokenFrom(), "WithTokenFrom"},
		{"a zero source", v, p, rolehttp.WithTokenFrom(rolehttp.Source{}), "WithTokenFrom"},
		{"a nil source", v, p, rolehttp.WithTokenFrom(rolehttp.FromFunc("", nil)), "WithTokenFrom"},
		{"a nil audit", v, p, rolehttp.WithAudit(nil), "WithAudit"},
		{"a nil writer", v, p, rolehttp.WithErrorWriter(nil), "WithErrorWriter"},
		{"a nil subject", v, p, rolehttp.WithSubject[claims](nil), "WithSubject"},
		{"the subject of another type", v, p, rolehttp.WithSubject(func(payload.Registered) string { return "" }), "WithSubject"},
		{"no declarations", v, p, rolehttp.WithDeclarations(nil), "WithDeclarations"},
		{"nil declarations", v, p, rolehttp.WithDeclarations((*roles.Service[claims])(nil)), "WithDeclarations"},
	} {
		t.Run(c.why, func(t *testing.T) {
			g, err := rolehttp.New(c.verifier, c.policy, c.opt)
			if g != nil || !errors.Is(err, rolehttp.ErrConfig) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("have %v and error %v, want one that says %q", g, err, c.says)
			}
		})
	}
	_, err := rolehttp.New[claims](nil, nil, nil, rolehttp.WithRealm(""))
	for _, says := range []string{"verifier", "policy", "option 0", "WithRealm"} {
		if !strings.Contains(err.Error(), says) {
			t.Errorf("have error %v, want all that is wrong: %s", err, says)
		}
	}
}

func TestRealm(t *testing.T) {
	g := newGuard(t, rolehttp.WithRealm("the tasks"))
	if have, want := answer(g.Endpoint("tasks")(unreached(t)), request("GET", "/")).Header().Get("WWW-Authenticate"), `Bearer realm="the tasks"`; have != want {
		t.Errorf("have %q, want %q", have, want)
	}
}

// TestErrorWriter: whatever a program writes, a refusal stays one.
func TestErrorWriter(t *testing.T) {
	for _, c := range []struct {
		why    string
		write  func(w http.ResponseWriter, r *http.Request, p rolehttp.Problem)
		status int
		body   string
	}{
		{"nothing", func(http.ResponseWriter, *http.Request, rolehttp.Problem) {}, 401, ""},
		{"a body alone", func(w http.ResponseWriter, _ *http.Request, p rolehttp.Problem) { _, _ = w.Write([]byte(p.Title)) }, 401, "Unauthorized"},
		{"a success", func(w http.ResponseWriter, _ *http.Request, _ rolehttp.Problem) { w.WriteHeader(200) }, 401, ""},
		{"another success", func(w http.ResponseWriter, _ *http.Request, _ rolehttp.Problem) { w.WriteHeader(204) }, 401, ""},
		{"another refusal", func(w http.ResponseWriter, r *http.Request, _ rolehttp.Problem) { http.NotFound(w, r) }, 404, "404 page not found\n"},
		{"another place", func(w http.ResponseWriter, r *http.Request, _ rolehttp.Problem) {
			http.Redirect(w, r, "/login", http.StatusSeeOther)
		}, 303, `<a href="/login">See Other</a>.` + "\n\n"},
		{"the reason, for logs", func(w http.ResponseWriter, _ *http.Request, p rolehttp.Problem) {
			var denial *rolehttp.DeniedError
			if !errors.As(p.Err, &denial) || denial.Outcome != rolehttp.NoToken || p.Status != 401 || p.Type != "about:blank" {
				w.WriteHeader(http.StatusTeapot)
			}
		}, 401, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			resp := serve(t, newGuard(t, rolehttp.WithErrorWriter(c.write)).Endpoint("tasks")(unreached(t)))("GET", "/")
			if have := body(t, resp); resp.StatusCode != c.status || have != c.body {
				t.Errorf("have %d %q, want %d %q", resp.StatusCode, have, c.status, c.body)
			}
			if resp.Header.Get("WWW-Authenticate") != plain || resp.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("have %v, want the headers of a refusal", resp.Header)
			}
		})
	}
	// What the handler refuses is written in the same way.
	own := rolehttp.WithErrorWriter(func(w http.ResponseWriter, _ *http.Request, p rolehttp.Problem) {
		w.WriteHeader(p.Status)
		_, _ = w.Write([]byte("own"))
	})
	h := newGuard(t, own).Endpoint("tasks")(http.HandlerFunc(rolehttp.NotFound))
	if have := answer(h, request("GET", "/", with(token(nil))...)); have.Code != 404 || have.Body.String() != "own" {
		t.Errorf("have %d %q, want 404 in the program's words", have.Code, have.Body)
	}
	if have := answer(http.HandlerFunc(rolehttp.NotFound), request("GET", "/")); have.Code != 404 || have.Body.String() != bodies[404] {
		t.Errorf("have %d %q, want 404 without a guard too", have.Code, have.Body)
	}
}

// TestPatterns: endpoints that come from the route.
func TestPatterns(t *testing.T) {
	g, err := rolehttp.New(fake(func(_ context.Context, token string) (claims, error) {
		return claims{payload.Registered{Roles: []string{token}}, "a1"}, nil
	}), service)
	if err != nil {
		t.Fatal(err)
	}
	byPath := g.EndpointFunc(rolehttp.PatternPath)
	names := map[string]string{"GET /named/{id}": "tasks"}
	byName := g.EndpointFunc(rolehttp.PatternNames(names))
	clear(names) // it is no longer theirs
	mux := http.NewServeMux()
	mux.Handle("GET /tasks/{id}", byPath(shown))
	mux.Handle("GET  /spaced/{id}", byPath(shown))
	mux.Handle("/tasks/{id}/", byPath(shown))
	mux.Handle("GET host.example/tasks/{id}", byPath(shown))
	mux.Handle("GET /named/{id}", byName(shown))
	mux.Handle("GET /unnamed/{id}", byName(shown))
	for _, c := range []struct {
		why    string
		h      http.Handler
		role   string
		url    string
		status int
	}{
		{"the path of the pattern", mux, "user", "/tasks/1", 200},
		{"another pattern", mux, "user", "/tasks/1/x", 403},
		{"another pattern, for whoever may everything", mux, "admin", "/tasks/1/x", 200},
		{"the host belongs to it", mux, "user", "http://host.example/tasks/1", 403},
		{"a name", mux, "user", "/named/1", 200},
		{"no name", mux, "admin", "/unnamed/1", 403},
		{"around the mux", byPath(mux), "admin", "/tasks/1", 403},
		{"around the mux, by name", byName(mux), "admin", "/named/1", 403},
		{"no function", g.EndpointFunc(nil)(mux), "admin", "/tasks/1", 403},
	} {
		t.Run(c.why, func(t *testing.T) {
			if have := answer(c.h, request("GET", c.url, with(c.role)...)); have.Code != c.status {
				t.Errorf("have %d, want %d", have.Code, c.status)
			}
		})
	}
}
