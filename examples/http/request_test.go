package main

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/http/internal/load"
)

func TestTokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	good := w.token(t, "ann of acme", load.Valid)
	header, rest, _ := strings.Cut(good, ".")
	claims, signature, _ := strings.Cut(rest, ".")
	for _, test := range []struct {
		name, token, challenge string
		status                 int
	}{
		{"valid", good, "", 200},
		{"none", "", `Bearer realm="tasks"`, 401},
		{"expired", w.token(t, "ann of acme", load.Expired), "expired", 401},
		{"signed by another key", w.token(t, "ann of acme", load.Foreign), "not valid", 401},
		{"not signed", header + "." + claims + ".", "not valid", 401},
		{"alg none", base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + claims + ".", "not valid", 401},
		{"of another", header + "." + swap(claims, "ann", "gil") + "." + signature, "not valid", 401},
		{"no token at all", "x", "not valid", 401},
		{"two words", "x y", "malformed", 400},
	} {
		for _, method := range []string{"GET", "POST"} {
			body := ""
			if method == "POST" {
				body = `{"title":"x"}`
			}
			want := test.status
			if want == 200 && method == "POST" {
				want = 201
			}
			got := w.send(t, test.token, method, "/tasks", body)
			if got.status != want || !strings.Contains(got.header.Get("WWW-Authenticate"), test.challenge) {
				t.Errorf("%s, %s: %d %s %q", test.name, method, got.status, got.body, got.header.Get("WWW-Authenticate"))
			}
			if got.status == 401 && strings.Contains(got.body, "acme") {
				t.Errorf("%s: a refusal shows %s", test.name, got.body)
			}
		}
	}
}

// swap replaces a word in encoded JSON.
func swap(encoded, from, to string) string {
	plain, _ := base64.RawURLEncoding.DecodeString(encoded)
	return base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(plain), from, to, 1)))
}

func TestBadRequests(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	long := strings.Repeat("a", 300)
	for _, test := range []struct {
		name, method, path string
		status             int
		headers            []string
	}{
		{"a filter of no field", "GET", "/tasks?nonsense=1", 400, nil},
		{"an operator that there is not", "GET", "/tasks?title__like=x", 400, nil},
		{"a value of another type", "GET", "/tasks?priority=high", 400, nil},
		{"a label that there is not", "GET", "/tasks?status=lost", 400, nil},
		{"a pattern that is none", "GET", "/tasks?title__matches=(", 400, nil},
		{"a filter that cannot be read", "GET", "/tasks?status=open;title=x", 400, nil},
		{"an escape that is none", "GET", "/tasks?title=%zz", 400, nil},
		{"a limit of none", "GET", "/tasks?limit=0", 400, nil},
		{"a limit beyond", "GET", "/tasks?limit=101", 400, nil},
		{"a limit that is no number", "GET", "/tasks?limit=all", 400, nil},
		{"two limits", "GET", "/tasks?limit=1&limit=2", 400, nil},
		{"an order of no field", "GET", "/tasks?sort=nonsense", 400, nil},
		{"an order of labels", "GET", "/tasks?sort=status", 400, nil},
		{"an order twice", "GET", "/tasks?sort=title,-title", 400, nil},
		{"an order of too many", "GET", "/tasks?sort=title,priority,public,account", 400, nil},
		{"a cursor that is none", "GET", "/tasks?after=x", 400, nil},
		{"a cursor of another order", "GET", "/tasks?sort=title&after=" + cursor(`[1]`), 400, nil},
		{"a cursor of another type", "GET", "/tasks?after=" + cursor(`["x"]`), 400, nil},
		{"a cursor with a list", "GET", "/tasks?after=" + cursor(`[[1]]`), 400, nil},
		{"a cursor with an object", "GET", "/tasks?after=" + cursor(`[{"a":1}]`), 400, nil},
		{"a cursor of null", "GET", "/tasks?after=" + cursor(`null`), 400, nil},
		{"no id", "GET", "/tasks/one", 404, nil},
		{"an id written in another way", "GET", "/tasks/01", 404, nil},
		{"an id beyond", "GET", "/tasks/" + long, 404, nil},
		{"SQL in the id", "GET", "/tasks/1%20OR%201=1", 404, nil},
		{"no route", "GET", "/nonsense", 404, nil},
		{"no route below", "GET", "/tasks/1/x", 404, nil},
		{"a method that there is not", "DELETE", "/tasks", 405, nil},
		{"another method that there is not", "POST", "/tasks/1", 405, nil},
		{"a method on an open route", "POST", "/healthz", 405, nil},
		{"a body of another type", "POST", "/tasks", 415, []string{"Content-Type", "text/plain"}},
		{"a body of no type", "POST", "/tasks", 415, []string{"Content-Type", ""}},
		{"a merge patch to PUT", "PUT", "/tasks/1", 415, []string{"Content-Type", "application/merge-patch+json"}},
		{"a merge patch", "PATCH", "/tasks/1", 204, []string{"Content-Type", "application/merge-patch+json; charset=utf-8"}},
	} {
		body := ""
		if test.method != "GET" {
			body = `{"title":"x"}`
		}
		got := w.ask(t, "ann of acme", test.method, test.path, body, test.headers...)
		if got.status != test.status {
			t.Errorf("%s: have %d %s, want %d", test.name, got.status, got.body, test.status)
		}
		if got.status >= 400 && got.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", test.name, got.header.Get("Content-Type"))
		}
		if got.status == 405 && got.header.Get("Allow") == "" {
			t.Errorf("%s: without Allow", test.name)
		}
	}
}

func cursor(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func TestHead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	for path, want := range map[string]int{"/tasks": 200, "/tasks/1": 200, "/tasks/6": 404, "/healthz": 204} {
		if got := w.ask(t, "bob of acme", "HEAD", path, ""); got.status != want || got.body != "" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if got := w.ask(t, "nobody", "HEAD", "/tasks", ""); got.status != 401 {
		t.Errorf("without a token: %d", got.status)
	}
}

// A database that fails is a 500 that says nothing of it, and is not ready.
func TestBrokenDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	w.store.reads.Close()
	for path, want := range map[string]int{"/tasks": 500, "/tasks/1": 500, "/readyz": 503, "/healthz": 204} {
		if got := w.ask(t, "ann of acme", "GET", path, ""); got.status != want || strings.Contains(got.body, "sql") {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// A request whose time is over is a 503, and writes nothing.
func TestTimeIsOver(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	before := w.store.rows(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for method, path := range map[string]string{"GET": "/tasks", "HEAD": "/tasks/1", "POST": "/tasks", "PATCH": "/tasks/1", "DELETE": "/tasks/1"} {
		r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(`{"title":"x"}`))
		r.Header.Set("Authorization", "Bearer "+w.token(t, "ann of acme", load.Valid))
		r.Header.Set("Content-Type", "application/json")
		got := httptest.NewRecorder()
		if w.handler.ServeHTTP(got, r); got.Code != http.StatusServiceUnavailable {
			t.Errorf("%s %s: %d %s", method, path, got.Code, got.Body)
		}
	}
	if !same(before, w.store.rows(t)) {
		t.Error("something was written")
	}
}
