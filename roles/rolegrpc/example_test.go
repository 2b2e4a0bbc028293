package rolegrpc_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"

	"connectrpc.com/connect"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolegrpc"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"google.golang.org/grpc"
	health "google.golang.org/grpc/health/grpc_health_v1"
)

func Example() {
	guard, err := rolehttp.New(verify{}, service)
	if err != nil {
		fmt.Println(err)
		return
	}
	interceptor, err := rolegrpc.New(guard,
		rolegrpc.Map(map[string]rolegrpc.Target{"/grpc.health.v1.Health/Watch": {Endpoint: "tasks", Method: roles.Get}}),
		rolegrpc.Open("the load balancer has no token", "/grpc.health.v1.Health/Check"))
	if err != nil {
		fmt.Println(err)
		return
	}
	server := grpc.NewServer(
		grpc.UnaryInterceptor(interceptor.Unary()),
		grpc.StreamInterceptor(interceptor.Stream()))
	health.RegisterHealthServer(server, &methods{})
	fmt.Println(interceptor.Check(server))
	// Output:
	// <nil>
}

// The same for connect-go. A client is told a code and no reason.
func ExampleInterceptor_Connect() {
	guard, err := rolehttp.New(verify{}, service)
	if err != nil {
		fmt.Println(err)
		return
	}
	interceptor, err := rolegrpc.New(guard)
	if err != nil {
		fmt.Println(err)
		return
	}
	method := func(ctx context.Context, _ *connect.Request[request]) (*connect.Response[response], error) {
		fmt.Println("the method sees", rolehttp.Specification(ctx))
		return connect.NewResponse(&response{}), nil
	}
	mux := http.NewServeMux()
	mux.Handle(check, connect.NewUnaryHandler(check, method, connect.WithInterceptors(interceptor.Connect())))
	server := httptest.NewServer(mux)
	defer server.Close()

	client := connect.NewClient[request, response](server.Client(), server.URL+check)
	for _, token := range []string{"user.a1", "guest.a1"} {
		r := connect.NewRequest(&request{})
		r.Header().Set("Authorization", "Bearer "+token)
		_, err := client.CallUnary(context.Background(), r)
		fmt.Println(err)
	}
	// Output:
	// the method sees account == "a1"
	// <nil>
	// permission_denied: the call is not permitted
}
