package rowsecurity_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Rows are written as the check says, which may differ from what is shown.
func TestWrites(t *testing.T) {
	own := spec.Eq("account", spec.Var("account"))
	sound := spec.And(own, spec.Ne("name", ""))
	db := open(t)
	role := db.role(t, "caller")
	exec(t, db, makeThings)
	script := must(things.RowSecurity(callerSchema,
		sqlspec.Policy{Name: "own", Command: sqlspec.ForAll, To: []string{role}, Using: own, Check: &sound},
		sqlspec.Policy{Name: "not done", Restrictive: true, Command: sqlspec.ForInsert, To: []string{sqlspec.Public}, Using: spec.Eq("done", false)},
	))
	db.protect(t, script, things, role)
	for _, test := range []struct {
		claims    string
		statement string
		refused   bool
		reason    string
	}{
		{`{"account": 7}`, "INSERT INTO things (account, name, done) VALUES (7, 'x', false)", false, "as the check says"},
		{`{"account": 7}`, "INSERT INTO things (account, name, done) VALUES (7, 'x', true)", true, "the restriction has no check, so its rule is for both"},
		{`{"account": 7}`, "INSERT INTO things (account, name, done) VALUES (7, '', false)", true, "not as the check says"},
		{`{"account": 7}`, "INSERT INTO things (account, name, done) VALUES (7, NULL, false)", true, "the check is unknown"},
		{`{"account": 7}`, "INSERT INTO things (account, name, done) VALUES (8, 'x', false)", true, "of another account"},
		{`{}`, "INSERT INTO things (account, name, done) VALUES (7, 'x', false)", true, "the claim is missing"},
		{`{}`, "INSERT INTO things (account, name, done) VALUES (NULL, 'x', false)", true, "what is missing equals nothing"},
		{`{"account": 7}`, "UPDATE things SET done = true", false, "it stays as the check says"},
		{`{"account": 7}`, "UPDATE things SET account = 8", true, "it would go to another account"},
		{`{"account": 7}`, "UPDATE things SET name = ''", true, "it would not be as the check says"},
		{`{"account": 9}`, "UPDATE things SET account = 8", false, "there is no row to change"},
	} {
		tx, undo := db.as(t, role, test.claims)
		_, err := tx.Exec(test.statement)
		if have := refused(t, err); have != test.refused {
			t.Errorf("%s for %s (%s): refused: have %v, want %v", test.statement, test.claims, test.reason, have, test.refused)
		}
		undo()
	}
}
