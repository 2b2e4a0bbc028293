package rowsecurity_test

import (
	"errors"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// What the database has is held against what is declared, whoever changed which.
func TestDiff(t *testing.T) {
	db := open(t)
	role := db.role(t, "reader")
	exec(t, db, makeThings)
	own := sqlspec.Policy{Name: "own 'account'", Command: sqlspec.ForAll, To: []string{role}, Using: spec.Eq("account", spec.Var("account"))}
	open := sqlspec.Policy{Name: "not done", Restrictive: true, Command: sqlspec.ForSelect, To: []string{sqlspec.Public}, Using: spec.Eq("done", false)}
	wider := own
	wider.Using = own.Using.Or(spec.Eq("done", true))
	declared := []sqlspec.Policy{own, open}
	script := must(things.RowSecurity(callerSchema, declared...))
	diff := func(policies ...sqlspec.Policy) sqlspec.RowSecurityDiff {
		t.Helper()
		d, err := things.RowSecurityDiff(t.Context(), db, callerSchema, policies...)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	if have, want := diff(declared...).String(), "row security is not enabled\nrow security is not forced on the owner\npolicy \"own 'account'\" is missing\npolicy \"not done\" is missing\n"; have != want {
		t.Errorf("before: have %q, want %q", have, want)
	}
	for range 2 { // again, it changes nothing
		exec(t, db, script)
		if d := diff(declared...); !d.IsEmpty() || d.String() != "" {
			t.Errorf("after the script: have %v", d)
		}
	}
	for _, test := range []struct {
		statement string
		policies  []sqlspec.Policy
		want      string
	}{
		{"SELECT 1", []sqlspec.Policy{wider, open}, "policy \"own 'account'\" is changed\n"},
		{"SELECT 1", []sqlspec.Policy{own}, "policy \"not done\" is unknown\n"},
		{"SELECT 1", nil, "policy \"not done\" is unknown\npolicy \"own 'account'\" is unknown\n"},
		{"DROP POLICY \"not done\" ON things", declared, "policy \"not done\" is missing\n"},
		{"ALTER POLICY \"not done\" ON things USING (true)", declared, "policy \"not done\" is changed\n"},
		{"ALTER POLICY \"not done\" ON things TO \"" + role + "\"", declared, "policy \"not done\" is changed\n"},
		{"COMMENT ON POLICY \"not done\" ON things IS NULL", declared, "policy \"not done\" is changed\n"},
		{"CREATE POLICY \"by hand\" ON things USING (true)", declared, "policy \"by hand\" is unknown\n"},
		{"ALTER TABLE things DISABLE ROW LEVEL SECURITY", declared, "row security is not enabled\n"},
		{"ALTER TABLE things NO FORCE ROW LEVEL SECURITY", declared, "row security is not forced on the owner\n"},
	} {
		exec(t, db, test.statement)
		if have := diff(test.policies...).String(); have != test.want {
			t.Errorf("%s: have %q, want %q", test.statement, have, test.want)
		}
		exec(t, db, script)
	}
	if d := diff(declared...); !d.IsEmpty() {
		t.Errorf("at the end: have %v", d)
	}
	exec(t, db, "DROP TABLE things")
	if d, err := things.RowSecurityDiff(t.Context(), db, callerSchema, declared...); !errors.Is(err, sqlspec.ErrTable) || !d.IsEmpty() {
		t.Errorf("without the table: have %v, %v", d, err)
	}
	if _, err := things.RowSecurityDiff(t.Context(), db, nil, own); !errors.As(err, new(*sqlspec.PolicyError)) {
		t.Errorf("a policy that cannot be: have %v", err)
	}
}
