package testservice_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/examples/internal/openapi/openapitest"
	"github.com/rolespec/rolespec/examples/internal/service"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/examples/internal/web"
)

func TestMain(m *testing.M) { engines.Main(m) }

// echo answers with what it was sent.
var echo = service.Service{
	Name: "echo",
	Build: func(context.Context, *service.Env) (http.Handler, error) {
		mux := http.NewServeMux()
		mux.HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			_ = web.WriteJSON(w, 200, map[string]string{
				"body": string(body), "type": r.Header.Get("Content-Type"), "token": r.Header.Get("Authorization"),
			})
		})
		mux.HandleFunc("GET /moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/echo", http.StatusSeeOther) })
		return mux, nil
	},
}

type echoed struct{ Body, Type, Token string }

// spy is a test that remembers whether it has failed.
type spy struct {
	testing.TB
	failed bool
}

func (s *spy) Helper()               {}
func (s *spy) Errorf(string, ...any) { s.failed = true }
func (s *spy) Fatalf(string, ...any) { s.failed = true; panic("the test ends") }
func (s *spy) Fatal(...any)          { s.failed = true; panic("the test ends") }

func fails(t *testing.T, test func(t testing.TB)) bool {
	s := &spy{TB: t}
	func() {
		defer func() { _ = recover() }()
		test(s)
	}()
	return s.failed
}

func TestClient(t *testing.T) {
	dialects := make(chan string, 2)
	t.Run("each", func(t *testing.T) {
		testservice.Each(t, func(t *testing.T, dsn string) {
			s := testservice.Start(t, echo, dsn)
			dialects <- s.DB.Dialect.String()
			for _, c := range []struct {
				body    any
				headers []string
				want    echoed
			}{
				{nil, nil, echoed{"", "", "Bearer me"}},
				{map[string]int{"a": 1}, nil, echoed{`{"a":1}`, "application/json", "Bearer me"}},
				{"text", []string{"Content-Type", "text/plain", "Authorization", "x"}, echoed{"text", "text/plain", "x"}},
				{[]byte("{"), nil, echoed{"{", "application/json", "Bearer me"}},
			} {
				got := s.Client("me").Do(t, "POST", "/echo", c.body, c.headers...)
				if answer := testservice.JSON[echoed](t, got, 200); answer != c.want {
					t.Errorf("%+v, want %+v", answer, c.want)
				}
			}
			if got := s.Client("").Do(t, "GET", "/moved", nil); got.Status != 303 {
				t.Errorf("a redirect is followed: %d", got.Status)
			}
		})
	})
	close(dialects)
	seen := map[string]bool{}
	for d := range dialects {
		seen[d] = true
	}
	if !seen["sqlite"] {
		t.Errorf("it ran on %v", seen)
	}
}

// What a test asks for and does not get fails it.
func TestFailures(t *testing.T) {
	t.Parallel()
	s := testservice.Start(t, echo, "")
	client := s.Client("")
	missing, found := client.Do(t, "GET", "/nowhere", nil), client.Do(t, "POST", "/echo", nil)
	document := openapitest.Read(t, []byte("openapi: 3.1.0\ninfo: {title: t, version: v}\npaths: {}\n"))
	for name, c := range map[string]struct {
		want bool
		test func(t testing.TB)
	}{
		"the status":                  {false, func(t testing.TB) { missing.Want(t, 404) }},
		"another status":              {true, func(t testing.TB) { missing.Want(t, 200) }},
		"a problem":                   {false, func(t testing.TB) { missing.IsProblem(t, 404) }},
		"another problem":             {true, func(t testing.TB) { missing.IsProblem(t, 400) }},
		"no problem":                  {true, func(t testing.TB) { found.IsProblem(t, 200) }},
		"the body":                    {false, func(t testing.TB) { testservice.JSON[echoed](t, found, 200) }},
		"a body of another status":    {true, func(t testing.TB) { testservice.JSON[echoed](t, found, 201) }},
		"a body with more":            {true, func(t testing.TB) { testservice.JSON[struct{ Body string }](t, found, 200) }},
		"what is not in the document": {true, func(t testing.TB) { client.Against(document).Do(t, "POST", "/echo", nil) }},
		"what is no JSON":             {true, func(t testing.TB) { client.Do(t, "POST", "/echo", func() {}) }},
		"no service":                  {true, func(t testing.TB) { testservice.Start(t, echo, "mysql://x") }},
	} {
		if got := fails(t, c.test); got != c.want {
			t.Errorf("%s: fails is %v", name, got)
		}
	}
	if !strings.Contains(s.Log.String(), `"path":"/nowhere"`) {
		t.Error("the log is not kept")
	}
}
