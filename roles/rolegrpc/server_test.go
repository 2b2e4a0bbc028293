package rolegrpc_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/roles/rolegrpc"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	health "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/grpc/test/bufconn"
)

// methods are a server that notes what it sees.
type methods struct {
	health.UnimplementedHealthServer
	seen
}

func (m *methods) Check(ctx context.Context, _ *health.HealthCheckRequest) (*health.HealthCheckResponse, error) {
	m.note(ctx)
	return &health.HealthCheckResponse{}, nil
}

func (m *methods) List(ctx context.Context, _ *health.HealthListRequest) (*health.HealthListResponse, error) {
	m.note(ctx)
	return &health.HealthListResponse{}, nil
}

func (m *methods) Watch(_ *health.HealthCheckRequest, s grpc.ServerStreamingServer[health.HealthCheckResponse]) error {
	m.note(s.Context())
	return s.Send(&health.HealthCheckResponse{})
}

// start starts a server in this process and returns a client.
func start(t testing.TB, m *methods, i *rolegrpc.Interceptor[claims]) health.HealthClient {
	t.Helper()
	server := grpc.NewServer(grpc.UnaryInterceptor(i.Unary()), grpc.StreamInterceptor(i.Stream()))
	health.RegisterHealthServer(server, m)
	listener := bufconn.Listen(1 << 16)
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	conn, err := grpc.NewClient("passthrough:///test",
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithContextDialer(func(ctx context.Context, _ string) (net.Conn, error) { return listener.DialContext(ctx) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = conn.Close()
		server.Stop()
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return health.NewHealthClient(conn)
}

// call calls a method and returns its error.
func call(client health.HealthClient, method string, header ...string) error {
	ctx := context.Background()
	for _, value := range header {
		ctx = metadata.AppendToOutgoingContext(ctx, "authorization", value)
	}
	switch method {
	case check:
		_, err := client.Check(ctx, &health.HealthCheckRequest{})
		return err
	case list:
		_, err := client.List(ctx, &health.HealthListRequest{})
		return err
	}
	s, err := client.Watch(ctx, &health.HealthCheckRequest{})
	for err == nil {
		_, err = s.Recv()
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func TestServer(t *testing.T) {
	m := &methods{}
	client := start(t, m, newInterceptor(t))
	for _, c := range calls {
		t.Run(c.why, func(t *testing.T) {
			err := call(client, c.method, c.header...)
			have := status.Convert(err)
			if code := strings.ToLower(strings.ReplaceAll(have.Code().String(), "D", "_D")); code != c.code {
				t.Errorf("have %v, want %s", err, c.code)
			}
			if rows := m.take(); rows != c.shows {
				t.Errorf("the method saw %q, want %q", rows, c.shows)
			}
			if strings.Contains(have.Message(), "s3cr3t") || strings.Contains(have.Message(), "role") || strings.Contains(have.Message(), "keys") {
				t.Errorf("the caller is told %q", have.Message())
			}
		})
	}
}

func TestServerOpen(t *testing.T) {
	m := &methods{}
	client := start(t, m, newInterceptor(t, rolegrpc.Open("the load balancer has no token", check)))
	for _, header := range [][]string{nil, {"Bearer admin.a1"}, {"Bearer x"}} {
		if err := call(client, check, header...); err != nil || m.take() != "!#" {
			t.Errorf("%q: have error %v, want the method called with no rows", header, err)
		}
	}
	if err := call(client, list); status.Code(err) != codes.Unauthenticated {
		t.Errorf("have error %v, want that only one method is open", err)
	}
}

// TestServerOfNothing: an interceptor that nobody made lets nothing through.
func TestServerOfNothing(t *testing.T) {
	for name, i := range map[string]*rolegrpc.Interceptor[claims]{"nil": nil, "zero": new(rolegrpc.Interceptor[claims])} {
		m := &methods{}
		client := start(t, m, i)
		for _, method := range []string{check, stream} {
			if err := call(client, method, "Bearer admin.a1"); status.Code(err) != codes.Internal || m.take() != "" {
				t.Errorf("%s: have error %v from %s, want Internal", name, err, method)
			}
		}
	}
}

// TestServerNoBleed: many callers at once, each of whom sees what is theirs.
func TestServerNoBleed(t *testing.T) {
	m := &methods{}
	client := start(t, m, newInterceptor(t))
	var wg sync.WaitGroup
	const callers, times = 8, 20
	for n := range callers {
		wg.Go(func() {
			for range times {
				for _, method := range []string{check, stream} {
					if err := call(client, method, fmt.Sprint("Bearer user.a", n)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	rows := m.take()
	for n := range callers {
		if have := strings.Count(rows, fmt.Sprintf(`account == "a%d"`, n)); have != 2*times {
			t.Errorf("the rows of a%d were seen %d times, want %d", n, have, 2*times)
		}
	}
}

// TestOpenWithin: an open method shows nothing, even behind another guard.
func TestOpenWithin(t *testing.T) {
	outer, err := newGuard(t).Admit(t.Context(), "admin.a1", "tasks", "GET")
	if err != nil {
		t.Fatal(err)
	}
	var s seen
	open := newInterceptor(t, rolegrpc.Open("x", check)).Unary()
	_, err = open(outer, nil, &grpc.UnaryServerInfo{FullMethod: check}, func(ctx context.Context, _ any) (any, error) {
		s.note(ctx)
		return nil, nil
	})
	if rows := s.take(); err != nil || rows != "!#" {
		t.Errorf("have %s and error %v, want no row", rows, err)
	}
}
