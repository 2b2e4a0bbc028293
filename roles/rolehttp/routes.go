package rolehttp

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// Routes is everything that a service serves, each route with its endpoint or with the
// reason why it needs no token. The zero Routes is ready for use.
//
//	var routes rolehttp.Routes
//	routes.Handle("GET /tasks/{id}", "tasks", showTask)
//	routes.Open("GET /healthz", healthy, "the load balancer has no token")
//	handler, err := routes.Handler(guard)
//
// What is wrong with a route is reported by [Routes.Handler]. A Routes is filled by one
// goroutine; the handler made of it never changes.
type Routes struct {
	routes   []Route
	problems []error
}

// Route is one line of [Routes].
type Route struct {
	Pattern  string // of http.ServeMux
	Endpoint string // empty where it is open
	Method   string // that is asked about, where it is not that of the request; see [As]
	Open     string // the reason why it needs no token; empty where it needs one
	Where    string // file and line
	handler  http.Handler
	opts     []RouteOption
	headGet  bool
}

// Handle declares a route that a guard stands before. The pattern is one of
// [http.ServeMux].
func (rs *Routes) Handle(pattern, endpoint string, handler http.Handler, opts ...RouteOption) {
	a := askingFor(nil, opts)
	r := Route{Pattern: pattern, Endpoint: endpoint, Method: a.method, Where: a.where, handler: handler, opts: slices.Clone(opts), headGet: a.headGet}
	problem := ""
	if endpoint == "" {
		problem = "it has no endpoint; Open is for routes that need no token"
	}
	rs.add(r, problem)
}

// HandleFunc is [Routes.Handle] for a function.
func (rs *Routes) HandleFunc(pattern, endpoint string, handler func(http.ResponseWriter, *http.Request), opts ...RouteOption) {
	rs.Handle(pattern, endpoint, orNil(handler), opts...)
}

// Open declares a route that anybody may call, without a token, and says why. In its
// handler [Specification] is spec.None. Of the options only [At] is of meaning.
func (rs *Routes) Open(pattern string, handler http.Handler, reason string, opts ...RouteOption) {
	problem := ""
	if strings.TrimSpace(reason) == "" {
		problem = "there is no reason why it should be open"
	}
	rs.add(Route{Pattern: pattern, Open: reason, Where: askingFor(nil, opts).where, handler: handler}, problem)
}

// OpenFunc is [Routes.Open] for a function.
func (rs *Routes) OpenFunc(pattern string, handler func(http.ResponseWriter, *http.Request), reason string) {
	rs.Open(pattern, orNil(handler), reason)
}

// orNil keeps a function that is nil a handler that is nil.
func orNil(f func(http.ResponseWriter, *http.Request)) http.Handler {
	if f == nil {
		return nil
	}
	return http.HandlerFunc(f)
}

func (rs *Routes) add(r Route, problem string) {
	if r.Where == "" {
		r.Where = callerOutside()
	}
	if r.handler == nil {
		problem = "it has no handler"
	}
	if problem != "" {
		rs.problems = append(rs.problems, r.errorf("%s", problem))
	}
	rs.routes = append(rs.routes, r)
}

func (r Route) errorf(format string, args ...any) error {
	return fmt.Errorf("route %q at %s: %s", r.Pattern, r.Where, fmt.Sprintf(format, args...))
}

// All yields the routes in the order of declaration.
func (rs *Routes) All() iter.Seq[Route] { return slices.Values(slices.Clone(rs.routes)) }

// Endpoints returns the endpoints of the routes, each once, for [NewCounters].
func (rs *Routes) Endpoints() []string {
	var endpoints []string
	for _, r := range rs.routes {
		if r.Open == "" && !slices.Contains(endpoints, r.Endpoint) {
			endpoints = append(endpoints, r.Endpoint)
		}
	}
	return endpoints
}

// Guardian is a [Guard], whatever its claims are. Nothing else is one.
type Guardian interface {
	Endpoint(name string, opts ...RouteOption) func(http.Handler) http.Handler
	declares() (Declarer, error)
}

// declares returns what the policy of the guard declares.
func (g *Guard[C]) declares() (Declarer, error) {
	switch {
	case !g.usable():
		return nil, errors.New("the guard was not made by New")
	case g.declarer == nil:
		return nil, fmt.Errorf("the policy, a %T, does not say what it declares; see WithDeclarations", g.policy)
	}
	return g.declarer, nil
}

// callerOutside returns file:line of the code that called into this package.
func callerOutside() string {
	pcs := make([]uintptr, 8)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if !strings.Contains(f.Function, "rolespec/roles/rolehttp.") {
			return filepath.Base(f.File) + ":" + strconv.Itoa(f.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
