package openapitest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/openapi"
	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

const text = `
openapi: 3.1.0
info: {title: Groups, version: "1"}
servers: [{url: /api/v1}]
security: [{token: []}]
paths:
  /groups:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object, required: [name], additionalProperties: false, properties: {name: {type: string, minLength: 1}}}
      responses:
        "200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Group"}}}}
        "422": {$ref: "#/components/responses/Problem"}
  /groups/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer, minimum: 1}}
        - {name: full, in: query, schema: {type: boolean}}
      responses:
        "200": {description: it, content: {application/json: {schema: {$ref: "#/components/schemas/Group"}}}}
        "404": {$ref: "#/components/responses/Problem"}
        "500": {$ref: "#/components/responses/Problem"}
  /groups/mine:
    get:
      security: []
      responses:
        "204": {description: none}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Group: {type: object, required: [id], additionalProperties: false, properties: {id: {type: integer}, name: {type: string}}}
  responses:
    Problem:
      description: why not
      content:
        application/problem+json: {schema: {type: object, required: [status], properties: {status: {type: integer}}}}
`

type exchange struct {
	name, method, path, sent string
	status                   int
	mediaType, body          string
	fits                     bool
}

const problem = "application/problem+json"

// exchanges are what the document is asked about. It is no check that accepts everything.
var exchanges = []exchange{
	{"a group", "GET", "/api/v1/groups/1", "", 200, "application/json", `{"id":1,"name":"a"}`, true},
	{"with a slash", "GET", "/api/v1/groups/1/", "", 200, "application/json", `{"id":1}`, true},
	{"no group", "GET", "/api/v1/groups/9", "", 404, problem, `{"status":404}`, true},
	{"no id, refused", "GET", "/api/v1/groups/x", "", 404, problem, `{"status":404}`, true},
	{"no id, accepted", "GET", "/api/v1/groups/x", "", 200, "application/json", `{"id":1}`, false},
	{"a parameter of another type, accepted", "GET", "/api/v1/groups/1?full=2", "", 200, "application/json", `{"id":1}`, false},
	{"a field that is not declared", "GET", "/api/v1/groups/1", "", 200, "application/json", `{"id":1,"secret":2}`, false},
	{"a field that is missing", "GET", "/api/v1/groups/1", "", 200, "application/json", `{}`, false},
	{"a value of another type", "GET", "/api/v1/groups/1", "", 200, "application/json", `{"id":"1"}`, false},
	{"another status", "GET", "/api/v1/groups/1", "", 418, problem, `{"status":418}`, false},
	{"another media type", "GET", "/api/v1/groups/1", "", 404, "text/plain", `not found`, false},
	{"no body", "GET", "/api/v1/groups/1", "", 200, "application/json", ``, false},
	{"the named path first", "GET", "/api/v1/groups/mine", "", 204, "", ``, true},
	{"not as the other path", "GET", "/api/v1/groups/mine", "", 200, "application/json", `{"id":1}`, false},
	{"a new group", "POST", "/api/v1/groups", `{"name":"a"}`, 200, "application/json", `{"id":1}`, true},
	{"a body that is refused", "POST", "/api/v1/groups", `{"nome":"a"}`, 422, problem, `{"status":422}`, true},
	{"a body that is accepted against the document", "POST", "/api/v1/groups", `{"nome":"a"}`, 200, "application/json", `{"id":1}`, false},
	{"no body, accepted", "POST", "/api/v1/groups", "", 200, "application/json", `{"id":1}`, false},
	{"no operation", "DELETE", "/api/v1/groups", "", 405, problem, `{"status":405}`, true},
	{"no operation, with success", "DELETE", "/api/v1/groups", "", 204, "", ``, false},
	{"no path", "GET", "/groups", "", 404, problem, `{"status":404}`, true},
	{"no path, without a problem", "GET", "/groups", "", 404, "text/plain", `not found`, false},
}

func TestCheck(t *testing.T) {
	t.Parallel()
	d := openapitest.Read(t, []byte(text))
	for _, c := range exchanges {
		r := httptest.NewRequest(c.method, c.path, strings.NewReader(c.sent))
		if c.sent != "" {
			r.Header.Set("Content-Type", "application/json")
		}
		answer := &http.Response{StatusCode: c.status, Header: http.Header{}}
		if c.mediaType != "" {
			answer.Header.Set("Content-Type", c.mediaType)
		}
		if err := d.Check(r, []byte(c.sent), answer, []byte(c.body)); (err == nil) != c.fits {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// spy is a test that remembers whether it has failed.
type spy struct {
	testing.TB
	failed bool
}

func (s *spy) Helper()               {}
func (s *spy) Errorf(string, ...any) { s.failed = true }
func (s *spy) Fatalf(string, ...any) { s.failed = true; panic("the test ends") }

func TestTransport(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var sent map[string]any
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
			t.Errorf("the body does not arrive: %v", err)
		}
		sent["id"] = 1
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(sent)
	}))
	defer server.Close()
	d := openapitest.Read(t, []byte(text))
	for sent, failed := range map[string]bool{`{"name":"a"}`: false, `{"name":""}`: true} {
		s := &spy{TB: t}
		client := &http.Client{Transport: d.Transport(s, nil)}
		answer, err := client.Post(server.URL+"/api/v1/groups", "application/json", strings.NewReader(sent))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || !bytes.Contains(body, []byte(`"name"`)) || s.failed != failed {
			t.Errorf("%s: %s %v, failed is %v", sent, body, err, s.failed)
		}
	}
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	d := openapitest.Read(t, []byte(text))
	nothing := func(http.ResponseWriter, *http.Request) {}
	var routes rolehttp.Routes
	routes.HandleFunc("POST /api/v1/groups", "groups", nothing)
	routes.HandleFunc("GET /api/v1/groups/{id}", "groups", nothing)
	routes.OpenFunc("GET /api/v1/groups/mine", nothing, "it says nothing")
	if differences := d.Routes(&routes); len(differences) != 0 {
		t.Errorf("%v", differences)
	}
	var others rolehttp.Routes
	others.HandleFunc("POST /api/v1/groups", "groups", nothing)
	others.HandleFunc("GET /api/v1/groups/mine", "groups", nothing)
	want := []string{
		"documented, and not served: GET /api/v1/groups/mine without token",
		"documented, and not served: GET /api/v1/groups/{id}",
		"served, and not documented: GET /api/v1/groups/mine",
	}
	if differences := d.Routes(&others); !slices.Equal(differences, want) {
		t.Errorf("%v", differences)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]string{
		"no YAML": ":", "OpenAPI 3.0": strings.Replace(text, "3.1.0", "3.0.3", 1),
		"a reference to nothing": strings.Replace(text, "schemas/Group\"", "schemas/Grupp\"", 1),
	} {
		s := &spy{TB: t}
		func() {
			defer func() { _ = recover() }()
			openapitest.Read(s, []byte(document))
		}()
		if !s.failed {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestHandler(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	openapi.Handler([]byte(text))(w, httptest.NewRequest("GET", "/openapi.yaml", nil))
	if w.Code != 200 || w.Body.String() != text || w.Header().Get("Content-Type") != "application/yaml" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}
