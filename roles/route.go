package roles

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Route is one method of an endpoint of a service, looked up once: for a program that
// knows when it starts what its handlers will ask. It never changes and may be used by
// any number of goroutines at once. The zero Route forbids everything.
type Route[P Payload] struct{ asked *asked[P] }

// asked is what a route was looked up for.
type asked[P Payload] struct {
	service          *Service[P]
	route            *route[P]
	endpoint, method string
}

// Route returns the route of a method of an endpoint. A method or an endpoint of which
// the service says nothing is no error, as [AllowAll] may grant it.
func (s *Service[P]) Route(endpoint, method string) Route[P] {
	return Route[P]{&asked[P]{s, s.route(endpoint, method), endpoint, method}}
}

// Endpoint returns the endpoint.
func (r Route[P]) Endpoint() string {
	if r.asked == nil {
		return ""
	}
	return r.asked.endpoint
}

// Method returns the method as it was given.
func (r Route[P]) Method() string {
	if r.asked == nil {
		return ""
	}
	return r.asked.method
}

// Verify is [Service.Verify] of the route.
func (r Route[P]) Verify(payload P) (spec.Specification, error) {
	if r.asked != nil {
		if rows, ok := r.asked.route.bind(&payload); ok {
			return rows, nil
		}
	}
	return r.service().verify(payload, r.Endpoint(), r.Method())
}

// Permission is [Service.Permission] of the route.
func (r Route[P]) Permission(payload P) (Permission, error) {
	return r.service().Permission(payload, r.Endpoint(), r.Method())
}

func (r Route[P]) service() *Service[P] {
	if r.asked == nil {
		return nil
	}
	return r.asked.service
}

// route is what can be said of a method of an endpoint before there is a caller.
type route[P Payload] struct {
	grants  names[*ready[P]]  // by role
	all     *names[*ready[P]] // of what grants say nothing of
	union   bool
	nilable nilability
}

// ready is an entry with all that stands over it in one template. Without a binder
// the rules have to be evaluated one by one.
type ready[P Payload] struct {
	order  int  // of the role in the service; below 0 for an Except
	claims bool // are asked for
	binder *spec.Binder[P]
}

// bind returns the rows of the one grant that decides, if that is a template and the
// caller has the claims. Else the long way has to be gone, if only for the reason.
func (r *route[P]) bind(payload *P) (rows spec.Specification, ok bool) {
	if r == nil {
		return spec.Specification{}, false
	}
	held, ok := roleNames(payload)
	if !ok {
		return spec.Specification{}, false
	}
	var decides *ready[P]
	for _, name := range held {
		e := r.grants.find(name)
		if e == nil {
			e = r.all.find(name)
		}
		switch {
		case e == nil || e.order < 0 || e == decides:
		case decides == nil:
			decides = e
		case r.union: // two
			return spec.Specification{}, false
		case e.order < decides.order:
			decides = e
		}
	}
	if decides == nil || decides.binder == nil {
		return spec.Specification{}, false
	}
	if !decides.claims && isNil(payload, r.nilable) { // else a claim of it is missing
		return spec.Specification{}, false
	}
	rows, err := decides.binder.Bind(payload)
	return rows, err == nil
}

// routes finds the routes of a service.
type routes[P Payload] struct {
	endpoints names[*endpointRoutes[P]]
	other     *route[P] // of an endpoint of which nothing is said
}

type endpointRoutes[P Payload] struct {
	methods names[*route[P]] // in upper case
	other   *route[P]        // of a method of which nothing is said
}

// route looks a route up; nil for what has no name.
func (s *Service[P]) route(endpoint, method string) *route[P] {
	if s == nil || endpoint == "" || method == "" || method == AnyMethod {
		return nil
	}
	e := s.routes.endpoints.find(endpoint)
	if e == nil {
		return s.routes.other
	}
	if r := e.methods.find(method); r != nil {
		return r
	}
	if canonical := canonicalMethod(method); canonical != method {
		return s.route(endpoint, canonical)
	}
	return e.other
}

// routing makes the routes of a service.
type routing[P Payload] struct {
	*Service[P]
	evaluators *evaluators[P]
	all        names[*ready[P]] // where nothing is said of the endpoint
	alone      names[*ready[P]] // the same without a binder
	budget     int              // of what may be made ready for all
}

// maxReadyForAll bounds what grants for everything cost where endpoints have
// restrictions of their own: as many times as there are such methods.
const maxReadyForAll = 10_000

func (s *Service[P]) prepareRoutes(es *evaluators[P]) {
	r := &routing[P]{Service: s, evaluators: es, budget: maxReadyForAll}
	alone := map[string]*ready[P]{}
	for name, e := range s.all {
		alone[name] = readyOf(e)
	}
	r.alone = namesOf(alone)
	r.all = r.readyAll("", AnyMethod)
	s.routes.other = r.route("", AnyMethod, nil)
	endpoints := map[string]*endpointRoutes[P]{}
	for _, name := range slices.Concat(keys(s.endpoints), keys(s.restrictions.endpoints), keys(s.denials.endpoints)) {
		if endpoints[name] == nil {
			endpoints[name] = r.endpoint(name)
		}
	}
	s.routes.endpoints = namesOf(endpoints)
}

func keys[V any](m map[string]V) []string {
	list := make([]string, 0, len(m))
	for key := range m {
		list = append(list, key)
	}
	return list
}

func (r *routing[P]) endpoint(name string) *endpointRoutes[P] {
	tables := r.endpoints[name]
	e := &endpointRoutes[P]{other: r.route(name, AnyMethod, tables[AnyMethod])}
	methods := slices.Concat(keys(tables), keys(r.restrictions.endpoints[name]), keys(r.denials.endpoints[name]))
	routes := map[string]*route[P]{}
	for _, method := range methods {
		if method == AnyMethod || routes[method] != nil {
			continue
		}
		t, ok := tables[method]
		if !ok {
			t = tables[AnyMethod]
		}
		routes[method] = r.route(name, method, t)
	}
	e.methods = namesOf(routes)
	return e
}

func (r *routing[P]) route(endpoint, method string, t table[P]) *route[P] {
	made := &route[P]{union: r.union, nilable: r.nilable, all: &r.all}
	grants := make(map[string]*ready[P], len(t))
	for name, e := range t {
		grants[name] = r.ready(e, endpoint, method)
	}
	made.grants = namesOf(grants)
	switch own := r.denials.endpoints[endpoint] != nil || r.restrictions.endpoints[endpoint] != nil; {
	case !own:
	case r.budget < len(r.Service.all):
		made.all = &r.alone
	default:
		r.budget -= len(r.Service.all)
		all := r.readyAll(endpoint, method)
		made.all = &all
	}
	return made
}

func (r *routing[P]) readyAll(endpoint, method string) names[*ready[P]] {
	all := make(map[string]*ready[P], len(r.Service.all))
	for name, e := range r.Service.all {
		all[name] = r.ready(e, endpoint, method)
	}
	return namesOf(all)
}

// ready puts an entry and what stands over it into one template. It has no binder
// where something is a function or depends on the roles of the caller, or where a
// claim that is asked for would no longer be.
func (r *routing[P]) ready(e *entry[P], endpoint, method string) *ready[P] {
	made := readyOf(e)
	if e.rule == nil || e.rule.binder == nil {
		return made
	}
	terms := []spec.Specification{e.rule.binder.Template().Open()}
	plain := true
	r.restrictions.each(endpoint, method, func(limits []*limit[P]) {
		for _, l := range limits {
			if l.rule.binder == nil {
				plain = false
				return
			}
			terms = append(terms, l.rule.binder.Template().Open())
		}
	})
	r.denials.each(endpoint, method, func(denials map[string]*limit[P]) { plain = plain && len(denials) == 0 })
	if !plain {
		return made
	}
	var asked []string
	for _, t := range terms {
		asked = append(asked, t.Vars()...)
	}
	slices.Sort(asked)
	joined := spec.And(terms...)
	if !slices.Equal(slices.Compact(asked), joined.Vars()) {
		return made
	}
	if together, err := r.evaluators.template(joined); err == nil {
		made.binder, made.claims = together.binder, len(asked) > 0
	}
	return made
}

func readyOf[P Payload](e *entry[P]) *ready[P] {
	if e.rule == nil {
		return &ready[P]{order: -1}
	}
	return &ready[P]{order: e.order}
}
