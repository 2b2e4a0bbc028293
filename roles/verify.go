package roles

import (
	"cmp"
	"errors"
	"reflect"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Verify returns the specification of the rows on which the caller may use the
// method of the endpoint. A nil error with [spec.None] means: allowed, on no
// row. Every error is a *[ForbiddenError] and comes with the zero Specification,
// so that ignoring it shows nothing.
//
// The time it takes grows with the number of the caller's roles, not with the
// size of the policy.
func (s *Service[P]) Verify(payload P, endpoint, method string) (spec.Specification, error) {
	names, reason := s.held(payload)
	return s.verify(names, reason, &payload, endpoint, method)
}

func (s *Service[P]) verify(names []string, reason string, payload *P, endpoint, method string) (spec.Specification, error) {
	if reason == "" && s.union {
		return s.verifyUnion(names, payload, endpoint, method)
	}
	if reason == "" {
		if e := s.first(names, endpoint, canonicalMethod(method)); e != nil {
			return apply(e, payload, endpoint, method)
		}
		reason = noRole
	}
	return spec.Specification{}, &ForbiddenError{Endpoint: endpoint, Method: method, Reason: reason}
}

const noRole = "no role of the caller permits it"

func (s *Service[P]) verifyUnion(names []string, payload *P, endpoint, method string) (spec.Specification, error) {
	granted := s.granted(names, endpoint, canonicalMethod(method))
	if len(granted) == 0 {
		return spec.Specification{}, &ForbiddenError{Endpoint: endpoint, Method: method, Reason: noRole}
	}
	seen := make([]spec.Specification, len(granted))
	for i, e := range granted {
		var err error
		if seen[i], err = apply(e, payload, endpoint, method); err != nil {
			return spec.Specification{}, err
		}
	}
	joined := spec.Or(seen...)
	if err := joined.Err(); err != nil { // deeper together than each alone
		return spec.Specification{}, &ForbiddenError{Endpoint: endpoint, Method: method, Reason: "what the roles show cannot be joined", err: err}
	}
	return joined, nil
}

// held returns the names of the caller's roles, or why there are none to ask.
func (s *Service[P]) held(payload P) (names []string, reason string) {
	switch {
	case s == nil:
		return nil, "there is no policy"
	case s.nilable && isNil(payload):
		return nil, "the payload is nil"
	}
	names, ok := roleNames(payload)
	if !ok {
		return nil, "the payload's RoleNames panicked"
	}
	return names, ""
}

// first returns the grant of the first role of the service that the caller holds
// and that permits; nil for none.
func (s *Service[P]) first(names []string, endpoint, method string) *entry[P] {
	var first *entry[P]
	for _, name := range names {
		if e := s.entry(name, endpoint, method); e != nil && e.evaluate != nil && (first == nil || e.order < first.order) {
			first = e
		}
	}
	return first
}

// granted returns the grants of all permitting roles, in the order of the
// service, each once.
func (s *Service[P]) granted(names []string, endpoint, method string) []*entry[P] {
	var granted []*entry[P]
	for _, name := range names {
		e := s.entry(name, endpoint, method)
		if e != nil && e.evaluate != nil && !slices.Contains(granted, e) {
			granted = append(granted, e)
		}
	}
	slices.SortFunc(granted, func(a, b *entry[P]) int { return cmp.Compare(a.order, b.order) })
	return granted
}

// entry returns what a role says of an endpoint and method; nil for nothing.
func (s *Service[P]) entry(role, endpoint, method string) *entry[P] {
	if endpoint == "" || method == "" || method == AnyMethod {
		return nil // no name, or one for grants only
	}
	if methods, ok := s.endpoints[endpoint]; ok {
		t, ok := methods[method]
		if !ok {
			t = methods[AnyMethod]
		}
		if e, ok := t[role]; ok {
			return e
		}
	}
	return s.all[role]
}

// apply evaluates the rule of an entry. A rule that panics is a denial, and so
// is one that returns something unusable.
func apply[P Payload](e *entry[P], payload *P, endpoint, method string) (_ spec.Specification, err error) {
	fail := func(reason string, cause error) (spec.Specification, error) {
		return spec.Specification{}, &ForbiddenError{Endpoint: endpoint, Method: method, Role: e.role, Reason: reason, err: cause}
	}
	defer func() {
		if recover() != nil { // its value may hold claims
			_, err = fail("it panicked", nil)
		}
	}()
	s, err := e.evaluate(payload)
	if err == nil {
		err = s.Err()
	}
	if err == nil && s.IsTemplate() {
		err = &spec.UnboundError{Name: s.Vars()[0]}
	}
	var unbound *spec.UnboundError
	switch {
	case errors.As(err, &unbound):
		return fail("claim "+unbound.Name+" is missing, empty or not bound", err)
	case err != nil:
		return fail("it returned a specification with an error", err)
	}
	return s, nil
}

func roleNames(payload Payload) (names []string, ok bool) {
	defer func() {
		if recover() != nil {
			names, ok = nil, false
		}
	}()
	return payload.RoleNames(), true
}

func isNil(v any) bool {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface, reflect.Func, reflect.Chan:
		return r.IsNil()
	}
	return false // the payload type is an interface, and there is a value in it
}
