package policy_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/roles"
)

// sameAnswers asks both services in every way there is.
func sameAnswers[P roles.Payload](t *testing.T, have, want *roles.Service[P], caller P, endpoint, method string) {
	t.Helper()
	hp, herr := have.Permission(caller, endpoint, method)
	wp, werr := want.Permission(caller, endpoint, method)
	hs, hserr := have.Verify(caller, endpoint, method) // which needs no check
	ws, wserr := want.Verify(caller, endpoint, method)
	hd, wd := have.Decide(caller, endpoint, method), want.Decide(caller, endpoint, method)
	ok := text(herr) == text(werr) && text(hserr) == text(wserr) && text(hd.Err) == text(wd.Err) &&
		hp.Rows.Equal(wp.Rows) && hp.Check.Equal(wp.Check) && hs.Equal(ws) && hd.Specification.Equal(wd.Specification) && hd.Check.Equal(wd.Check) &&
		sameFields(hp.Columns, wp.Columns) && sameFields(hd.Columns, wd.Columns) &&
		slices.Equal(hd.Roles, wd.Roles) && len(hd.Restrictions) == len(wd.Restrictions) && len(hd.Considered) == len(wd.Considered)
	for i := range min(len(hd.Considered), len(wd.Considered)) {
		ok = ok && hd.Considered[i].Role == wd.Considered[i].Role && hd.Considered[i].Outcome == wd.Considered[i].Outcome
	}
	if !ok {
		t.Fatalf("%s %q of %v: have %v (%v), %v (%v)\n%+v\nwant %v (%v), %v (%v)\n%+v", method, endpoint, caller, hp, herr, hs, hserr, hd, wp, werr, ws, wserr, wd)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func sameFields(a, b roles.FieldSet) bool {
	return a.All() == b.All() && slices.Equal(a.Names(), b.Names())
}

// sameDeclarations compares what both services were made of, but for the places.
func sameDeclarations[P roles.Payload](t testing.TB, have, want *roles.Service[P]) {
	t.Helper()
	described := func(s *roles.Service[P]) (lines []string) {
		for d := range s.Declarations() {
			rule, check := "function", "none"
			if d.Rule != nil {
				rule = d.Rule.String()
			}
			if d.Check != nil {
				check = d.Check.String()
			}
			lines = append(lines, fmt.Sprintf("%q %s %q %q %s check %s columns %v %q", d.Role, d.Effect, d.Endpoint, d.Method, rule, check, d.Columns.All(), d.Columns.Names()))
		}
		return append(lines, fmt.Sprintf("%q union %v", s.Roles(), s.IsUnion()))
	}
	if diff := cmp.Diff(described(want), described(have)); diff != "" {
		t.Fatalf("(-want +have)\n%s", diff)
	}
}
