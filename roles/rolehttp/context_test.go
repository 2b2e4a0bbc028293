package rolehttp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// checkEmpty: a context in which nobody decided anything.
func checkEmpty(t *testing.T, ctx context.Context) {
	t.Helper()
	if have := rolehttp.Specification(ctx); !have.IsNone() {
		t.Errorf("have %v, want no row", have)
	}
	if p := rolehttp.Permission(ctx); !p.Rows.IsNone() || !p.Check.IsNone() || p.Columns.All() || len(p.Columns.Names()) > 0 {
		t.Errorf("have %+v, want that nothing is permitted", p)
	}
	if c, ok := rolehttp.Claims[claims](ctx); ok || c.Account != "" || c.Subject != "" {
		t.Errorf("have claims %+v, want none", c)
	}
}

func TestWithoutAGuard(t *testing.T) {
	checkEmpty(t, context.Background())
	var none context.Context
	checkEmpty(t, none)
	if have := answer(shown, request("GET", "/", with(token(nil))...)); have.Body.String() != "!#" {
		t.Errorf("have %q, want no row in a handler without a guard", have.Body)
	}
}

func TestPermission(t *testing.T) {
	for name, opts := range map[string][]rolehttp.Option{
		"without an audit": nil,
		"with an audit":    {rolehttp.WithAudit(func(context.Context, rolehttp.Event) {})},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGuard(t, opts...)
			ctx, err := g.Admit(t.Context(), bearing("a1", "user"), "tasks", "PUT")
			if err != nil {
				t.Fatal(err)
			}
			p := rolehttp.Permission(ctx)
			mine := spec.Eq("account", "a1")
			if !p.Rows.Equal(mine) || !p.Check.Equal(mine.And(spec.Eq("open", true))) || p.Columns.All() || !p.Columns.Has("name") {
				t.Errorf("have %v, %v and %v, want what the grant says", p.Rows, p.Check, p.Columns.Names())
			}
			if !rolehttp.Specification(ctx).Equal(mine) {
				t.Errorf("have %v, want %v", rolehttp.Specification(ctx), mine)
			}
			if c, ok := rolehttp.Claims[claims](ctx); !ok || c.Account != "a1" || c.Subject != "sub-a1" {
				t.Errorf("have claims %+v, want those of the token", c)
			}
			if c, ok := rolehttp.Claims[payload.Registered](ctx); ok || c.Subject != "" {
				t.Errorf("have claims %+v of another type, want none", c)
			}
		})
	}
}

// TestAdmitDenied: an error comes with a context that shows nothing, also where a
// guard let the caller through to something else before.
func TestAdmitDenied(t *testing.T) {
	g := newGuard(t)
	before, err := g.Admit(t.Context(), bearing("a1", "user"), "tasks", "GET")
	if err != nil {
		t.Fatal(err)
	}
	var none *rolehttp.Guard[claims]
	for _, c := range []struct {
		why                     string
		g                       *rolehttp.Guard[claims]
		token, endpoint, method string
		outcome                 rolehttp.Outcome
		is                      error
	}{
		{"no token", g, "", "tasks", "GET", rolehttp.NoToken, nil},
		{"a bad one", g, "x", "tasks", "GET", rolehttp.InvalidToken, payload.ErrMalformed},
		{"no endpoint", g, bearing("a1", "admin"), "", "GET", rolehttp.Forbidden, nil},
		{"no method", g, bearing("a1", "admin"), "tasks", "", rolehttp.Forbidden, roles.ErrForbidden},
		{"not permitted", g, bearing("a1", "user"), "tasks", "DELETE", rolehttp.Forbidden, roles.ErrForbidden},
		{"a nil guard", none, bearing("a1", "admin"), "tasks", "GET", rolehttp.Failed, nil},
		{"a zero guard", new(rolehttp.Guard[claims]), bearing("a1", "admin"), "tasks", "GET", rolehttp.Failed, nil},
	} {
		t.Run(c.why, func(t *testing.T) {
			ctx, err := c.g.Admit(before, c.token, c.endpoint, c.method)
			var denial *rolehttp.DeniedError
			if !errors.As(err, &denial) || denial.Outcome != c.outcome || denial.Reason() == "" || !errors.Is(err, rolehttp.ErrDenied) {
				t.Errorf("have error %v, want %q", err, c.outcome)
			}
			if c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("have error %v, want one that wraps %v", err, c.is)
			}
			checkEmpty(t, ctx)
		})
	}
	for name, g := range map[string]*rolehttp.Guard[claims]{"nil": nil, "zero": new(rolehttp.Guard[claims])} {
		if have := answer(g.Endpoint("tasks")(unreached(t)), request("GET", "/", with(bearing("a1", "admin"))...)); have.Code != 500 {
			t.Errorf("%s guard: have %d, want 500", name, have.Code)
		}
	}
}

// TestAdmitHeader: the token is looked for as in a request.
func TestAdmitHeader(t *testing.T) {
	g, err := rolehttp.New(fake(asUser), service, rolehttp.WithTokenFrom(rolehttp.FromHeader(), rolehttp.FromCookie("session"),
		rolehttp.FromFunc("", func(r *http.Request) (string, bool) { return r.URL.Query().Get("token"), true })))
	if err != nil {
		t.Fatal(err)
	}
	var none *rolehttp.Guard[claims]
	for _, c := range []struct {
		why    string
		g      *rolehttp.Guard[claims]
		header http.Header
		want   rolehttp.Outcome
	}{
		{"a token", g, http.Header{"Authorization": {"Bearer a1"}}, ""},
		{"in a cookie", g, http.Header{"Cookie": {"session=a1"}}, ""},
		{"in both", g, http.Header{"Authorization": {"Bearer a1"}, "Cookie": {"session=a1"}}, rolehttp.BadRequest},
		{"two", g, http.Header{"Authorization": {"Bearer a1", "Bearer a1"}}, rolehttp.BadRequest},
		{"none", g, nil, rolehttp.NoToken},
		{"a nil guard", none, http.Header{"Authorization": {"Bearer a1"}}, rolehttp.Failed},
	} {
		ctx, err := c.g.AdmitHeader(t.Context(), c.header, "tasks", "GET")
		var denial *rolehttp.DeniedError
		switch {
		case c.want == "":
			if err != nil || rolehttp.Specification(ctx).String() != `account == "a1"` {
				t.Errorf("%s: have %v and error %v, want the rows of a1", c.why, rolehttp.Specification(ctx), err)
			}
		case !errors.As(err, &denial) || denial.Outcome != c.want:
			t.Errorf("%s: have error %v, want %q", c.why, err, c.want)
		default:
			checkEmpty(t, ctx)
		}
	}
}

// TestNested: guards in guards. The token is verified once by each kind of guard, and
// the innermost decides what is seen.
func TestNested(t *testing.T) {
	var outer, inner atomic.Int32
	counting := func(n *atomic.Int32, account string) fake {
		return func(ctx context.Context, token string) (claims, error) {
			n.Add(1)
			c, err := asUser(ctx, account+token)
			return c, err
		}
	}
	a, err := rolehttp.New(counting(&outer, "outer-"), service)
	if err != nil {
		t.Fatal(err)
	}
	b, err := rolehttp.New(counting(&inner, "inner-"), service)
	if err != nil {
		t.Fatal(err)
	}
	h := a.Endpoint("tasks")(b.Endpoint("tasks")(a.Endpoint("tasks")(b.Endpoint("tasks")(shown))))
	w := answer(h, request("GET", "/", with("t")...))
	if w.Body.String() != `account == "inner-t"` || outer.Load() != 1 || inner.Load() != 1 {
		t.Errorf("have %q, verified %d and %d times, want the claims of the inner guard, once each", w.Body, outer.Load(), inner.Load())
	}
	if have := w.Header().Values("Vary"); len(have) != 1 {
		t.Errorf("have Vary %q, want it once", have)
	}
	if have := answer(a.Endpoint("tasks")(a.Endpoint("secrets")(unreached(t))), request("GET", "/", with("t")...)); have.Code != 403 {
		t.Errorf("have %d, want that the inner guard forbids", have.Code)
	}
}

// TestAnotherTokenWithin: a request that is served within another, such as one of a
// batch, is that of its own bearer.
func TestAnotherTokenWithin(t *testing.T) {
	g, err := rolehttp.New(fake(asUser), service)
	if err != nil {
		t.Fatal(err)
	}
	single := g.Endpoint("tasks")(shown)
	batch := g.Endpoint("tasks")(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		single.ServeHTTP(w, request("GET", "/", with("a2")...).WithContext(r.Context()))
	}))
	if have := answer(batch, request("GET", "/", with("a1")...)).Body.String(); have != `account == "a2"` {
		t.Errorf("have %q, want the rows of the second bearer", have)
	}
}

// TestNoBleed: many callers at once, each of whom sees what is theirs.
func TestNoBleed(t *testing.T) {
	var counted atomic.Int64
	g, err := rolehttp.New(fake(asUser), service, rolehttp.WithAudit(func(_ context.Context, e rolehttp.Event) {
		counted.Add(1)
		if e.Outcome == rolehttp.Allowed && e.Subject == "" {
			t.Error("have no subject")
		}
	}))
	if err != nil {
		t.Fatal(err)
	}
	h := g.Endpoint("tasks")(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _ := rolehttp.Claims[claims](r.Context())
		_, _ = fmt.Fprint(w, c.Account, " ", rolehttp.Specification(r.Context()))
	}))
	send := serve(t, h)
	var wg sync.WaitGroup
	const callers, times = 16, 25
	for i := range callers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			account := fmt.Sprint("a", i)
			for range times {
				resp := send("GET", "/", with(account)...)
				if have, want := body(t, resp), fmt.Sprintf("%s account == %q", account, account); have != want {
					t.Errorf("have %q, want %q", have, want)
				}
			}
		}()
	}
	wg.Wait()
	if counted.Load() != callers*times {
		t.Errorf("have %d events, want %d", counted.Load(), callers*times)
	}
}
