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
// size of the policy. Where a template decides, it allocates nothing.
func (s *Service[P]) Verify(payload P, endpoint, method string) (spec.Specification, error) {
	if rows, ok := s.route(endpoint, method).bind(&payload); ok {
		return rows, nil
	}
	return s.verify(payload, endpoint, method)
}

// verify evaluates the rules one by one.
func (s *Service[P]) verify(payload P, endpoint, method string) (spec.Specification, error) {
	names, reason := s.held(payload)
	p, err := s.permission(names, reason, request[P]{&payload, endpoint, method}, false)
	return p.Rows, err
}

// held returns the names of the caller's roles, or why there are none to ask.
func (s *Service[P]) held(payload P) (names []string, reason string) {
	switch {
	case s == nil:
		return nil, "there is no policy"
	case isNil(&payload, s.nilable):
		return nil, "the payload is nil"
	}
	names, ok := roleNames(&payload)
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
		if e := s.entry(name, endpoint, method); e != nil && e.rule != nil && (first == nil || e.order < first.order) {
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
		if e != nil && e.rule != nil && !slices.Contains(granted, e) {
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

// roleNames asks a payload for the names of its roles, not ok where that panics.
func roleNames[P Payload](payload *P) (names []string, ok bool) {
	defer func() {
		if !ok {
			recover()
			names = nil
		}
	}()
	return (*payload).RoleNames(), true
}

// nilability is how a payload type can be nil.
type nilability uint8

const (
	never     nilability = iota
	asPointer            // all there is to compare
	asOther
)

func nilabilityOf[P any]() nilability {
	switch reflect.TypeFor[P]().Kind() {
	case reflect.Pointer, reflect.Chan:
		return asPointer
	case reflect.Map, reflect.Slice, reflect.Interface, reflect.Func:
		return asOther
	}
	return never
}

// isNil reports whether there is no payload.
func isNil[P any](payload *P, can nilability) bool {
	switch can {
	case never:
		return false
	case asPointer:
		var none P
		return any(*payload) == any(none)
	}
	return isNilValue(*payload)
}

func isNilValue(v any) bool {
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Invalid:
		return true
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface, reflect.Func, reflect.Chan:
		return r.IsNil()
	}
	return false // the payload type is an interface, and there is a value in it
}
