package rolehttp_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

const (
	plain   = `Bearer realm="api"`
	invalid = plain + `, error="invalid_token", error_description="The access token is not valid"`
	expired = plain + `, error="invalid_token", error_description="The access token expired"`
	unclear = plain + `, error="invalid_request", error_description="The access token is malformed or sent more than once"`
	refused = plain + `, error="insufficient_scope", error_description="The request is not permitted"`
)

// The bodies, to the byte.
var bodies = map[int]string{
	400: `{"type":"about:blank","title":"Bad Request","status":400}` + "\n",
	401: `{"type":"about:blank","title":"Unauthorized","status":401}` + "\n",
	403: `{"type":"about:blank","title":"Forbidden","status":403}` + "\n",
	404: `{"type":"about:blank","title":"Not Found","status":404}` + "\n",
	500: `{"type":"about:blank","title":"Internal Server Error","status":500}` + "\n",
	503: `{"type":"about:blank","title":"Service Unavailable","status":503}` + "\n",
}

var requests = []struct {
	why       string
	method    string
	path      string
	header    []string // name, value
	status    int
	challenge string
	shows     string
}{
	{"a good token", "GET", "/tasks/1", with(token(nil)), 200, "", `account == "a1-s3cr3t"`},
	{"the scheme in lower case", "GET", "/tasks/1", []string{"Authorization", "bearer " + token(nil)}, 200, "", `account == "a1-s3cr3t"`},
	{"the scheme in mixed case", "GET", "/tasks/1", []string{"Authorization", "bEaReR " + token(nil)}, 200, "", `account == "a1-s3cr3t"`},
	{"more than one space", "GET", "/tasks/1", []string{"Authorization", "Bearer   " + token(nil)}, 200, "", `account == "a1-s3cr3t"`},
	{"an admin", "GET", "/tasks/1", with(bearing("a1", "admin")), 200, "", "#"},
	{"another method that is granted", "PUT", "/tasks/1", with(token(nil)), 200, "", `account == "a1-s3cr3t"`},
	{"another rule stands for another method", "POST", "/pizza", with(token(nil)), 200, "", "#"},

	{"no token", "GET", "/tasks/1", nil, 401, plain, ""},
	{"another scheme", "GET", "/tasks/1", []string{"Authorization", "Basic YTpi"}, 401, plain, ""},
	{"another scheme with a token behind it", "GET", "/tasks/1", []string{"Authorization", "Token " + token(nil)}, 401, plain, ""},
	{"a scheme that begins alike", "GET", "/tasks/1", []string{"Authorization", "Bearerx " + token(nil)}, 401, plain, ""},
	{"a token in the query", "GET", "/tasks/1?access_token=" + token(nil), nil, 401, plain, ""},
	{"a token in a cookie, where none is looked for", "GET", "/tasks/1", []string{"Cookie", "session=" + token(nil)}, 401, plain, ""},
	{"no token, no such role", "DELETE", "/tasks/1", nil, 401, plain, ""},

	{"a scheme alone", "GET", "/tasks/1", []string{"Authorization", "Bearer"}, 400, unclear, ""},
	{"an empty header", "GET", "/tasks/1", []string{"Authorization", ""}, 400, unclear, ""},
	{"a tab", "GET", "/tasks/1", []string{"Authorization", "Bearer\t" + token(nil)}, 400, unclear, ""},
	{"two tokens", "GET", "/tasks/1", []string{"Authorization", "Bearer " + token(nil) + " " + token(nil)}, 400, unclear, ""},
	{"two tokens and a comma", "GET", "/tasks/1", []string{"Authorization", "Bearer " + token(nil) + ", Bearer x"}, 400, unclear, ""},
	{"two headers", "GET", "/tasks/1", append(with(token(nil)), with(token(nil))...), 400, unclear, ""},
	{"two headers, one of another scheme", "GET", "/tasks/1", append(with(token(nil)), "Authorization", "Basic YTpi"), 400, unclear, ""},
	{"quotes", "GET", "/tasks/1", []string{"Authorization", `Bearer "` + token(nil) + `"`}, 400, unclear, ""},
	{"= in the middle", "GET", "/tasks/1", []string{"Authorization", "Bearer a=b"}, 400, unclear, ""},
	{"= alone", "GET", "/tasks/1", []string{"Authorization", "Bearer =="}, 400, unclear, ""},

	{"not a JWT", "GET", "/tasks/1", with("abc"), 401, invalid, ""},
	{"expired", "GET", "/tasks/1", with(token(func(c map[string]any) { c["exp"] = time.Now().Unix() - 1 })), 401, expired, ""},
	{"forged", "GET", "/tasks/1", with(signed(map[string]any{"iss": issuer, "aud": audience, "typ": "access", "exp": time.Now().Unix() + 600, "roles": []string{"admin"}}, []byte(strings.Repeat("x", 32)))), 401, invalid, ""},
	{"forged and expired", "GET", "/tasks/1", with(signed(map[string]any{"exp": 1}, []byte(strings.Repeat("x", 32)))), 401, invalid, ""},
	{"a wrong audience", "GET", "/tasks/1", with(token(func(c map[string]any) { c["aud"] = "notes" })), 401, invalid, ""},
	{"a refresh token", "GET", "/tasks/1", with(token(func(c map[string]any) { c["typ"] = "refresh" })), 401, invalid, ""},

	{"a method that is not granted", "DELETE", "/tasks/1", with(token(nil)), 403, refused, ""},
	{"no roles", "GET", "/tasks/1", with(bearing("a1")), 403, refused, ""},
	{"a role that there is not", "GET", "/tasks/1", with(bearing("a1", "User")), 403, refused, ""},
	{"a claim that is missing", "GET", "/tasks/1", with(bearing("", "user")), 403, refused, ""},
	{"a role that denies", "GET", "/tasks/1", with(bearing("a1", "admin", "suspended")), 403, refused, ""},
	{"a rule that panics", "GET", "/broken", with(token(nil)), 403, refused, ""},
	{"HEAD is a method of its own", "HEAD", "/tasks/1", with(token(nil)), 403, refused, ""},
	{"HEAD where it is asked as GET", "HEAD", "/head", with(token(nil)), 200, "", ""},
	{"HEAD where it is asked as GET, not granted", "HEAD", "/head", with(bearing("a1")), 403, refused, ""},
	{"no other method is asked as GET", "DELETE", "/head/any", with(token(nil)), 403, refused, ""},
	{"OPTIONS is one too", "OPTIONS", "/tasks/1", with(token(nil)), 403, refused, ""},
	{"OPTIONS without a token", "OPTIONS", "/tasks/1", nil, 401, plain, ""},
	{"a method in lower case", "get", "/tasks/1", with(token(nil)), 403, refused, ""},
	{"a method in mixed case", "Get", "/tasks/1", with(bearing("a1", "admin")), 403, refused, ""},
	{"the method that stands for all", "*", "/tasks/1", with(bearing("a1", "admin")), 403, refused, ""},
	{"a header does not change the method", "DELETE", "/tasks/1", append(with(token(nil)), "X-Http-Method-Override", "GET"), 403, refused, ""},
	{"an endpoint without a name", "GET", "/nameless", with(bearing("a1", "admin")), 403, refused, ""},
	{"an endpoint without a name, no token", "GET", "/nameless", nil, 401, plain, ""},

	{"the pattern is the endpoint", "GET", "/by-path/tasks/1", with(token(nil)), 403, refused, ""},
	{"a row that is hidden", "GET", "/missing", with(token(nil)), 404, "", ""},
	{"a row that may not be written so", "GET", "/unwritable", with(token(nil)), 403, "", ""},
	{"no handler", "GET", "/no-handler", with(token(nil)), 500, "", ""},
	{"an endpoint that panics", "GET", "/panics", with(token(nil)), 500, "", ""},
}

func with(token string) []string { return []string{"Authorization", "Bearer " + token} }

func newMux(t testing.TB, opts ...rolehttp.Option) *http.ServeMux {
	g := newGuard(t, opts...)
	mux := http.NewServeMux()
	tasks := g.Endpoint("tasks")
	mux.Handle("/tasks/{id}", tasks(shown))
	mux.Handle("GET /head", g.Endpoint("tasks", rolehttp.HeadAsGet(), nil)(shown))
	mux.Handle("/head/any", g.Endpoint("tasks", rolehttp.HeadAsGet())(shown))
	mux.Handle("POST /pizza", g.Endpoint("order_pizza", rolehttp.As("execute"))(shown))
	mux.Handle("/broken", g.Endpoint("broken")(unreached(t)))
	mux.Handle("/nameless", g.Endpoint("")(unreached(t)))
	mux.Handle("/by-path/", g.EndpointFunc(rolehttp.PatternPath)(unreached(t)))
	mux.Handle("/missing", tasks(http.HandlerFunc(rolehttp.NotFound)))
	mux.Handle("/unwritable", tasks(http.HandlerFunc(rolehttp.Refuse)))
	mux.Handle("/no-handler", tasks(nil))
	mux.Handle("/panics", g.EndpointFunc(func(*http.Request) string { panic(marker) })(unreached(t)))
	return mux
}

func TestRequests(t *testing.T) {
	send := serve(t, newMux(t))
	audited := serve(t, newMux(t, rolehttp.WithAudit(func(context.Context, rolehttp.Event) { panic(marker) })))
	for _, c := range requests {
		t.Run(c.why, func(t *testing.T) {
			checkResponse(t, send(c.method, c.path, c.header...), c.method, c.status, c.challenge, c.shows)
			// With an audit it is another call of the policy, and the same answer.
			checkResponse(t, audited(c.method, c.path, c.header...), c.method, c.status, c.challenge, c.shows)
		})
	}
}

func checkResponse(t *testing.T, resp *http.Response, method string, status int, challenge, shows string) {
	t.Helper()
	have := body(t, resp)
	if resp.StatusCode != status || resp.Header.Get("WWW-Authenticate") != challenge {
		t.Errorf("have %d and %q, want %d and %q", resp.StatusCode, resp.Header.Get("WWW-Authenticate"), status, challenge)
	}
	if len(resp.Header.Values("WWW-Authenticate")) > 1 {
		t.Errorf("have challenges %q, want one", resp.Header.Values("WWW-Authenticate"))
	}
	if vary := resp.Header.Values("Vary"); len(vary) != 1 || vary[0] != "Authorization" {
		t.Errorf("have Vary %q, want Authorization", vary)
	}
	if status == 200 {
		if have != shows {
			t.Errorf("the handler saw %q, want %q", have, shows)
		}
		return
	}
	want := bodies[status]
	if method == http.MethodHead {
		want = ""
	}
	if have != want {
		t.Errorf("have the body %q, want %q", have, want)
	}
	for name, want := range map[string]string{"Content-Type": "application/problem+json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"} {
		if have := resp.Header.Get(name); have != want {
			t.Errorf("have %s %q, want %q", name, have, want)
		}
	}
	for name, values := range resp.Header {
		if text := strings.Join(values, " "); strings.Contains(text, marker) || strings.Contains(text, "user") {
			t.Errorf("%s says %q", name, text)
		}
	}
}

// TestVerifiers: what a verifier says, and how it fails.
func TestVerifiers(t *testing.T) {
	down := payload.KeyFunc(func(context.Context, payload.Algorithm, string, bool) (payload.Key, error) {
		return payload.Key{}, errors.New("dial " + marker)
	})
	remote, err := payload.NewVerifier[claims](down, payload.WithIssuer(issuer), payload.WithAudience(audience))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why       string
		verifier  fake
		status    int
		challenge string
	}{
		{"it accepts", asUser, 200, ""},
		{"it refuses", func(context.Context, string) (claims, error) {
			return claims{}, fmt.Errorf("introspected: %w", payload.ErrInvalid)
		}, 401, invalid},
		{"it refuses, with claims", func(ctx context.Context, token string) (claims, error) {
			c, _ := asUser(ctx, token)
			return c, payload.ErrInvalid
		}, 401, invalid},
		{"its keys are down", func(context.Context, string) (claims, error) { return remote.Verify(context.Background(), token(nil)) }, 503, ""},
		{"it cannot say", func(context.Context, string) (claims, error) { return claims{}, errors.New("dial " + marker) }, 503, ""},
		{"it panics", func(context.Context, string) (claims, error) { panic(marker) }, 500, ""},
		{"it panics with nil", func(context.Context, string) (claims, error) { panic(error(nil)) }, 500, ""},
	} {
		t.Run(c.why, func(t *testing.T) {
			g, err := rolehttp.New(c.verifier, service)
			if err != nil {
				t.Fatal(err)
			}
			next := shown
			if c.status != 200 {
				next = unreached(t).(http.HandlerFunc)
			}
			resp := serve(t, g.Endpoint("tasks")(next))("GET", "/", with("a1")...)
			checkResponse(t, resp, "GET", c.status, c.challenge, `account == "a1"`)
		})
	}
}

// wild is a policy that panics, or says things that do not fit together.
type wild struct{ decide func() roles.Decision }

func (p wild) Decide(claims, string, string) roles.Decision { return p.decide() }
func (p wild) Permission(claims, string, string) (roles.Permission, error) {
	d := p.decide()
	return roles.Permission{Rows: d.Specification}, d.Err
}

func TestPolicies(t *testing.T) {
	for _, c := range []struct {
		why    string
		decide func() roles.Decision
		status int
	}{
		{"it panics", func() roles.Decision { panic(marker) }, 500},
		{"it refuses with rows", func() roles.Decision {
			return roles.Decision{Specification: spec.All(), Err: errors.New("no"), Roles: []string{"user"}}
		}, 403},
	} {
		for name, opts := range map[string][]rolehttp.Option{
			"":               nil,
			" with an audit": {rolehttp.WithAudit(func(context.Context, rolehttp.Event) {})},
		} {
			t.Run(c.why+name, func(t *testing.T) {
				g, err := rolehttp.New(fake(asUser), wild{c.decide}, opts...)
				if err != nil {
					t.Fatal(err)
				}
				if have := answer(g.Endpoint("tasks")(unreached(t)), request("GET", "/", with("a1")...)); have.Code != c.status || have.Body.String() != bodies[c.status] {
					t.Errorf("have %d %q, want %d", have.Code, have.Body, c.status)
				}
			})
		}
	}
	// A decision without a role is none, even where it has no error.
	g, err := rolehttp.New(fake(asUser), wild{func() roles.Decision { return roles.Decision{Specification: spec.All()} }},
		rolehttp.WithAudit(func(context.Context, rolehttp.Event) {}))
	if err != nil {
		t.Fatal(err)
	}
	if have := answer(g.Endpoint("tasks")(unreached(t)), request("GET", "/", with("a1")...)); have.Code != 403 {
		t.Errorf("have %d, want 403 where no role decided", have.Code)
	}
}
