package rolehttp

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/rolespec/rolespec/roles"
)

// Table returns who may call what, a line for each route and method, for people who
// review it:
//
//	GET     /tasks/{id}   tasks        admin, user
//	HEAD    /tasks/{id}   tasks        nobody
//	POST    /pizza        order_pizza  EXECUTE: user
//	GET     /healthz      open         the load balancer has no token
//
// The roles are those that the policy of the guard permits it, on whichever rows, in
// the order of the policy. A route for any method has a line for each that the policy
// names, and one for all others ("*") where it permits those too.
func (rs *Routes) Table(g Guardian) (string, error) {
	if isNil(g) {
		return "", fmt.Errorf("%w: the guard is nil", ErrConfig)
	}
	declared, err := g.declares()
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrConfig, err)
	}
	var text strings.Builder
	w := tabwriter.NewWriter(&text, 0, 0, 2, ' ', 0)
	for _, r := range rs.routes {
		r.print(w, declared, rs.servesHead(r))
	}
	_ = w.Flush() // into memory
	return text.String(), nil
}

// print writes the lines of a route.
func (r Route) print(w *tabwriter.Writer, declared Declarer, head bool) {
	method, path := splitPattern(r.Pattern)
	if method == "" {
		method = roles.AnyMethod
	}
	line := func(method, who string) {
		endpoint := r.Endpoint
		if r.Open != "" {
			endpoint = "open"
		}
		_, _ = fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", method, path, endpoint, who)
	}
	if r.Open != "" {
		line(method, strings.Join(strings.Fields(r.Open), " "))
		return
	}
	asked := r.asked(declared)
	for _, m := range asked {
		who := names(permitted(declared, r.Endpoint, m))
		switch {
		case r.Method != "":
			line(method, m+": "+who)
		case m != http.MethodHead || !r.headGet:
			line(m, who)
		}
	}
	if len(asked) == 0 {
		line(method, names(nil))
	}
	if head {
		line(http.MethodHead, names(permitted(declared, r.Endpoint, r.headMethod())))
	}
}

// servesHead reports whether HEAD is a line besides those of [Route.asked]: the mux
// serves it from the handler of GET, unless there is a route for it.
func (rs *Routes) servesHead(r Route) bool {
	method, path := splitPattern(r.Pattern)
	if method == "" {
		return r.headGet && r.Method == ""
	}
	return method == http.MethodGet && r.Method == "" && !slices.ContainsFunc(rs.routes, func(other Route) bool {
		m, p := splitPattern(other.Pattern)
		return m == http.MethodHead && p == path
	})
}

// headMethod is what the policy is asked about HEAD.
func (r Route) headMethod() string {
	if r.headGet {
		return http.MethodGet
	}
	return http.MethodHead
}

func names(of []string) string {
	if len(of) == 0 {
		return "nobody"
	}
	return strings.Join(of, ", ")
}
