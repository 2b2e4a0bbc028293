package rolegrpc_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles/rolegrpc"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"google.golang.org/grpc"
	health "google.golang.org/grpc/health/grpc_health_v1"
)

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		why  string
		opt  rolegrpc.Option
		says string
	}{
		{"a nil option", nil, "option 0 is nil"},
		{"no endpoint", rolegrpc.Map(map[string]rolegrpc.Target{check: {}}), "has no endpoint"},
		{"no full name", rolegrpc.Map(map[string]rolegrpc.Target{"Check": {Endpoint: "x"}}), `Map: "Check" is not the full name`},
		{"no slash", rolegrpc.Open("x", "a/b"), `Open: "a/b" is not the full name`},
		{"a service", rolegrpc.Open("x", "/grpc.health.v1.Health/"), "is not the full name"},
		{"every method", rolegrpc.Open("x", "/grpc.health.v1.Health/*"), "is not the full name"},
		{"no reason", rolegrpc.Open(" ", check), "there is no reason"},
		{"no method", rolegrpc.Open("x"), "there is no method"},
		{"open and not", rolegrpc.Open("x", stream), "is open, and has an endpoint"},
		{"twice", streamAsTasks, "is there twice"},
	} {
		t.Run(c.why, func(t *testing.T) {
			i, err := rolegrpc.New(newGuard(t), c.opt, streamAsTasks)
			if i != nil || !errors.Is(err, rolehttp.ErrConfig) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("have error %v, want one that says %q", err, c.says)
			}
		})
	}
	if _, err := rolegrpc.New[claims](nil); !errors.Is(err, rolehttp.ErrConfig) {
		t.Errorf("have error %v, want that there is no guard", err)
	}
}

func TestCheck(t *testing.T) {
	server := grpc.NewServer()
	health.RegisterHealthServer(server, &methods{})
	nobody := func(method string) rolegrpc.Option {
		return rolegrpc.Map(map[string]rolegrpc.Target{method: {Endpoint: "nothing"}})
	}
	for _, c := range []struct {
		why  string
		opts []rolegrpc.Option
		says []string // nothing where it is right
	}{
		{"permitted", nil, nil},
		{"open", []rolegrpc.Option{rolegrpc.Open("x", check, list)}, nil},
		{"nobody", []rolegrpc.Option{nobody(list)}, []string{list, "grpc/health/v1/health.proto", `no role permits EXECUTE "nothing"`, `except * for role "admin"`}},
		{"misspelt", []rolegrpc.Option{nobody("/a.B/C"), rolegrpc.Open("x", "/a.B/D")}, []string{"/a.B/C, which the server does not have", "/a.B/D, which"}},
	} {
		t.Run(c.why, func(t *testing.T) {
			err := newInterceptor(t, c.opts...).Check(server)
			if (err == nil) != (c.says == nil) || err != nil && !errors.Is(err, rolehttp.ErrConfig) {
				t.Errorf("have error %v, want %q", err, c.says)
			}
			for _, part := range c.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("have error %v, want one that says %q", err, part)
				}
			}
		})
	}
	var none *rolegrpc.Interceptor[claims]
	for _, err := range []error{none.Check(server), newInterceptor(t).Check(nil), new(rolegrpc.Interceptor[claims]).Check(server)} {
		if !errors.Is(err, rolehttp.ErrConfig) {
			t.Errorf("have error %v, want ErrConfig", err)
		}
	}
}

// TestRoutes: who may call what.
func TestRoutes(t *testing.T) {
	server := grpc.NewServer()
	health.RegisterHealthServer(server, &methods{})
	have, err := newInterceptor(t, rolegrpc.Open("anybody may ask", list)).Routes(server).Table(newGuard(t))
	want := strings.Join([]string{
		"POST  /grpc.health.v1.Health/Check  /grpc.health.v1.Health/Check  EXECUTE: admin, user",
		"POST  /grpc.health.v1.Health/List   open                          anybody may ask",
		"POST  /grpc.health.v1.Health/Watch  tasks                         GET: admin, user",
		"",
	}, "\n")
	if err != nil || have != want {
		t.Errorf("have\n%s%v, want\n%s", have, err, want)
	}
}
