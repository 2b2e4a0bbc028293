package rolehttp

import (
	"errors"
	"net/http"
	"slices"
	"strings"
)

// RouteOption changes how the requests of a route are asked about.
type RouteOption func(*asking)

// asking is the endpoint and the method that a request is asked about.
type asking struct {
	endpoint func(*http.Request) string
	method   string // empty for that of the request
	headGet  bool
	where    string // of the route; empty for where it was declared
}

// As asks about a method whatever the request's is, for actions that are not HTTP:
//
//	routes.Handle("POST /orders/{id}/pizza", "order_pizza", handler, rolehttp.As(roles.Execute))
func As(method string) RouteOption { return func(a *asking) { a.method = method } }

// HeadAsGet lets whoever may GET also ask for the headers alone, with HEAD. Without it
// HEAD has to be granted like any other method, although http.ServeMux serves it from
// the handler of GET.
func HeadAsGet() RouteOption { return func(a *asking) { a.headGet = true } }

// At says where a route was declared, for code that declares routes for others; see
// [Route].
func At(where string) RouteOption { return func(a *asking) { a.where = where } }

func askingFor(endpoint func(*http.Request) string, opts []RouteOption) asking {
	a := asking{endpoint: endpoint}
	for _, opt := range opts {
		if opt != nil {
			opt(&a)
		}
	}
	return a
}

// Endpoint returns the middleware that lets a request through to the next handler if
// the caller may use the endpoint with the method of the request.
//
//	mux.Handle("GET /tasks/{id}", guard.Endpoint("tasks")(handler))
//
// The empty endpoint is nobody's. A handler that is nil answers 500.
func (g *Guard[C]) Endpoint(name string, opts ...RouteOption) func(http.Handler) http.Handler {
	return g.EndpointFunc(func(*http.Request) string { return name }, opts...)
}

// EndpointFunc is [Guard.Endpoint] with an endpoint that is read from the request, as
// [PatternPath] and [PatternNames] do. A request of no endpoint ("") is forbidden
// whoever asks, once its token is verified: without one it is a 401, so that strangers
// cannot tell what there is from what there is not.
func (g *Guard[C]) EndpointFunc(endpoint func(*http.Request) string, opts ...RouteOption) func(http.Handler) http.Handler {
	a := askingFor(endpoint, opts)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { g.serve(w, r, a, next) })
	}
}

// serve lets one request through, or not.
func (g *Guard[C]) serve(w http.ResponseWriter, r *http.Request, a asking, next http.Handler) {
	s := defaults()
	if g.usable() {
		s = g.settings
	}
	for _, from := range s.sources {
		vary(w.Header(), from.header)
	}
	ctx, err := g.admit(r.Context(), func() (question, *DeniedError) { return a.ask(s.sources, r) })
	var denial *DeniedError
	switch {
	case errors.As(err, &denial):
		s.refuse(w, r, denial)
	case next == nil:
		s.refuse(w, r, denied(Failed, "there is no handler"))
	default:
		next.ServeHTTP(w, r.WithContext(ctx))
	}
}

// ask returns what a request asks.
func (a asking) ask(sources []Source, r *http.Request) (q question, denial *DeniedError) {
	q.method = r.Method
	switch {
	case a.method != "":
		q.method = a.method
	case a.headGet && r.Method == http.MethodHead:
		q.method = http.MethodGet
	}
	if a.endpoint != nil {
		q.endpoint = a.endpoint(r)
	}
	// Methods differ by case in HTTP, but not in a policy: a handler that knows GET
	// would take "get" for something else than what was granted.
	if strings.ContainsFunc(r.Method, func(c rune) bool { return 'a' <= c && c <= 'z' }) {
		return q, denied(Forbidden, "the method is not in upper case")
	}
	q.token, denial = tokenOf(sources, r)
	return q, denial
}

// vary says that the answer depends on a header of the request.
func vary(h http.Header, name string) {
	if name != "" && !slices.Contains(h.Values("Vary"), name) {
		h.Add("Vary", name)
	}
}
