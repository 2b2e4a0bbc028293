package rolehttp_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/roles/rolehttp/rolehttptest"
	"github.com/rolespec/rolespec/spec"
)

const why = "the load balancer has no token"

func newRoutes() *rolehttp.Routes {
	var rs rolehttp.Routes
	rs.Handle("GET /tasks/{id}", "tasks", shown)
	rs.HandleFunc("PUT /tasks/{id}", "tasks", shown)
	rs.Handle("GET /head", "tasks", shown, rolehttp.HeadAsGet())
	rs.Handle("POST /pizza", "order_pizza", shown, rolehttp.As(roles.Execute))
	rs.Handle("/any/", "tasks", shown)
	rs.Handle("/any/head", "heads", shown, rolehttp.HeadAsGet())
	rs.Handle("GET\t/both", "heads", shown)
	rs.Handle("HEAD /both", "heads", shown)
	rs.Handle("DELETE host.example/tasks/{id}", "tasks", shown)
	rs.Open("GET /healthz", shown, why)
	rs.OpenFunc("/hello", rolehttp.NotFound, "anybody may\n knock")
	return &rs
}

func TestRoutes(t *testing.T) {
	h, err := newRoutes().Handler(newGuard(t))
	if err != nil {
		t.Fatal(err)
	}
	send := serve(t, h)
	user, admin := with(bearing("a1", "user")), with(bearing("a1", "admin"))
	for _, c := range []struct {
		why          string
		method, path string
		header       []string
		status       int
		shows        string
	}{
		{"guarded", "GET", "/tasks/1", user, 200, `account == "a1"`},
		{"guarded, no token", "GET", "/tasks/1", nil, 401, bodies[401]},
		{"HEAD on a route for GET", "HEAD", "/tasks/1", user, 403, ""},
		{"HEAD as GET", "HEAD", "/head", user, 200, ""},
		{"an action", "POST", "/pizza", user, 200, "#"},
		{"an action, no token", "POST", "/pizza", nil, 401, bodies[401]},
		{"any method, granted", "PUT", "/any/x", user, 200, `account == "a1"`},
		{"any method, not granted", "PATCH", "/any/x", user, 403, bodies[403]},
		{"any method, everything", "PATCH", "/any/x", admin, 200, "#"},
		{"any method, HEAD as GET", "HEAD", "/any/head", user, 403, ""},
		{"a route of its own for HEAD", "HEAD", "/both", user, 200, ""},
		{"and for GET", "GET", "/both", user, 403, bodies[403]},
		{"open: no token, no rows", "GET", "/healthz", nil, 200, "!#"},
		{"open: a token is not looked at", "GET", "/healthz", admin, 200, "!#"},
		{"open: nor is a broken one", "GET", "/healthz", []string{"Authorization", "Bearer"}, 200, "!#"},
		{"open, a 404 of its own", "GET", "/hello", nil, 404, bodies[404]},
		{"a path that is not declared", "GET", "/tasks", admin, 404, "404 page not found\n"},
		{"a method that is not declared", "PATCH", "/tasks/1", admin, 405, "Method Not Allowed\n"},
		{"a method in lower case", "get", "/tasks/1", admin, 405, "Method Not Allowed\n"},
		{"a method in lower case, any method", "put", "/any/x", user, 403, bodies[403]},
		{"another host", "DELETE", "/tasks/1", admin, 405, "Method Not Allowed\n"},
	} {
		t.Run(c.why, func(t *testing.T) {
			resp := send(c.method, c.path, c.header...)
			if have := body(t, resp); resp.StatusCode != c.status || have != c.shows {
				t.Errorf("have %d %q, want %d %q", resp.StatusCode, have, c.status, c.shows)
			}
		})
	}
}

// TestOpenWithin: an open route shows nothing, even in a service behind a guard.
func TestOpenWithin(t *testing.T) {
	g := newGuard(t)
	h, err := newRoutes().Handler(g)
	if err != nil {
		t.Fatal(err)
	}
	if have := answer(g.Endpoint("tasks")(h), request("GET", "/healthz", with(token(nil))...)).Body.String(); have != "!#" {
		t.Errorf("have %q, want no row", have)
	}
}

func TestRoutesRefused(t *testing.T) {
	for _, c := range []struct {
		why     string
		declare func(rs *rolehttp.Routes)
		says    []string
	}{
		{"no handler", func(rs *rolehttp.Routes) { rs.Handle("GET /x", "tasks", nil) }, []string{`"GET /x" at routes_test.go:`, "no handler"}},
		{"no function", func(rs *rolehttp.Routes) { rs.HandleFunc("GET /x", "tasks", nil) }, []string{"no handler"}},
		{"no open function", func(rs *rolehttp.Routes) { rs.OpenFunc("GET /x", nil, "x") }, []string{"no handler"}},
		{"no endpoint", func(rs *rolehttp.Routes) { rs.Handle("GET /x", "", shown) }, []string{`"GET /x" at routes_test.go:`, "no endpoint"}},
		{"no reason", func(rs *rolehttp.Routes) { rs.Open("GET /x", shown, " ") }, []string{`"GET /x" at routes_test.go:`, "no reason"}},
		{"no pattern", func(rs *rolehttp.Routes) { rs.Handle("", "tasks", shown) }, []string{"at routes_test.go:", "invalid pattern"}},
		{"a bad pattern", func(rs *rolehttp.Routes) { rs.Handle("GET /{x", "tasks", shown) }, []string{`"GET /{x" at routes_test.go:`, "bad wildcard"}},
		{"a method behind a tab", func(rs *rolehttp.Routes) { rs.Handle("DELETE\t/x", "secrets", shown) }, []string{`no role permits DELETE "secrets"`}},
		{"twice", func(rs *rolehttp.Routes) {
			rs.Handle("GET /x/{a}", "tasks", shown)
			rs.Open("GET /x/{b}", shown, "x")
		}, []string{`"GET /x/{b}" at routes_test.go:`, `conflicts with "GET /x/{a}" at routes_test.go:`}},
		{"a conflict", func(rs *rolehttp.Routes) {
			rs.Handle("GET /{$}", "tasks", shown)
			rs.Handle("/x/{a}", "tasks", shown)
			rs.Handle("GET /{b}/x", "tasks", shown)
			rs.Handle("/{c}/y", "tasks", shown)
		}, []string{`"GET /{b}/x" at routes_test.go:`, `conflicts with "/x/{a}" at routes_test.go:`, `"/{c}/y"`}},
		{"a word that the policy has not", func(rs *rolehttp.Routes) { rs.Handle("GET /x", "secrets", shown) },
			[]string{`"GET /x" at routes_test.go:`, `no role permits GET "secrets"`, `except * for role "admin" at helpers_test.go:`}},
		{"nobody", func(rs *rolehttp.Routes) { rs.Handle("/x", "secrets", shown) }, []string{`no role permits any method of "secrets"`}},
		{"everything that is wrong", func(rs *rolehttp.Routes) {
			rs.Handle("GET /x", "", shown)
			rs.Open("GET /y", nil, "x")
			rs.Handle("GET /z", "secrets", shown)
		}, []string{"/x", "/y", "/z"}},
		{"nothing", func(*rolehttp.Routes) {}, []string{"no routes"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			var rs rolehttp.Routes
			c.declare(&rs)
			checkConfig(t, &rs, newGuard(t), c.says...)
		})
	}
	checkConfig(t, newRoutes(), nil, "the guard is nil")
	checkConfig(t, newRoutes(), (*rolehttp.Guard[claims])(nil), "the guard is nil")
	checkConfig(t, newRoutes(), new(rolehttp.Guard[claims]), "not made by New")
	mute, err := rolehttp.New(fake(asUser), wild{})
	if err != nil {
		t.Fatal(err)
	}
	checkConfig(t, newRoutes(), mute, "does not say what it declares; see WithDeclarations")
	told, err := rolehttp.New(fake(asUser), wild{}, rolehttp.WithDeclarations(service))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newRoutes().Handler(told); err != nil {
		t.Error(err)
	}
}

func checkConfig(t *testing.T, rs *rolehttp.Routes, g rolehttp.Guardian, says ...string) {
	t.Helper()
	h, err := rs.Handler(g)
	if h != nil || !errors.Is(err, rolehttp.ErrConfig) {
		t.Fatalf("have a handler and error %v, want an error alone", err)
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("have error %v, want one that says %q", err, part)
		}
	}
}

// TestRoutesAgree: a route is refused at the start exactly where no caller could use
// it, for policies with every kind of grant.
func TestRoutesAgree(t *testing.T) {
	rule := func(c claims) spec.Specification { return spec.All() }
	kinds := map[string][]roles.Grant{
		"nothing":                       {},
		"the method":                    {roles.Allow("tasks", "GET", rule)},
		"another method":                {roles.Allow("tasks", "PUT", rule)},
		"any method":                    {roles.Allow("tasks", roles.AnyMethod, rule)},
		"everything":                    {roles.AllowAll(rule)},
		"everything but the method":     {roles.AllowAll(rule), roles.Except("tasks", "GET")},
		"everything but the endpoint":   {roles.AllowAll(rule), roles.Except("tasks", roles.AnyMethod)},
		"the method of all that is not": {roles.Allow("tasks", "GET", rule), roles.Except("tasks", roles.AnyMethod)},
		"all but the method":            {roles.Allow("tasks", roles.AnyMethod, rule), roles.Except("tasks", "GET")},
		"denied":                        {roles.AllowAll(rule), roles.Deny("tasks", "GET")},
		"denied altogether":             {roles.AllowAll(rule), roles.Deny("tasks", roles.AnyMethod)},
		"denied in everything":          {roles.Allow("tasks", "GET", rule), roles.DenyAll()},
		"another is denied":             {roles.AllowAll(rule), roles.Deny("notes", "GET")},
		"some rows are denied":          {roles.AllowAll(rule), roles.DenyWhere("tasks", "GET", spec.Eq("a", 1))},
		"another endpoint":              {roles.Allow("Tasks", "GET", rule)},
	}
	for a, as := range kinds {
		for b, bs := range kinds {
			p := roles.MustService[claims](roles.New("a", as...), roles.New("b", bs...), roles.RestrictWhere("tasks", "GET", spec.All()))
			g, err := rolehttp.New(fake(asUser), p)
			if err != nil {
				t.Fatal(err)
			}
			var could []string
			for _, role := range p.Roles() {
				if p.Decide(claims{Registered: registered(role)}, "tasks", "GET").Allowed() {
					could = append(could, role)
				}
			}
			var rs rolehttp.Routes
			rs.Handle("GET /tasks", "tasks", shown, rolehttp.HeadAsGet())
			if _, err := rs.Handler(g); (err == nil) != (len(could) > 0) {
				t.Errorf("%s, %s: have error %v, may be called by %v", a, b, err, could)
			}
			want := "nobody"
			if len(could) > 0 {
				want = strings.Join(could, ", ")
			}
			have, err := rs.Table(g)
			if want = "GET   /tasks  tasks  " + want + "\nHEAD  /tasks  tasks  " + want + "\n"; err != nil || have != want {
				t.Errorf("%s, %s: have\n%s%v, want\n%s", a, b, have, err, want)
			}
		}
	}
}

func TestTable(t *testing.T) {
	rolehttptest.Table(t, newRoutes(), newGuard(t), "testdata/routes.txt")
	if have := newRoutes().Endpoints(); !slices.Equal(have, []string{"tasks", "order_pizza", "heads"}) {
		t.Errorf("have endpoints %q", have)
	}
	var placed rolehttp.Routes
	placed.Handle("GET /x", "secrets", shown, rolehttp.At("there:1"))
	placed.Open("GET /y", nil, "x", rolehttp.At("there:2"))
	checkConfig(t, &placed, newGuard(t), `"GET /x" at there:1`, `"GET /y" at there:2`)
	n := 0
	for r := range newRoutes().All() {
		n++
		if (r.Open == "") == (r.Endpoint == "") || !strings.HasPrefix(r.Where, "routes_test.go:") {
			t.Errorf("have %+v", r)
		}
	}
	if n != 11 {
		t.Errorf("have %d routes, want 11", n)
	}
	if _, err := newRoutes().Table(nil); !errors.Is(err, rolehttp.ErrConfig) {
		t.Errorf("have error %v, want one where there is no guard", err)
	}
	if _, err := newRoutes().Table(new(rolehttp.Guard[claims])); !errors.Is(err, rolehttp.ErrConfig) {
		t.Errorf("have error %v, want one where the guard is none", err)
	}
}

// TestLateRoute: what is declared after the handler was made is not served.
func TestLateRoute(t *testing.T) {
	rs := newRoutes()
	h, err := rs.Handler(newGuard(t))
	if err != nil {
		t.Fatal(err)
	}
	rs.Open("GET /late", http.HandlerFunc(rolehttp.Refuse), "too late")
	if have := answer(h, request("GET", "/late")); have.Code != 404 {
		t.Errorf("have %d, want 404", have.Code)
	}
}
