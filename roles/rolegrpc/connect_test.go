package rolegrpc_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"connectrpc.com/connect"
	"github.com/rolespec/rolespec/roles/rolegrpc"
	health "google.golang.org/grpc/health/grpc_health_v1"
)

type (
	request  = health.HealthCheckRequest
	response = health.HealthCheckResponse
)

// connected starts a server of connect-go and returns a function that calls it.
func connected(t *testing.T, s *seen, i *rolegrpc.Interceptor[claims], opts ...connect.ClientOption) func(method string, header ...string) error {
	t.Helper()
	with := connect.WithInterceptors(i.Connect())
	unary := func(ctx context.Context, _ *connect.Request[request]) (*connect.Response[response], error) {
		s.note(ctx)
		return connect.NewResponse(&response{}), nil
	}
	mux := http.NewServeMux()
	mux.Handle(check, connect.NewUnaryHandler(check, unary, with))
	mux.Handle(list, connect.NewUnaryHandler(list, unary, with))
	mux.Handle(stream, connect.NewServerStreamHandler(stream, func(ctx context.Context, _ *connect.Request[request], out *connect.ServerStream[response]) error {
		s.note(ctx)
		return out.Send(&response{})
	}, with))
	server := httptest.NewUnstartedServer(mux)
	server.EnableHTTP2 = true
	server.StartTLS()
	t.Cleanup(server.Close)
	var none *rolegrpc.Interceptor[claims]
	opts = append(opts, connect.WithInterceptors(none.Connect())) // which does nothing in a client
	return func(method string, header ...string) error {
		client := connect.NewClient[request, response](server.Client(), server.URL+method, opts...)
		r := connect.NewRequest(&request{})
		for _, value := range header {
			r.Header().Add("Authorization", value)
		}
		if method != stream {
			_, err := client.CallUnary(context.Background(), r)
			return err
		}
		in, err := client.CallServerStream(context.Background(), r)
		if err != nil {
			return err
		}
		for in.Receive() {
		}
		_ = in.Close()
		return in.Err()
	}
}

func TestConnect(t *testing.T) {
	for protocol, opts := range map[string][]connect.ClientOption{
		"connect": nil, "grpc": {connect.WithGRPC()}, "grpc-web": {connect.WithGRPCWeb()},
	} {
		var s seen
		call := connected(t, &s, newInterceptor(t), opts...)
		for _, c := range calls {
			t.Run(protocol+", "+c.why, func(t *testing.T) {
				err := call(c.method, c.header...)
				code := "ok"
				if err != nil {
					code = connect.CodeOf(err).String()
				}
				if code != c.code {
					t.Errorf("have %v, want %s", err, c.code)
				}
				if rows := s.take(); rows != c.shows {
					t.Errorf("the method saw %q, want %q", rows, c.shows)
				}
				if err != nil && (strings.Contains(err.Error(), "s3cr3t") || strings.Contains(err.Error(), "role") || strings.Contains(err.Error(), "keys")) {
					t.Errorf("the caller is told %v", err)
				}
			})
		}
	}
}

func TestConnectOpen(t *testing.T) {
	var s seen
	call := connected(t, &s, newInterceptor(t, rolegrpc.Open("the load balancer has no token", check)))
	if err := call(check, "Bearer admin.a1"); err != nil || s.take() != "!#" {
		t.Errorf("have error %v, want the method called with no rows", err)
	}
	if err := call(list); connect.CodeOf(err) != connect.CodeUnauthenticated || s.take() != "" {
		t.Errorf("have error %v, want that only one method is open", err)
	}
}

func TestConnectOfNothing(t *testing.T) {
	var s seen
	for _, method := range []string{check, stream} {
		if err := connected(t, &s, nil)(method, "Bearer admin.a1"); connect.CodeOf(err) != connect.CodeInternal || s.take() != "" {
			t.Errorf("%s: have error %v, want internal", method, err)
		}
	}
}
