// Package rolehttp puts roles in front of HTTP handlers: from the bearer token to
// verified claims, to what the policy says, to the rows that a handler may show.
//
//	guard, err := rolehttp.New(verifier, policy) // a payload.Verifier and a roles.Service or policy.Live
//
//	var routes rolehttp.Routes
//	routes.HandleFunc("GET /tasks", "tasks", listTasks)
//	routes.OpenFunc("GET /healthz", healthy, "the load balancer has no token")
//	handler, err := routes.Handler(guard) // an error where no role may call a route
//
//	func listTasks(w http.ResponseWriter, r *http.Request) {
//		visible := rolehttp.Specification(r.Context())
//		...
//	}
//
// [Routes] are the way to serve nothing by mistake. [Guard.Endpoint] and
// [Guard.EndpointFunc] are middleware for any router that takes
// func(http.Handler) http.Handler, and [Guard.Admit] is what is left without HTTP.
//
// # What is answered
//
//	request                                       status  WWW-Authenticate
//	no token, or another scheme than Bearer       401     Bearer realm="api"
//	a malformed token, two headers, two places    400     ... error="invalid_request"
//	a token that the verifier refuses             401     ... error="invalid_token"
//	not permitted, or of no endpoint              403     ... error="insufficient_scope"
//	the verifier could not find out               503
//	something panicked, or was not set up         500
//
// The codes are those of RFC 6750, the body is problem+json (RFC 9457) with a status
// and its title, and never a reason: reasons are for [WithAudit]. That a token is
// genuine but has expired is the one thing that is said of it, in the description, so
// that clients know to refresh it. Refusals are not stored (Cache-Control: no-store),
// and every answer varies with the header that the token came from.
//
// A row that the specification hides is the handler's to refuse: with [NotFound], as
// if it were not there.
//
// # What is asked
//
// The policy is asked about the endpoint of the route and the method of the request.
// HEAD has to be granted, unless the route says [HeadAsGet]. OPTIONS has to be granted
// too: a middleware for CORS stands before the guard and answers preflights itself. A
// method that is not in upper case is forbidden: to HTTP "get" is not GET, to a policy
// it is. An endpoint that cannot be told is forbidden.
//
// A token is verified once for a request, however many guards of one kind it passes,
// and the policy is asked each time; a handler sees what the innermost guard decided.
//
// # When it is mounted in the wrong way
//
// A handler that no guard stands before sees spec.None and no claims. A guard around
// the mux, where no route is known yet, forbids everything. A guard that [New] did not
// make answers 500. Whatever panics before the handler, be it a rule, the verifier or a
// function of an option, is a refusal; a panic of the handler is left to the server.
package rolehttp
