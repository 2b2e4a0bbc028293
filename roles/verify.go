package roles

import (
	"cmp"
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
	p, err := s.permission(names, reason, request[P]{&payload, endpoint, method}, false)
	return p.Rows, err
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

// granted appends the grants of all permitting roles, in the order of the
// service, each once.
func (s *Service[P]) granted(granted []*entry[P], names []string, endpoint, method string) []*entry[P] {
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
