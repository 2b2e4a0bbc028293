package roles_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// limitedParts is a policy with every kind of limit. The first role sees all.
func limitedParts() []roles.Part {
	return []roles.Part{
		roles.New("root", roles.AllowAll(roles.Everything)),
		roles.New("editor",
			roles.AllowWhere("posts", roles.Put, spec.Eq("author", spec.Var("sub")),
				roles.CheckWhere(spec.Eq("state", "draft")), roles.Columns("title", "body")),
			roles.Allow("posts", roles.Get, func(c claims) spec.Specification { return spec.Eq("account", c.Account) })),
		roles.New("reader", roles.AllowAllWhere(spec.Eq("public", true), roles.Columns("title"))),
		roles.New("suspended", roles.DenyAll()),
		roles.New("outsider",
			roles.Deny("posts", roles.Delete),
			roles.DenyWhere("posts", roles.AnyMethod, spec.Eq("internal", true)),
			roles.DenyRows("posts", roles.Get, func(c claims) spec.Specification { return spec.Eq("author", c.Subject) })),
		roles.RestrictWhere("posts", roles.AnyMethod, spec.IsNull("deleted_at")),
		roles.RestrictAllWhere(spec.Eq("tenant", spec.Var("tenant_id"))),
		roles.Restrict("posts", roles.Put, func(c claims) spec.Specification { return spec.Lt("level", c.Level) }),
	}
}

func held(names ...string) claims {
	return claims{registered: registered{Subject: "ann", RoleList: names}, Account: "a1", Tenant: "t1", Level: 3}
}

// Rows = what the deciding role shows, and every restriction, and nothing that a
// role of the caller denies.
func TestLimits(t *testing.T) {
	s := roles.MustService[claims](limitedParts()...)
	alive, mine, low := spec.IsNull("deleted_at"), spec.Eq("tenant", "t1"), spec.Lt("level", 3)
	hidden := spec.Eq("internal", true).Not()
	for _, test := range []struct {
		roles            []string
		endpoint, method string
		rows, check      spec.Specification
		columns          []string
	}{
		{[]string{"root"}, "posts", "GET", spec.And(alive, mine), spec.And(alive, mine), nil},
		{[]string{"root"}, "other", "GET", mine, mine, nil},
		{[]string{"root"}, "posts", "PUT", spec.And(low, alive, mine), spec.And(low, alive, mine), nil},
		{[]string{"editor"}, "posts", "PUT", spec.And(spec.Eq("author", "ann"), low, alive, mine), spec.And(spec.Eq("state", "draft"), low, alive, mine), []string{"body", "title"}},
		{[]string{"editor"}, "posts", "get", spec.And(spec.Eq("account", "a1"), alive, mine), spec.And(spec.Eq("account", "a1"), alive, mine), nil},
		{[]string{"reader"}, "posts", "DELETE", spec.And(spec.Eq("public", true), alive, mine), spec.And(spec.Eq("public", true), alive, mine), []string{"title"}},
		{[]string{"outsider", "reader"}, "posts", "PATCH", spec.And(spec.Eq("public", true), alive, mine, hidden), spec.And(spec.Eq("public", true), alive, mine, hidden), []string{"title"}},
		{[]string{"root", "outsider", "outsider"}, "posts", "GET", spec.And(alive, mine, spec.Eq("author", "ann").Not(), hidden), spec.And(alive, mine, spec.Eq("author", "ann").Not(), hidden), nil},
		{[]string{"root", "outsider"}, "other", "GET", mine, mine, nil},
	} {
		p, err := s.Permission(held(test.roles...), test.endpoint, test.method)
		if err != nil || !p.Rows.Equal(test.rows) || !p.Check.Equal(test.check) || !slices.Equal(p.Columns.Names(), test.columns) || p.Columns.All() != (test.columns == nil) {
			t.Errorf("%v %s %s\nhave %v, %v, %v, error %v\nwant %v, %v, %v", test.roles, test.method, test.endpoint, p.Rows, p.Check, p.Columns, err, test.rows, test.check, test.columns)
		}
		rows, err := s.Verify(held(test.roles...), test.endpoint, test.method)
		if err != nil || !rows.Equal(test.rows) {
			t.Errorf("Verify: have %v, error %v", rows, err)
		}
		d := s.Decide(held(test.roles...), test.endpoint, test.method)
		if d.Err != nil || !d.Specification.Equal(test.rows) || !d.Check.Equal(test.check) || !slices.Equal(d.Columns.Names(), test.columns) || len(d.Restrictions) == 0 {
			t.Errorf("Decide: have %+v", d)
		}
	}
}

// What is denied outright is forbidden, and no restriction grants anything.
func TestLimitsForbid(t *testing.T) {
	s := roles.MustService[claims](limitedParts()...)
	noTenant := held("root")
	noTenant.Tenant = ""
	for name, test := range map[string]struct {
		payload          claims
		endpoint, method string
		reason           string
	}{
		"suspended":           {held("root", "suspended"), "other", "GET", "a role of the caller denies it"},
		"suspended, unknown":  {held("root", "suspended"), "posts", "GET", "a role of the caller denies it"},
		"denied":              {held("root", "outsider"), "posts", "delete", "a role of the caller denies it"},
		"nobody":              {held(), "posts", "GET", "no role of the caller permits it"},
		"denial alone":        {held("outsider"), "posts", "GET", "no role of the caller permits it"},
		"restriction's claim": {noTenant, "other", "GET", "a restriction failed: claim tenant_id is missing, empty or not bound"},
	} {
		p, err := s.Permission(test.payload, test.endpoint, test.method)
		var forbidden *roles.ForbiddenError
		if !errors.As(err, &forbidden) || forbidden.Reason != test.reason || !p.Rows.IsNone() || !p.Check.IsNone() || p.Columns.Has("title") {
			t.Errorf("%s: have %+v, error %v, want %s", name, p, err, test.reason)
		}
		if rows, err := s.Verify(test.payload, test.endpoint, test.method); err == nil || !rows.IsNone() {
			t.Errorf("%s: Verify: have %v, error %v", name, rows, err)
		}
	}
	if d := s.Decide(held("root", "suspended"), "posts", "GET"); d.Allowed() || d.Considered[3].Outcome != roles.Denied || d.Considered[3].Where == "" {
		t.Errorf("have %+v", d)
	}
}

// A rule that fails within a limit fails the whole.
func TestFailingLimits(t *testing.T) {
	panics := func(claims) spec.Specification { panic("with a secret") }
	open := func(claims) spec.Specification { return spec.Eq("x", spec.Var("y")) }
	for name, parts := range map[string][]roles.Part{
		"a restriction panics":    {roles.RestrictAll(panics)},
		"a restriction is open":   {roles.Restrict("posts", roles.Get, open)},
		"a denial panics":         {roles.New("a", roles.DenyRows("posts", roles.Get, panics))},
		"a denial is open":        {roles.New("a", roles.DenyRows("posts", roles.AnyMethod, open))},
		"a check panics":          {roles.New("b", roles.AllowAll(roles.Everything, roles.Check(panics)))},
		"a claim is missing":      {roles.RestrictAllWhere(spec.Eq("x", spec.Var("nickname")))},
		"a pattern is none":       {roles.Restrict("posts", roles.Get, func(claims) spec.Specification { return spec.Matches("x", "(") })},
		"a check's claim is none": {roles.New("b", roles.AllowAll(roles.Everything, roles.CheckWhere(spec.Eq("x", spec.Var("nickname")))))},
	} {
		s := roles.MustService[claims](append(parts, roles.New("root", roles.AllowAll(roles.Everything)))...)
		p, err := s.Permission(held("a", "b", "root"), "posts", "GET")
		if !errors.Is(err, roles.ErrForbidden) || !p.Rows.IsNone() || !p.Check.IsNone() || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: have %+v, error %v", name, p, err)
		}
	}
}

// With Union rows and checks are joined, each with each; the fields are those
// that every permitting grant lists.
func TestUnionOfPermissions(t *testing.T) {
	s := roles.MustService[claims](append(limitedParts(), roles.Union())...)
	p, err := s.Permission(held("editor", "reader"), "posts", "PUT")
	rows := spec.And(spec.Eq("author", "ann").Or(spec.Eq("public", true)), spec.Lt("level", 3), spec.IsNull("deleted_at"), spec.Eq("tenant", "t1"))
	check := spec.And(spec.Eq("state", "draft").Or(spec.Eq("public", true)), spec.Lt("level", 3), spec.IsNull("deleted_at"), spec.Eq("tenant", "t1"))
	if err != nil || !p.Rows.Equal(rows) || !p.Check.Equal(check) || !slices.Equal(p.Columns.Names(), []string{"title"}) {
		t.Errorf("have %v, %v, %v, error %v", p.Rows, p.Check, p.Columns, err)
	}
}

func TestLimitsThatCannotBe(t *testing.T) {
	for want, parts := range map[string][]roles.Part{
		`a denial is declared once`:                                    {roles.New("a", roles.Deny("x", "GET"), roles.DenyWhere("x", "get", spec.Eq("y", 1)))},
		`restriction for everything at`:                                {roles.RestrictAllWhere(spec.Eq("x", spec.Var("nothing")))},
		`restriction for GET "x" at restriction_test.go:`:              {roles.Restrict[claims]("x", "GET", nil)},
		`the endpoint or the method has no name`:                       {roles.RestrictWhere("", "GET", spec.All())},
		`* is a method, not an endpoint`:                               {roles.RestrictWhere("*", "GET", spec.All())},
		`its check: its rule takes a int, the payload is a`:            {roles.New("a", roles.AllowAll(roles.Everything, roles.Check(func(int) spec.Specification { return spec.All() })))},
		`its check: it has no rule`:                                    {roles.New("a", roles.AllowAll(roles.Everything, roles.Check[claims](nil)))},
		`its check: claim "nothing"`:                                   {roles.New("a", roles.AllowAll(roles.Everything, roles.CheckWhere(spec.Eq("x", spec.Var("nothing")))))},
		`restriction for  "" at : the endpoint or the method has no n`: {roles.Restriction{}},
	} {
		if s, err := roles.NewService[claims](parts...); s != nil || !errors.Is(err, roles.ErrPolicy) || !strings.Contains(err.Error(), want) {
			t.Errorf("have %v, want %s", err, want)
		}
	}
}

// A service tells what it was made of.
func TestDeclarations(t *testing.T) {
	s := roles.MustService[claims](append(limitedParts(), roles.Union())...)
	var have []string
	for d := range s.Declarations() {
		line := strings.TrimSpace(strings.Join([]string{d.Role, string(d.Effect), d.Method, d.Endpoint}, " "))
		if d.Rule != nil {
			line += " (" + d.Rule.String() + ")"
		}
		if d.Check != nil {
			line += " check (" + d.Check.String() + ")"
		}
		if !d.Columns.All() {
			line += " [" + strings.Join(d.Columns.Names(), " ") + "]"
		}
		if !strings.HasPrefix(d.Where, "restriction_test.go:") {
			t.Errorf("%s: declared at %s", line, d.Where)
		}
		have = append(have, line)
	}
	want := []string{
		`root allow`,
		`editor allow PUT posts (author == $sub) check (state == "draft") [body title]`,
		`editor allow GET posts`,
		`reader allow (public == True) [title]`,
		`suspended deny (#)`,
		`outsider deny DELETE posts (#)`,
		`outsider deny * posts (internal == True)`,
		`outsider deny GET posts`,
		`restrict * posts (deleted_at is None)`,
		`restrict (tenant == $tenant_id)`,
		`restrict PUT posts`,
	}
	if !slices.Equal(have, want) {
		t.Errorf("have\n%s\nwant\n%s", strings.Join(have, "\n"), strings.Join(want, "\n"))
	}
	if !s.IsUnion() || !slices.Equal(s.Roles(), []string{"root", "editor", "reader", "suspended", "outsider"}) {
		t.Errorf("have union %v, roles %v", s.IsUnion(), s.Roles())
	}
}

func TestFieldSets(t *testing.T) {
	some := roles.Fields("b", "a", "b")
	if some.All() || !some.Has("a") || some.Has("c") || some.Has("") || !slices.Equal(some.Of("c", "b", "a", "x"), []string{"b", "a"}) || !slices.Equal(some.Names(), []string{"a", "b"}) {
		t.Errorf("have %v", some)
	}
	if none := (roles.FieldSet{}); none.All() || none.Has("a") || len(none.Of("a")) != 0 {
		t.Errorf("have %v", none)
	}
	if all := roles.AllFields(); !all.All() || !all.Has("a") || all.Names() != nil || len(all.Of("a")) != 1 {
		t.Errorf("have %v", all)
	}
}
