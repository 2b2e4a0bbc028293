package main

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

var document = func() *openapi3.T {
	read, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err != nil {
		panic(err)
	}
	return read
}()

// Text that is not JSON is a string to the validator, as it stands.
func init() {
	asText := func(body io.Reader, _ http.Header, _ *openapi3.SchemaRef, _ openapi3filter.EncodingFn) (any, error) {
		text, err := io.ReadAll(body)
		return string(text), err
	}
	openapi3filter.RegisterBodyDecoder("text/plain", asText)
	openapi3filter.RegisterBodyDecoder("application/yaml", asText)
}

// fitsDocument holds an answer against openapi.yaml: its status, its media type, its
// headers and its body. What is no operation is answered with a problem.
func fitsDocument(t *testing.T, r *http.Request, got reply) {
	t.Helper()
	path := r.URL.Path
	if strings.HasPrefix(path, "/tasks/") {
		path = "/tasks/{id}"
	}
	item := document.Paths.Value(path)
	var operation *openapi3.Operation
	if item != nil {
		operation = item.GetOperation(r.Method)
	}
	if operation == nil {
		if r.Method != http.MethodHead && (got.status < 400 || got.header.Get("Content-Type") != "application/problem+json") {
			t.Errorf("%s %s is not in the document, and answers %d %s", r.Method, r.URL.Path, got.status, got.body)
		}
		return
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: r,
			Route:   &routers.Route{Spec: document, Path: path, PathItem: item, Method: r.Method, Operation: operation},
		},
		Status:  got.status,
		Header:  got.header,
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	input.SetBodyBytes([]byte(got.body))
	if got.body == "" {
		input.Body = http.NoBody
	}
	if err := openapi3filter.ValidateResponse(context.Background(), input); err != nil {
		t.Errorf("%s %s: the answer does not fit the document: %v\n%s", r.Method, r.URL.Path, err, got.body)
	}
}

func TestDocumentIsValid(t *testing.T) {
	t.Parallel()
	if err := document.Validate(context.Background()); err != nil {
		t.Error(err)
	}
	if !document.IsOpenAPI31OrLater() {
		t.Errorf("OpenAPI %s", document.OpenAPI)
	}
}

func TestRoutesAreTheDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	var served, documented []string
	for route := range w.routes.All() {
		line := route.Pattern
		if route.Open != "" {
			line += " without token"
		}
		served = append(served, line)
	}
	for path, item := range document.Paths.Map() {
		for method, operation := range item.Operations() {
			line := method + " " + path
			if operation.Security != nil && len(*operation.Security) == 0 {
				line += " without token"
			}
			documented = append(documented, line)
		}
	}
	slices.Sort(served)
	slices.Sort(documented)
	if !slices.Equal(served, documented) {
		t.Errorf("served:\n%s\ndocumented:\n%s", strings.Join(served, "\n"), strings.Join(documented, "\n"))
	}
}

// An answer that does not fit is noticed: the check is not one that accepts everything.
func TestDocumentRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		got  reply
	}{
		{"a field that is not declared", reply{200, header("Content-Type", "application/json"), `{"id":1,"secret":"x"}`}},
		{"a value of another type", reply{200, header("Content-Type", "application/json"), `{"id":"1"}`}},
		{"another status", reply{418, header("Content-Type", "application/problem+json"), `{}`}},
		{"another media type", reply{404, header("Content-Type", "text/plain"), `not found`}},
		{"no challenge", reply{401, header("Content-Type", "application/problem+json"), `{"type":"about:blank","title":"Unauthorized","status":401}`}},
	} {
		r, _ := http.NewRequest("GET", "http://x/tasks/1", nil)
		spy := &testing.T{}
		fitsDocument(spy, r, test.got)
		if !spy.Failed() {
			t.Errorf("%s is accepted", test.name)
		}
	}
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}

func TestOpenRoutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "")
	w.ask(t, "bob of acme", "GET", "/tasks", "")
	w.ask(t, "eve of acme", "POST", "/tasks", `{"title":"x"}`)
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/healthz":      {http.StatusNoContent, ""},
		"/readyz":       {http.StatusNoContent, ""},
		"/openapi.yaml": {http.StatusOK, "openapi: 3.1.0"},
		"/metrics":      {http.StatusOK, `access_decisions_total{endpoint="tasks",method="POST",outcome="forbidden"} 1`},
	} {
		if got := w.ask(t, "nobody", "GET", path, ""); got.status != want.status || !strings.Contains(got.body, want.body) {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	w.draining.Store(true)
	if got := w.ask(t, "nobody", "GET", "/readyz", ""); got.status != http.StatusServiceUnavailable {
		t.Errorf("a service that stops is ready: %d", got.status)
	}
}
