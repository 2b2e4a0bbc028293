package sqlspec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// callers are the claims of these tests.
var callers = func() *spec.Schema {
	sc, err := spec.NewSchema(
		spec.Field{Name: "account", Kind: spec.KindInt}, spec.Field{Name: "sub", Kind: spec.KindString},
		spec.Field{Name: "groups", Kind: spec.KindString, List: true}, spec.Field{Name: "weight", Kind: spec.KindFloat},
		spec.Field{Name: "raw", Kind: spec.KindBytes},
	)
	if err != nil {
		panic(err)
	}
	return sc
}()

func policy(using spec.Specification) sqlspec.Policy {
	return sqlspec.Policy{Name: "own", Command: sqlspec.ForAll, To: []string{"app"}, Using: using}
}

// What the statements mean is for the engine to say; this shows what they look
// like.
func TestRowSecurityText(t *testing.T) {
	check := spec.Eq("done", false)
	have, err := tasks.RowSecurity(callers,
		policy(spec.Eq("account_id", spec.Var("account"))),
		sqlspec.Policy{Name: `it's "x"`, Restrictive: true, Command: sqlspec.ForUpdate, To: []string{sqlspec.Public, "Public"}, Using: spec.Eq("title", `\'?`), Check: &check},
		sqlspec.Policy{Name: "new", Command: sqlspec.ForInsert, To: []string{"app"}, Using: spec.Gt("account_id", -1)},
	)
	if err != nil {
		t.Fatal(err)
	}
	account := `(SELECT CASE WHEN jsonb_typeof(rolespec_v) = 'number' AND (rolespec_v #>> '{}') ~ '^-?[0-9]+$' THEN (rolespec_v #>> '{}')::int8 END` +
		` FROM (SELECT (NULLIF(current_setting('rolespec.claims', true), '')::jsonb -> 'account')) AS rolespec_c(rolespec_v))`
	want := `BEGIN;
SET LOCAL array_nulls = on;
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tasks" FORCE ROW LEVEL SECURITY;
DO 'DECLARE rolespec_p name; BEGIN
  FOR rolespec_p IN SELECT polname FROM pg_catalog.pg_policy WHERE polrelid = ''"tasks"''::regclass LOOP
    EXECUTE format(''DROP POLICY %I ON %s'', rolespec_p, ''"tasks"''::regclass);
  END LOOP;
END';
CREATE POLICY "own" ON "tasks" AS PERMISSIVE FOR ALL TO "app"
  USING (("tasks"."account_id" = ` + account + `));
CREATE POLICY "it's ""x""" ON "tasks" AS RESTRICTIVE FOR UPDATE TO PUBLIC, "Public"
  USING (("tasks"."title" = E'\\''?'::text))
  WITH CHECK (("tasks"."done" = 'false'::bool));
CREATE POLICY "new" ON "tasks" AS PERMISSIVE FOR INSERT TO "app"
  WITH CHECK (("tasks"."account_id" > '-1'::int8));
DO 'DECLARE rolespec_p record; BEGIN
  FOR rolespec_p IN SELECT polname, mark, md5(concat_ws(''|'', polqual::text, polwithcheck::text, polroles::text, polcmd::text, polpermissive::text)) AS stored FROM pg_catalog.pg_policy
    JOIN (VALUES (''own'', ''rolespec ffe7dce6b4005f91''), (''it''''s "x"'', ''rolespec 86ee690553bc9f83''), (''new'', ''rolespec 58cefffbb54b7e70'')) AS rolespec_m(name, mark) ON name = polname::text WHERE polrelid = ''"tasks"''::regclass LOOP
    EXECUTE format(''COMMENT ON POLICY %I ON %s IS %L'', rolespec_p.polname, ''"tasks"''::regclass, rolespec_p.mark || '' '' || rolespec_p.stored);
  END LOOP;
END';
COMMIT;
`
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("-want +have\n%s", diff)
	}
}

// With an error there are no statements, so that no half of a policy is run.
func TestRowSecurityRefuses(t *testing.T) {
	one, claimed := spec.Eq("account_id", 1), spec.Eq("account_id", spec.Var("account"))
	with := func(change func(*sqlspec.Policy)) []sqlspec.Policy {
		p := policy(one)
		change(&p)
		return []sqlspec.Policy{p}
	}
	using := func(s spec.Specification) []sqlspec.Policy { return []sqlspec.Policy{policy(s)} }
	v := func(name string) spec.Value { return spec.Of(spec.Var(name)) }
	within, err := spec.ValueOf([]any{"x", v("groups")})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name     string
		policies []sqlspec.Policy
		want     error
	}{
		{"the zero policy", []sqlspec.Policy{{}}, sqlspec.ErrPolicy},
		{"no name", with(func(p *sqlspec.Policy) { p.Name = "" }), sqlspec.ErrPolicy},
		{"a name too long", with(func(p *sqlspec.Policy) { p.Name = strings.Repeat("x", 64) }), sqlspec.ErrPolicy},
		{"no command", with(func(p *sqlspec.Policy) { p.Command = "" }), sqlspec.ErrPolicy},
		{"another command", with(func(p *sqlspec.Policy) { p.Command = "TRUNCATE" }), sqlspec.ErrPolicy},
		{"no role", with(func(p *sqlspec.Policy) { p.To = nil }), sqlspec.ErrPolicy},
		{"a role without a name", with(func(p *sqlspec.Policy) { p.To = []string{"app", ""} }), sqlspec.ErrPolicy},
		{"a role with a NUL", with(func(p *sqlspec.Policy) { p.To = []string{"a\x00"} }), sqlspec.ErrPolicy},
		{"a check of a select", with(func(p *sqlspec.Policy) { p.Command, p.Check = sqlspec.ForSelect, &one }), sqlspec.ErrPolicy},
		{"a check of a delete", with(func(p *sqlspec.Policy) { p.Command, p.Check = sqlspec.ForDelete, &one }), sqlspec.ErrPolicy},
		{"an insert that uses rows", with(func(p *sqlspec.Policy) { p.Command, p.Check = sqlspec.ForInsert, &one }), sqlspec.ErrPolicy},
		{"a name twice", []sqlspec.Policy{policy(one), policy(claimed)}, sqlspec.ErrPolicy},
		{"a second one that is wrong", []sqlspec.Policy{policy(one), {}}, sqlspec.ErrPolicy},
		{"a check that is wrong", with(func(p *sqlspec.Policy) { s := spec.Eq("nope", 1); p.Check = &s }), spec.ErrUnknownField},
		{"an unknown field", using(spec.Eq("nope", 1)), spec.ErrUnknownField},
		{"an unknown field and a claim", using(spec.Eq("nope", v("account"))), spec.ErrUnknownField},
		{"a field without a column", using(spec.Eq("secret", "x")), sqlspec.ErrUnmapped},
		{"a field without a column and a claim", using(spec.Eq("secret", v("sub"))), sqlspec.ErrUnmapped},
		{"a bad value", using(spec.Eq("title", "\xff")), spec.ErrValue},
		{"an unknown claim", using(spec.Eq("account_id", v("nope"))), spec.ErrUnbound},
		{"an unknown claim in a list", using(spec.In("account_id", spec.Of(1), v("nope"))), spec.ErrUnbound},
		{"a claim of another kind", using(spec.Eq("account_id", v("sub"))), spec.ErrType},
		{"a float for a decimal", using(spec.Eq("price", v("weight"))), sqlspec.ErrUnsupported},
		{"an integer for a float", using(spec.Eq("weight", v("account"))), sqlspec.ErrUnsupported},
		{"a pattern", using(spec.Matches("title", v("sub"))), sqlspec.ErrUnsupported},
		{"a text but for case", using(spec.EqualFold("title", v("sub"))), sqlspec.ErrUnsupported},
		{"part of a text but for case", using(spec.ContainsFold("title", v("sub"))), sqlspec.ErrUnsupported},
		{"a claim within a list", using(spec.NewLeaf("tags", spec.OpEq, within)), sqlspec.ErrUnsupported},
		{"a pattern that the engine has not", using(spec.Matches("title", `\b`)), sqlspec.ErrUnsupported},
	}
	for _, test := range tests {
		script, err := tasks.RowSecurity(callers, test.policies...)
		var failed *sqlspec.PolicyError
		if script != "" || !errors.Is(err, test.want) || !errors.As(err, &failed) {
			t.Errorf("%s: have %q, %v, want %v", test.name, script, err, test.want)
			continue
		}
		if last := test.policies[len(test.policies)-1]; failed.Policy != last.Name {
			t.Errorf("%s: the error names the policy %q, want %q", test.name, failed.Policy, last.Name)
		}
	}
	if script, err := tasks.RowSecurity(nil, policy(claimed)); script != "" || !errors.Is(err, spec.ErrUnbound) {
		t.Errorf("claims that are not declared: have %q, %v", script, err)
	}
	if script, err := (*sqlspec.Table)(nil).RowSecurity(nil); script != "" || !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("no table: have %q, %v", script, err)
	}
}
