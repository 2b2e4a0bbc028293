package main

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/examples/http/internal/load"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// What load says is worth something only if it notices: here it asks a service that
// does one thing wrong.
func TestLoadNotices(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, says string
		wrong      func(w *world) http.HandlerFunc
	}{
		{"a row of another account", "a row of another account", altered(`"account":"globex"`, `"account":"acme"`)},
		{"a field that is hidden", "a field that is hidden", altered(`"public":true,"status"`, `"priority":1,"public":true,"status"`)},
		{"a row twice", "a row of an earlier page", altered(`"id":4,`, `"id":3,`)},
		{"a wrong count", " rows of 0", altered(`"total":`, `"total":0,"was":`)},
		{"another 404", "another body", another404},
		{"a lost change", "not what was acknowledged", lostChange},
		{"a token that is not valid is accepted", "instead of [401]", anyToken},
		{"a server error", "status 500", func(w *world) http.HandlerFunc {
			return func(rw http.ResponseWriter, r *http.Request) {
				if r.Method == "DELETE" {
					web.WriteProblem(rw, 500, "")
					return
				}
				w.handler.ServeHTTP(rw, r)
			}
		}},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			w := newWorld(t, "")
			server := httptest.NewServer(test.wrong(w))
			defer server.Close()
			c := load.Config{URL: server.URL, Tokens: w.demo.tokens, Duration: time.Second / 2, Workers: 4}
			var out bytes.Buffer
			var err error
			for range 20 { // what it asks is random, and the machine may be slow
				err = load.Run(context.Background(), c, &out)
				if err != nil && strings.Contains(out.String(), test.says) {
					return
				}
			}
			t.Errorf("%v\n%s", err, out.String())
		})
	}
}

// altered replaces something in the answers.
func altered(from, to string) func(*world) http.HandlerFunc {
	return func(w *world) http.HandlerFunc {
		return func(rw http.ResponseWriter, r *http.Request) {
			got := httptest.NewRecorder()
			w.handler.ServeHTTP(got, r)
			pass(rw, got, strings.ReplaceAll(got.Body.String(), from, to))
		}
	}
}

func pass(w http.ResponseWriter, got *httptest.ResponseRecorder, body string) {
	maps.Copy(w.Header(), got.Header())
	w.WriteHeader(got.Code)
	_, _ = io.WriteString(w, body)
}

// another404 tells a row that is hidden from one that is not there.
func another404(w *world) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		got := httptest.NewRecorder()
		w.handler.ServeHTTP(got, r)
		body := got.Body.String()
		if got.Code == http.StatusNotFound && !strings.HasSuffix(r.URL.Path, "999999999999") {
			body += " "
		}
		pass(rw, got, body)
	}
}

// lostChange acknowledges a PATCH that it has not done.
func lostChange(w *world) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		if body, _ := io.ReadAll(r.Body); r.Method == "PATCH" && strings.Contains(string(body), "'") {
			r.Body = io.NopCloser(strings.NewReader("{}"))
		} else {
			r.Body = io.NopCloser(bytes.NewReader(body))
		}
		w.handler.ServeHTTP(rw, r)
	}
}

// anyToken takes a token that is not valid for one of an admin.
func anyToken(w *world) http.HandlerFunc {
	valid := map[string]bool{}
	for _, token := range w.demo.tokens {
		valid["Bearer "+token.Token] = token.Kind == load.Valid
	}
	return func(rw http.ResponseWriter, r *http.Request) {
		if !valid[r.Header.Get("Authorization")] {
			r.Header.Set("Authorization", "Bearer "+w.demo.tokens[0].Token)
		}
		w.handler.ServeHTTP(rw, r)
	}
}
