package roles_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// user is the payload of most tests.
type user struct {
	Sub     string   `json:"sub"`
	Account string   `json:"account"`
	Regions []string `json:"regions"`
	Roles   []string `json:"roles"`
}

func (u user) RoleNames() []string { return u.Roles }

func holding(roles ...string) user { return user{Sub: "ann", Account: "a1", Roles: roles} }

// shows is a rule that can be told from others by its specification.
func shows(name string) func(user) spec.Specification {
	return func(user) spec.Specification { return spec.Eq("shown_by", name) }
}

func shownBy(names ...string) spec.Specification {
	terms := make([]spec.Specification, len(names))
	for i, name := range names {
		terms[i] = spec.Eq("shown_by", name)
	}
	return spec.Or(terms...)
}

func panics(user) spec.Specification { panic("a rule that panics") }

// row is what a specification is asked about. Every field is what a rule of the
// tests could let through by mistake.
type row struct {
	ShownBy   string
	AccountID *string
	CreatedBy *string
	Region    *string
	Count     int
}

func ptr[V any](v V) *V { return &v }

var rows = []row{
	{}, {ShownBy: "admin"}, {ShownBy: "user"}, {ShownBy: "x", AccountID: ptr("a1"), CreatedBy: ptr("ann"), Region: ptr("eu"), Count: 1},
	{AccountID: ptr(""), CreatedBy: ptr(""), Region: ptr("")}, {AccountID: ptr("a2"), CreatedBy: ptr("bob"), Region: ptr("us"), Count: 7},
}

func mustService[P roles.Payload](t *testing.T, parts ...roles.Part) *roles.Service[P] {
	t.Helper()
	s, err := roles.NewService[P](parts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask asks by Verify, by a Route and by Decide. None may panic, whatever a payload or a
// rule does.
func ask[P roles.Payload](t *testing.T, s *roles.Service[P], payload P, endpoint, method string) (spec.Specification, roles.Decision, error) {
	t.Helper()
	defer func() {
		t.Helper()
		if r := recover(); r != nil {
			t.Fatalf("%s %q: panicked: %v", method, endpoint, r)
		}
	}()
	visible, err := s.Verify(payload, endpoint, method)
	route := s.Route(endpoint, method)
	rows, routeErr := route.Verify(payload)
	if !rows.Equal(visible) || fmt.Sprint(routeErr) != fmt.Sprint(err) || route.Endpoint() != endpoint || route.Method() != method {
		t.Errorf("%s %q: have %v (%v), by a route %v (%v)", method, endpoint, visible, err, rows, routeErr)
	}
	permission, permissionErr := route.Permission(payload)
	same, sameErr := s.Permission(payload, endpoint, method)
	if !permission.Rows.Equal(same.Rows) || !permission.Check.Equal(same.Check) || fmt.Sprint(permissionErr) != fmt.Sprint(sameErr) {
		t.Errorf("%s %q: another permission by a route", method, endpoint)
	}
	return visible, s.Decide(payload, endpoint, method), err
}

// checkDenied asks s and fails unless it forbids, in every way there is: by the
// error and its type, and by a specification that shows nothing to whoever
// ignores the error. It returns the reason.
func checkDenied[P roles.Payload](t *testing.T, s *roles.Service[P], payload P, endpoint, method string) *roles.ForbiddenError {
	t.Helper()
	visible, d, err := ask(t, s, payload, endpoint, method)
	if rows, _ := spec.Filter(visible, rows); len(rows) > 0 || !visible.Equal(spec.Specification{}) {
		t.Errorf("%s %q: with the error ignored, %v shows %d rows", method, endpoint, visible, len(rows))
	}
	var why *roles.ForbiddenError
	if !errors.Is(err, roles.ErrForbidden) || !errors.As(err, &why) || why.Reason == "" {
		t.Fatalf("%s %q: have error %v, want it forbidden with a reason", method, endpoint, err)
	}
	if why.Endpoint != endpoint || why.Method != method {
		t.Errorf("the error is about %s %q, want %s %q", why.Method, why.Endpoint, method, endpoint)
	}
	if d.Allowed() || len(d.Roles) > 0 || !d.Specification.Equal(spec.Specification{}) || d.Err == nil || d.Err.Error() != err.Error() {
		t.Errorf("%s %q: Verify says %v, Decide %+v", method, endpoint, err, d)
	}
	for _, c := range d.Considered {
		if c.Outcome == roles.Decided {
			t.Errorf("%s %q: forbidden, and yet %s decided", method, endpoint, c.Role)
		}
	}
	return why
}

// checkAllowed asks s and fails unless these roles decide and the rows are those
// of want.
func checkAllowed[P roles.Payload](t *testing.T, s *roles.Service[P], payload P, endpoint, method string, want spec.Specification, deciding ...string) {
	t.Helper()
	visible, d, err := ask(t, s, payload, endpoint, method)
	if err != nil || !visible.Equal(want) {
		t.Errorf("%s %q: have %v and error %v, want %v", method, endpoint, visible, err, want)
	}
	if !d.Allowed() || d.Err != nil || !d.Specification.Equal(want) || !slices.Equal(d.Roles, deciding) {
		t.Errorf("%s %q: Decide says %v of %q (%v), want %v of %q", method, endpoint, d.Specification, d.Roles, d.Err, want, deciding)
	}
}
