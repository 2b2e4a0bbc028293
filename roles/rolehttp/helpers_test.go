package rolehttp_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// claims are what the tokens of the tests hold.
type claims struct {
	payload.Registered
	Account string `json:"account"`
}

// marker is in every claim and every row, so that nothing of them can show unseen.
const marker = "s3cr3t"

const (
	issuer   = "https://login.example"
	audience = "tasks"
)

var secret = []byte("a secret of the tests, long enough for HS256")

// token makes a token that is right but for what change does to its claims.
func token(change func(c map[string]any)) string {
	now := time.Now().Unix()
	c := map[string]any{
		"iss": issuer, "aud": audience, "typ": "access", "sub": "ann-" + marker, "exp": now + 600, "iat": now - 60,
		"roles": []string{"user"}, "account": "a1-" + marker,
	}
	if change != nil {
		change(c)
	}
	return signed(c, secret)
}

func signed(c map[string]any, secret []byte) string {
	body, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"HS256"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// bearing is the token of a caller with roles and an account.
func bearing(account string, roles ...string) string {
	return token(func(c map[string]any) { c["roles"], c["account"], c["sub"] = roles, account, "sub-"+account })
}

func newVerifier(t testing.TB) *payload.Verifier[claims] {
	t.Helper()
	key, err := payload.HMACKey(payload.HS256, secret)
	if err != nil {
		t.Fatal(err)
	}
	v, err := payload.NewVerifier[claims](payload.Keys{key}, payload.WithIssuer(issuer), payload.WithAudience(audience))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// service is the policy of most tests.
var service = roles.MustService[claims](
	roles.New("suspended", roles.DenyAll()),
	roles.New("admin", roles.AllowAll(roles.Everything), roles.Except("secrets", roles.AnyMethod)),
	roles.New("user",
		roles.AllowWhere("tasks", roles.Get, spec.Eq("account", spec.Var("account"))),
		roles.AllowWhere("tasks", roles.Put, spec.Eq("account", spec.Var("account")),
			roles.CheckWhere(spec.Eq("account", spec.Var("account")).And(spec.Eq("open", true))), roles.Columns("name")),
		roles.AllowWhere("order_pizza", roles.Execute, spec.All()),
		roles.AllowWhere("/tasks/{id}", roles.Get, spec.Eq("account", spec.Var("account"))),
		roles.AllowWhere("heads", roles.Head, spec.All()),
		roles.Allow("broken", roles.Get, func(claims) spec.Specification { panic(marker) })),
)

func newGuard(t testing.TB, opts ...rolehttp.Option) *rolehttp.Guard[claims] {
	t.Helper()
	g, err := rolehttp.New(newVerifier(t), service, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// shown is a handler that writes what it sees in its context.
var shown = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	_, _ = fmt.Fprint(w, rolehttp.Specification(r.Context()))
})

// unreached is a handler that must not be called.
func unreached(t testing.TB) http.Handler {
	return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the handler was reached") })
}

// serve starts a server, and returns a function that sends a request to it.
func serve(t testing.TB, h http.Handler) func(method, path string, header ...string) *http.Response {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	client := server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return func(method, path string, header ...string) *http.Response {
		t.Helper()
		r, err := http.NewRequestWithContext(context.Background(), method, server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		for pair := range slices.Chunk(header, 2) {
			r.Header[pair[0]] = append(r.Header[pair[0]], pair[1])
		}
		resp, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		return resp
	}
}

func body(t testing.TB, resp *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fake is a verifier that says what it is told to.
type fake func(ctx context.Context, token string) (claims, error)

func (f fake) Verify(ctx context.Context, token string) (claims, error) { return f(ctx, token) }

// asUser accepts every token, as the account of that name.
func asUser(_ context.Context, token string) (claims, error) {
	return claims{payload.Registered{Subject: "sub-" + token, Roles: []string{"user"}}, token}, nil
}

// request is one without a server.
func request(method, path string, header ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(""))
	for pair := range slices.Chunk(header, 2) {
		r.Header[pair[0]] = append(r.Header[pair[0]], pair[1])
	}
	return r
}

// answer is what a handler answers to a request.
func answer(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func registered(roles ...string) payload.Registered { return payload.Registered{Roles: roles} }
