// Package rolegrpc puts roles in front of gRPC methods, for grpc-go and for connect-go:
// from the bearer token in the metadata to verified claims, to what the policy says, to
// the rows that a method may show.
//
//	guard, err := rolehttp.New(verifier, policy)
//	interceptor, err := rolegrpc.New(guard,
//		rolegrpc.Map(map[string]rolegrpc.Target{
//			"/tasks.v1.Tasks/List": {Endpoint: "tasks", Method: roles.Get},
//		}),
//		rolegrpc.Open("the load balancer has no token", "/grpc.health.v1.Health/Check"))
//
//	server := grpc.NewServer(
//		grpc.UnaryInterceptor(interceptor.Unary()),
//		grpc.StreamInterceptor(interceptor.Stream()))
//	tasks.RegisterTasksServer(server, service)
//	err = interceptor.Check(server) // an error where no role may call a method
//
// The token, the audits and the context are those of package rolehttp: a method reads
// rolehttp.Specification(ctx), and one that no interceptor stands before sees spec.None.
//
// # What is asked
//
// The endpoint is the full name of the method, as in "/tasks.v1.Tasks/List", and the
// method is EXECUTE; [Map] gives them other names.
//
// # What is answered
//
//	no token, a malformed one, one that is refused   Unauthenticated
//	not permitted                                    PermissionDenied
//	the verifier could not find out                  Unavailable
//	something panicked, or was not set up            Internal
//
// The text says no more than that. A stream is decided when it begins: that its token
// expires or the policy changes while it lasts is not looked at.
//
// Interceptors see what reaches a method. A method that the server does not have is
// Unimplemented, whoever asks.
package rolegrpc
