package policy_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// token is a payload as services have it.
type token struct {
	payload.Registered
	Account string  `json:"account"`
	Teams   []int64 `json:"teams"`
	Level   *int64  `json:"level"`
	Plan    *string `json:"plan"`
}

// richParts is testdata/rich.yaml by hand.
func richParts() []roles.Part {
	var (
		sub     = spec.Var("sub")
		mine    = spec.Eq("created_by", sub)
		account = spec.Eq("account", spec.Var("account"))
		alive   = spec.IsNull("deleted_at")
		notDone = spec.Not(spec.In("status", "done"))
		seen    = spec.Or(mine, spec.NewLeaf("team", spec.OpIn, spec.Of(spec.Var("teams"))), spec.Any("comments", spec.Eq("author", sub)))
		warm    = mine.And(spec.Not(spec.Contains("tags", "frozen")))
		written = []roles.GrantOption{roles.CheckWhere(mine.And(spec.Eq("status", "open"))), roles.Columns("title", "status", "tags")}
	)
	return []roles.Part{
		roles.Claims(richClaims()),
		roles.RestrictAllWhere(account),
		roles.RestrictWhere("tasks", roles.AnyMethod, alive),
		roles.RestrictWhere("tasks/export", roles.AnyMethod, alive),
		roles.RestrictWhere("tasks", roles.Delete, notDone),
		roles.RestrictWhere("tasks", "PURGE", notDone),
		roles.New("admin",
			roles.AllowAllWhere(spec.All()),
			roles.AllowWhere("tasks", roles.AnyMethod, spec.Eq("status", "open").Or(spec.Eq("status", "done")), roles.Columns("number", "title")),
			roles.Except("users", roles.Delete),
			roles.Except("tasks", "PURGE")),
		roles.New("user",
			roles.AllowWhere("tasks", roles.Get, seen), roles.AllowWhere("tasks", roles.Head, seen),
			roles.AllowWhere("tasks/export", roles.Get, seen), roles.AllowWhere("tasks/export", roles.Head, seen),
			roles.AllowWhere("tasks", roles.Post, warm, written...), roles.AllowWhere("tasks", roles.Put, warm, written...),
			roles.AllowWhere("users", roles.Get, spec.Eq("boss.name", sub).Or(spec.Eq("id", spec.Var("level"))))),
		roles.New(`Prüfer "A"`, roles.AllowAllWhere(account, roles.Columns())),
		roles.New("intern",
			roles.DenyWhere("tasks", roles.AnyMethod, spec.Eq("team", spec.Var("level"))),
			roles.Deny("users", roles.Put), roles.Deny("users", roles.Delete)),
		roles.New("suspended", roles.DenyAll()),
		roles.New("nobody"),
	}
}

func richClaims() *spec.Schema {
	sc, err := spec.NewSchema(
		spec.Field{Name: "sub", Kind: spec.KindString}, spec.Field{Name: "account", Kind: spec.KindString},
		spec.Field{Name: "roles", Kind: spec.KindString, List: true}, spec.Field{Name: "teams", Kind: spec.KindInt, List: true},
		spec.Field{Name: "level", Kind: spec.KindInt, Nullable: true},
		spec.Field{Name: "plan", Kind: spec.KindString, Nullable: true, Labels: []string{"free", "paid"}})
	if err != nil {
		panic(err)
	}
	return sc
}

func read(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func mustParse(t testing.TB, name, text string) *policy.Policy {
	t.Helper()
	p, err := policy.Parse(name, []byte(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return p
}

func mustService[P roles.Payload](t testing.TB, p *policy.Policy) *roles.Service[P] {
	t.Helper()
	s, err := policy.NewService[P](p)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFileAndCode holds a policy of every key, in YAML and in JSON, against the same
// roles in Go: whoever asks for whatever, the answers are the same.
func TestFileAndCode(t *testing.T) {
	for _, file := range []string{"testdata/rich.yaml", "testdata/rich.json"} {
		for _, union := range []bool{false, true} {
			text, parts := read(t, file), richParts()
			if union {
				text = strings.Replace(text, "first", "union", 1)
				parts = append(parts, roles.Union())
			}
			t.Run(fmt.Sprint(file, " union=", union), func(t *testing.T) {
				p := mustParse(t, file, text)
				maps, structs := roles.MustService[policy.Claims](parts...), roles.MustService[token](parts...)
				ofMaps, ofStructs := mustService[policy.Claims](t, p), mustService[token](t, p)
				sameDeclarations(t, ofMaps, maps)
				random := rand.New(rand.NewPCG(1, 2))
				for range 3000 {
					c := randomToken(random)
					endpoint := pick(random, "tasks", "tasks/export", "users", "comments", "Tasks", "")
					method := pick(random, "GET", "get", "HEAD", "POST", "PUT", "DELETE", "PURGE", "purge", "PATCH", "*", "")
					sameAnswers(t, ofStructs, structs, c, endpoint, method)
					sameAnswers(t, ofMaps, maps, asMap(random, c), endpoint, method)
				}
			})
		}
	}
}

func pick[V any](random *rand.Rand, from ...V) V { return from[random.IntN(len(from))] }

func randomToken(random *rand.Rand) (c token) {
	for _, role := range []string{"admin", "user", `Prüfer "A"`, "intern", "suspended", "nobody", "Admin", "", "*"} {
		if random.IntN(4) == 0 {
			c.Roles = append(c.Roles, role)
		}
	}
	c.Subject, c.Account = pick(random, "ann", "bob", `" || # || "`, ""), pick(random, "a1", "a1", "a2", "")
	c.Teams = pick(random, nil, []int64{}, []int64{1}, []int64{1, 2})
	if random.IntN(2) == 0 {
		level := random.Int64N(3)
		c.Level = &level
	}
	return c
}

// asMap returns the claims as a program has them that has no type for them: with
// gaps, and claims of another type than declared.
func asMap(random *rand.Rand, c token) policy.Claims {
	teams := make([]any, len(c.Teams))
	for i, team := range c.Teams {
		teams[i] = float64(team)
	}
	names := make([]any, len(c.Roles))
	for i, name := range c.Roles {
		names[i] = name
	}
	m := policy.Claims{"sub": c.Subject, "account": c.Account, "roles": names, "teams": teams}
	if c.Level != nil {
		m["level"] = *c.Level
	}
	if random.IntN(4) == 0 {
		delete(m, pick(random, "sub", "account", "roles", "teams", "level"))
	}
	if random.IntN(4) == 0 {
		m[pick(random, "sub", "account", "roles", "teams", "level")] = pick[any](random, 7, "x", nil, []any{"x"}, []any{1, "x"}, true, map[string]any{"a": 1})
	}
	return m
}

// TestSurface reads what a policy says besides its roles.
func TestSurface(t *testing.T) {
	p, err := policy.ReadFile("testdata/rich.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if have := slices.Collect(p.Claims().Fields()); len(have) != 6 || have[5].Labels[1] != "paid" || !have[5].Nullable || !have[3].List {
		t.Errorf("have claims %v", have)
	}
	var lines []string
	for r := range p.Resources() {
		lines = append(lines, fmt.Sprintf("%s %q %s", r.Name, r.Endpoints, r.Key))
		for f := range r.Schema.Fields() {
			lines = append(lines, fmt.Sprintf(" %s %s %q", f.Name, f.TypeName(), f.Labels))
		}
		for l := range r.Schema.Relations() {
			lines = append(lines, fmt.Sprintf(" %s one=%v", l.Name, l.One))
		}
	}
	want := []string{`tasks ["tasks" "tasks/export"] number`, ` number int []`, ` account string []`, ` team int? []`, ` created_by string []`,
		` title string []`, ` status string ["open" "done"]`, ` tags [string] []`, ` deleted_at time? []`, ` owner one=true`, ` comments one=false`,
		`users ["users"] id`, ` id int []`, ` account string []`, ` name string []`, ` tasks one=false`, ` boss one=true`,
		`comments [] id`, ` id int []`, ` author string []`, ` account string []`}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +have)\n%s", diff)
	}
	if r, ok := p.Resource("tasks/export"); !ok || r.Name != "tasks" {
		t.Errorf("tasks/export is about %v, %v, want tasks", r, ok)
	}
	if r, ok := p.Resource("comments"); ok {
		t.Errorf("comments is about %v, want nothing: it has no endpoints", r)
	}
	for d := range mustService[policy.Claims](t, p).Declarations() {
		if !strings.HasPrefix(d.Where, "testdata/rich.yaml:") || strings.Count(d.Where, ":") != 2 {
			t.Errorf("have place %q of %v, want file:line:column", d.Where, d)
		}
	}
	if j, err := policy.ReadFile("testdata/rich.json"); err != nil || j.Version() == p.Version() || len(p.Version()) != 16 || p.Name() != "testdata/rich.yaml" {
		t.Errorf("have name %q and versions %q and %q (%v), want two of 16 digits", p.Name(), p.Version(), j.Version(), err)
	}
}

// TestRowsWithoutEndpoints: a rule for everything is not asked of rows that only
// others lead to, and no grant can be for them.
func TestRowsWithoutEndpoints(t *testing.T) {
	const resources = "rolespec: 1\nresources:\n  tasks: {fields: {account: int}}\n  comments: {endpoints: [], fields: {id: int}}\n"
	const restrict = "restrict:\n- {endpoint: '*', rule: account == 1}\n"
	mustParse(t, "f", resources+restrict+"roles: []\n")
	_, err := policy.Parse("f", []byte(resources+"roles: [{name: user, allow: [{endpoint: comments, methods: GET, rule: '#'}]}]\n"))
	if have := text(err); !strings.Contains(have, `no resource has the endpoint "comments"; there are tasks`) {
		t.Errorf("have error %v, want that there is no such endpoint", err)
	}
}

// TestValuesOfJSON: what a mapping has for a value is what the rule asks for.
func TestValuesOfJSON(t *testing.T) {
	const head = "rolespec: 1\nroles:\n- name: user\n  allow:\n  - endpoint: t\n    methods: GET\n    rule: {op: eq, field: a, value: "
	for written, want := range map[string]spec.Specification{
		`"a\n\t\x01\x1f\"\\é\u2028"`: spec.Eq("a", "a\n\t\x01\x1f\"\\é\u2028"),
		`'"}, {"op": "empty"'`:       spec.Eq("a", `"}, {"op": "empty"`),
		`"1"`:                        spec.Eq("a", "1"),
		`1`:                          spec.Eq("a", 1),
		`1.0`:                        spec.Eq("a", 1.0),
		`18446744073709551615`:       spec.Eq("a", uint64(18446744073709551615)),
		`TRUE`:                       spec.Eq("a", true),
		`"true"`:                     spec.Eq("a", "true"),
		`null`:                       spec.Eq("a", spec.Null),
		`2024-07-01`:                 spec.Eq("a", "2024-07-01"),
		`yes`:                        spec.Eq("a", "yes"),
	} {
		p := mustParse(t, "f", head+written+"}\n")
		for d := range mustService[policy.Claims](t, p).Declarations() {
			if !d.Rule.Equal(want) {
				t.Errorf("%s: have %v, want %v", written, d.Rule, want)
			}
		}
	}
}

func TestNoPolicy(t *testing.T) {
	var p *policy.Policy
	if _, err := policy.NewService[policy.Claims](p); err == nil {
		t.Error("a service of no policy: have no error")
	}
	if _, ok := p.Resource("tasks"); ok || p.Name() != "" || p.Version() != "" || p.Claims() != nil {
		t.Error("have a nil policy that says something")
	}
	for range p.Resources() {
		t.Error("have a resource of a nil policy")
	}
	if _, err := policy.Load[policy.Claims]("testdata/none.yaml"); err == nil || !os.IsNotExist(unwrapped(err)) {
		t.Errorf("have error %v, want that there is no such file", err)
	}
	if _, err := policy.Load[policy.Claims]("testdata"); err == nil {
		t.Error("have no error for a directory")
	}
}

func unwrapped(err error) error {
	for {
		inner, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		if next := inner.Unwrap(); os.IsNotExist(err) || next == nil {
			return err
		} else {
			err = next
		}
	}
}

type shortToken struct{ payload.Registered }

type otherToken struct {
	payload.Registered
	Account int64   `json:"account"`
	Teams   []int64 `json:"teams"`
	Level   *int64  `json:"level"`
}

// TestClaimsOfTheType loads a policy for payloads that do not have what it names.
func TestClaimsOfTheType(t *testing.T) {
	p := mustParse(t, "rich.yaml", read(t, "testdata/rich.yaml"))
	_, err := policy.NewService[shortToken](p)
	if have := text(err); !strings.Contains(have, "rich.yaml:") || !strings.Contains(have, `claim "account"`) || !strings.Contains(have, `claim "teams"`) {
		t.Errorf("a payload without the claims: have error %v, want one that names them and their places", err)
	}
	_, err = policy.NewService[otherToken](p)
	if have := text(err); !strings.Contains(have, "rich.yaml:37:5") || !strings.Contains(have, `claim "account"`) || strings.Contains(have, `claim "teams"`) {
		t.Errorf("a payload with a claim of another type: have error %v, want one that names account and the restriction at 37:5", err)
	}
}

func TestRoleNames(t *testing.T) {
	for _, test := range []struct {
		claim any
		want  []string
	}{
		{nil, nil}, {"admin", nil}, {[]any{"admin", "user"}, []string{"admin", "user"}}, {[]string{"admin"}, []string{"admin"}},
		{[]any{"admin", 1}, nil}, {[]any{"admin", nil}, nil}, {[]any{[]any{"admin"}}, nil}, {[]any{}, nil}, {map[string]any{"admin": true}, nil},
	} {
		if have := (policy.Claims{"roles": test.claim}).RoleNames(); !slices.Equal(have, test.want) {
			t.Errorf("%v: have %q, want %q", test.claim, have, test.want)
		}
	}
	if have := policy.Claims(nil).RoleNames(); have != nil {
		t.Errorf("no claims: have %q", have)
	}
}
