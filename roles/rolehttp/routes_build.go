package rolehttp

import (
	"errors"
	"fmt"
	"net/http"
)

// Handler returns the handler of all routes, which serves nothing else: a path that no
// route has is a 404, a method that it has not is a 405 (of the mux, before any token
// is looked at). Routes that are declared later are not in it.
//
// The error wraps [ErrConfig] and names everything that is wrong, with its place: a
// route without a handler, an endpoint or a reason, a pattern that is none or conflicts
// with another, and a route that the policy permits to no role, which is as a rule a
// name that is written in two ways. A policy that changes later is not looked at again;
// a route that it no longer permits is forbidden.
func (rs *Routes) Handler(g Guardian) (http.Handler, error) {
	problems := append([]error{}, rs.problems...)
	var declared Declarer
	if isNil(g) {
		problems = append(problems, errors.New("the guard is nil"))
	} else {
		var err error
		if declared, err = g.declares(); err != nil {
			problems = append(problems, err)
		}
	}
	if len(rs.routes) == 0 {
		problems = append(problems, errors.New("there are no routes"))
	}
	mux := http.NewServeMux()
	for i, r := range rs.routes {
		if r.handler == nil {
			continue // it was reported
		}
		if err := register(mux, r.Pattern, rs.guarded(g, r)); err != nil {
			problems = append(problems, rs.explain(i, err))
		} else if r.Open == "" && r.Endpoint != "" && declared != nil {
			problems = append(problems, r.check(declared))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrConfig, err)
	}
	return mux, nil
}

// guarded returns the handler of a route behind its guard.
func (rs *Routes) guarded(g Guardian, r Route) http.Handler {
	if r.Open != "" {
		return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			r.handler.ServeHTTP(w, req.WithContext(Without(req.Context())))
		})
	}
	if isNil(g) {
		return http.NotFoundHandler() // never served: it was reported
	}
	return g.Endpoint(r.Endpoint, r.opts...)(r.handler)
}

// register is the Handle of a mux with an error instead of a panic.
func register(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}

// explain says why the mux does not take a route. Where another route is the reason,
// the mux would name a line of this package for both.
func (rs *Routes) explain(i int, err error) error {
	r := rs.routes[i]
	for _, earlier := range rs.routes[:i] {
		mux := http.NewServeMux()
		if register(mux, earlier.Pattern, http.NotFoundHandler()) != nil {
			continue
		}
		alone := register(http.NewServeMux(), r.Pattern, http.NotFoundHandler())
		if alone == nil && register(mux, r.Pattern, http.NotFoundHandler()) != nil {
			return r.errorf("it conflicts with %q at %s: they match the same requests, and neither is more specific", earlier.Pattern, earlier.Where)
		}
	}
	return r.errorf("%v", err)
}
