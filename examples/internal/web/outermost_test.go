package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// served is a service of a few routes, one in a mux further in.
func served(t *testing.T, config web.Config) *httptest.Server {
	t.Helper()
	answers := web.Answers{Log: config.Log, Parameter: 422, Translate: func(err error) error {
		switch {
		case errors.Is(err, errTaken):
			return web.Problemf(409, "the name is taken")
		case errors.Is(err, errForgotten):
			return nil
		}
		return err
	}}
	inner := http.NewServeMux()
	inner.Handle("GET /inner/{id}", answers.Handle(func(w http.ResponseWriter, r *http.Request) error {
		if r.PathValue("id") == "panic" {
			w.Header().Set("Location", "/secret")
			panic("secret")
		}
		return web.WriteJSON(w, 200, map[string]string{"id": r.PathValue("id"), "request": web.RequestID(r.Context())})
	}))
	mux := http.NewServeMux()
	mux.Handle("/inner/{id}", inner)
	mux.HandleFunc("GET /half", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		_ = http.NewResponseController(w).Flush()
		panic("secret")
	})
	mux.HandleFunc("GET /nothing", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /body", func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			web.WriteProblem(w, http.StatusRequestEntityTooLarge, "")
		}
	})
	for name, err := range map[string]error{
		"missing": web.ErrNotFound, "refused": web.ErrRefused, "taken": errTaken, "forgotten": errForgotten,
		"parameter": &web.ParameterError{In: "path", Name: "id", Want: "is odd"},
		"unknown":   errors.New("secret"), "own500": &web.Problem{Status: 503, Err: errors.New("secret")},
	} {
		mux.Handle("GET /"+name, answers.Handle(func(http.ResponseWriter, *http.Request) error { return err }))
	}
	mux.Handle("GET /slow", answers.Handle(func(_ http.ResponseWriter, r *http.Request) error {
		<-r.Context().Done()
		return r.Context().Err()
	}))
	server := httptest.NewServer(web.Outermost(mux, config))
	t.Cleanup(server.Close)
	return server
}

var (
	errTaken     = errors.New("taken")
	errForgotten = errors.New("a translation that forgets it")
)

func ask(t *testing.T, method, url string, body string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultTransport.RoundTrip(r) // follows no redirect
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err.Error()
	}
	return answer.StatusCode, answer.Header, string(text)
}

func TestOutermost(t *testing.T) {
	t.Parallel()
	var log testservice.Lines
	registry := prometheus.NewRegistry()
	metrics, err := web.NewMetrics(registry)
	if err != nil {
		t.Fatal(err)
	}
	server := served(t, web.Config{
		Log: slog.New(web.LogHandler(slog.NewTextHandler(&log, nil))), Metrics: metrics, Time: time.Second,
	})
	for _, c := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/inner/1?name=private", 200, `"id":"1"`},
		{"GET", "/nothing", 200, ""},
		{"GET", "/inner/1/", 404, "about:blank"},
		{"GET", "/nowhere", 404, "about:blank"},
		{"POST", "/inner/1", 405, "about:blank"},
		{"DELETE", "/nothing", 405, "about:blank"},
		{"BREW", "/nowhere", 404, "about:blank"},
		{"GET", "/missing", 404, "about:blank"},
		{"GET", "/refused", 403, "about:blank"},
		{"GET", "/taken", 409, "the name is taken"},
		{"GET", "/parameter", 422, "id in the path is odd"},
		{"GET", "/unknown", 500, "about:blank"},
		{"GET", "/forgotten", 500, "about:blank"},
		{"GET", "/own500", 503, "about:blank"},
		{"GET", "/inner/panic", 500, "about:blank"},
		{"GET", "/slow", 503, "about:blank"},
	} {
		status, header, body := ask(t, c.method, server.URL+c.path, "")
		if status != c.status || !strings.Contains(body, c.body) {
			t.Errorf("%s %s: %d %s", c.method, c.path, status, body)
		}
		if status >= 400 && (header.Get("Content-Type") != "application/problem+json" || !json.Valid([]byte(body))) {
			t.Errorf("%s %s: %s %s", c.method, c.path, header.Get("Content-Type"), body)
		}
		if status == 405 != (header.Get("Allow") != "") {
			t.Errorf("%s %s: Allow %q", c.method, c.path, header.Get("Allow"))
		}
		id := header.Get("X-Request-Id")
		if len(id) < 20 || status == 200 && body != "" && !strings.Contains(body, id) {
			t.Errorf("%s %s: the id is %q: %s", c.method, c.path, id, body)
		}
		if strings.Contains(body, "secret") || header.Get("Location") != "" {
			t.Errorf("%s %s: %v %s", c.method, c.path, header, body)
		}
		if !strings.Contains(log.String(), "request="+id) {
			t.Errorf("%s %s: not in the log", c.method, c.path)
		}
	}
	for line, want := range map[string]bool{
		"method=GET path=/inner/1 route=\"GET /inner/{id}\" status=200": true,
		"path=/nowhere route=\"\" status=404":                           true,
		"panic=secret":                                                  true,
		"err=secret":                                                    true,
		`err="a translation that forgets it"`:                           true,
		"private":                                                       false,
	} {
		if strings.Contains(log.String(), line) != want {
			t.Errorf("%q in the log: %v\n%s", line, !want, log.String())
		}
	}
	const counted = `
		# HELP http_requests_in_flight Requests that are being answered.
		# TYPE http_requests_in_flight gauge
		http_requests_in_flight 0
		# HELP http_requests_total Requests that were answered.
		# TYPE http_requests_total counter
		http_requests_total{code="200",method="GET",route="/inner/{id}"} 1
		http_requests_total{code="200",method="GET",route="/nothing"} 1
		http_requests_total{code="403",method="GET",route="/refused"} 1
		http_requests_total{code="404",method="GET",route="/missing"} 1
		http_requests_total{code="404",method="GET",route="none"} 2
		http_requests_total{code="404",method="other",route="none"} 1
		http_requests_total{code="405",method="DELETE",route="none"} 1
		http_requests_total{code="405",method="POST",route="none"} 1
		http_requests_total{code="409",method="GET",route="/taken"} 1
		http_requests_total{code="422",method="GET",route="/parameter"} 1
		http_requests_total{code="500",method="GET",route="/forgotten"} 1
		http_requests_total{code="500",method="GET",route="/inner/{id}"} 1
		http_requests_total{code="500",method="GET",route="/unknown"} 1
		http_requests_total{code="503",method="GET",route="/own500"} 1
		http_requests_total{code="503",method="GET",route="/slow"} 1
	`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(counted), "http_requests_total", "http_requests_in_flight"); err != nil {
		t.Error(err)
	}
	if _, err := web.NewMetrics(registry); err == nil {
		t.Error("the metrics are there twice")
	}
}

// A panic in the middle of an answer cuts it off: half of it must not look whole.
func TestHalfAnAnswer(t *testing.T) {
	t.Parallel()
	server := served(t, web.Config{})
	if status, _, body := ask(t, "GET", server.URL+"/half", ""); status != 0 {
		t.Errorf("%d %s", status, body)
	}
}

func TestBodyIsBounded(t *testing.T) {
	t.Parallel()
	server := served(t, web.Config{})
	for length, want := range map[int]int{web.MaxBody: 200, web.MaxBody + 1: 413} {
		if status, _, _ := ask(t, "POST", server.URL+"/body", strings.Repeat("a", length)); status != want {
			t.Errorf("%d bytes: %d", length, status)
		}
	}
}

func TestTrimSlash(t *testing.T) {
	t.Parallel()
	plain, trimming := served(t, web.Config{}), served(t, web.Config{TrimSlash: true})
	for path, want := range map[string][2]int{
		"/inner/1":     {200, 200},
		"/inner/1/":    {404, 200},
		"/inner/1/?a":  {404, 200},
		"/inner/a%2F":  {200, 200}, // a slash of the id
		"/inner/a%2F/": {404, 200},
		"/":            {404, 404},
		"/inner/":      {404, 404},
	} {
		one, _, _ := ask(t, "GET", plain.URL+path, "")
		two, _, body := ask(t, "GET", trimming.URL+path, "")
		if one != want[0] || two != want[1] {
			t.Errorf("%s: %d and %d", path, one, two)
		}
		if strings.Contains(path, "%2F") && !strings.Contains(body, `"a/"`) {
			t.Errorf("%s: %s", path, body)
		}
	}
}

// The id is the service's own: one that was sent is not taken over.
func TestRequestID(t *testing.T) {
	t.Parallel()
	server := served(t, web.Config{})
	r, _ := http.NewRequestWithContext(context.Background(), "GET", server.URL+"/nothing", nil)
	r.Header.Set("X-Request-Id", "mine")
	seen := map[string]bool{"mine": true}
	for range 3 {
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if id := answer.Header.Get("X-Request-Id"); seen[id] {
			t.Errorf("%q again", id)
		} else {
			seen[id] = true
		}
	}
	if id := web.RequestID(context.Background()); id != "" {
		t.Errorf("outside of a request: %q", id)
	}
}
