package rolegrpc_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolegrpc"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
	health "google.golang.org/grpc/health/grpc_health_v1"
)

const (
	check  = health.Health_Check_FullMethodName
	list   = health.Health_List_FullMethodName
	stream = health.Health_Watch_FullMethodName
)

type claims struct {
	payload.Registered
	Account string `json:"account"`
}

// verify accepts tokens of the form role.account and fails in other ways as it is told.
type verify struct{}

func (verify) Verify(_ context.Context, token string) (claims, error) {
	role, account, ok := strings.Cut(token, ".")
	switch {
	case token == "down":
		return claims{}, errors.New("the server of the keys is down")
	case token == "panic":
		panic("s3cr3t")
	case !ok:
		return claims{}, payload.ErrInvalid
	}
	return claims{payload.Registered{Subject: account, Roles: []string{role}}, account}, nil
}

// service permits the unary method by its full name, the stream by another name, and
// one method to nobody but admins.
var service = roles.MustService[claims](
	roles.New("admin", roles.AllowAll(roles.Everything), roles.Except("nothing", roles.AnyMethod)),
	roles.New("user",
		roles.AllowWhere(check, roles.Execute, spec.Eq("account", spec.Var("account"))),
		roles.AllowWhere("tasks", roles.Get, spec.Eq("account", spec.Var("account")))),
)

func newGuard(t testing.TB, opts ...rolehttp.Option) *rolehttp.Guard[claims] {
	t.Helper()
	g, err := rolehttp.New(verify{}, service, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func newInterceptor(t testing.TB, opts ...rolegrpc.Option) *rolegrpc.Interceptor[claims] {
	t.Helper()
	i, err := rolegrpc.New(newGuard(t), append(opts, streamAsTasks)...)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

var streamAsTasks = rolegrpc.Map(map[string]rolegrpc.Target{stream: {Endpoint: "tasks", Method: roles.Get}})

// seen keeps what the methods saw, by the account of the caller.
type seen struct {
	mu   sync.Mutex
	rows []string
}

func (s *seen) note(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows = append(s.rows, rolehttp.Specification(ctx).String())
}

// take returns what was seen since the last time.
func (s *seen) take() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	rows := strings.Join(s.rows, ", ")
	s.rows = nil
	return rows
}

// calls are what clients of both kinds do.
var calls = []struct {
	why    string
	method string
	header []string // values of authorization
	code   string
	shows  string
}{
	{"permitted", check, []string{"Bearer user.a1"}, "ok", `account == "a1"`},
	{"the scheme in lower case", check, []string{"bearer user.a2"}, "ok", `account == "a2"`},
	{"an admin", check, []string{"Bearer admin.a1"}, "ok", "#"},
	{"a stream, by another name", stream, []string{"Bearer user.a1"}, "ok", `account == "a1"`},
	{"a stream, an admin", stream, []string{"Bearer admin.a1"}, "ok", "#"},
	{"no token", check, nil, "unauthenticated", ""},
	{"a stream, no token", stream, nil, "unauthenticated", ""},
	{"another scheme", check, []string{"Basic YTpi"}, "unauthenticated", ""},
	{"no scheme", check, []string{"user.a1"}, "unauthenticated", ""},
	{"a scheme alone", check, []string{"Bearer"}, "unauthenticated", ""},
	{"two tokens", check, []string{"Bearer user.a1", "Bearer admin.a1"}, "unauthenticated", ""},
	{"a stream, two tokens", stream, []string{"Bearer user.a1", "Bearer user.a1"}, "unauthenticated", ""},
	{"a bad token", check, []string{"Bearer x"}, "unauthenticated", ""},
	{"a stream, a bad token", stream, []string{"Bearer x"}, "unauthenticated", ""},
	{"no such role", check, []string{"Bearer guest.a1"}, "permission_denied", ""},
	{"a stream, no such role", stream, []string{"Bearer guest.a1"}, "permission_denied", ""},
	{"a claim that is missing", check, []string{"Bearer user."}, "permission_denied", ""},
	{"a method that is not granted", list, []string{"Bearer user.a1"}, "permission_denied", ""},
	{"a method of everything", list, []string{"Bearer admin.a1"}, "ok", "#"},
	{"the verifier is down", check, []string{"Bearer down"}, "unavailable", ""},
	{"the verifier panics", check, []string{"Bearer panic"}, "internal", ""},
	{"a stream, the verifier panics", stream, []string{"Bearer panic"}, "internal", ""},
}
