package rolehttp

import (
	"maps"
	"net/http"
	"strings"
)

// PatternPath returns the pattern of the route that an http.ServeMux matched, without
// its method: "/tasks/{id}" for "GET /tasks/{id}". It is "", and so nobody's endpoint,
// where no mux has matched yet: a guard that uses it stands within the mux, around the
// handler, and not around the mux.
//
//	guarded := guard.EndpointFunc(rolehttp.PatternPath)
//	mux.Handle("GET /tasks/{id}", guarded(handler))
func PatternPath(r *http.Request) string {
	_, path := splitPattern(r.Pattern)
	return path
}

// splitPattern returns the method of a pattern, "" where it is for any, and the rest.
func splitPattern(pattern string) (method, path string) {
	if i := strings.IndexAny(pattern, " \t"); i > 0 && !strings.Contains(pattern[:i], "/") {
		return pattern[:i], strings.TrimLeft(pattern[i:], " \t")
	}
	return "", pattern
}

// PatternNames is [PatternPath] for policies with names of their own: it maps the
// pattern of a route, as it was registered, to the name of the endpoint. A pattern
// that has none is nobody's endpoint.
func PatternNames(names map[string]string) func(*http.Request) string {
	names = maps.Clone(names)
	return func(r *http.Request) string { return names[r.Pattern] }
}
