package roles_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// registered stands for the registered claims that a payload embeds.
type registered struct {
	Subject  string   `json:"sub,omitempty"`
	RoleList []string `json:"roles,omitempty"`
}

func (r registered) RoleNames() []string { return r.RoleList }

// claims has a claim of every kind.
type claims struct {
	registered
	Account  string            `json:"account"`
	Nickname *string           `json:"nickname"`
	Regions  []string          `json:"regions"`
	Numbers  []int             `json:"numbers"`
	Optional []*string         `json:"optional"`
	Address  address           `json:"address"`
	Manager  *person           `json:"manager"`
	Level    int               `json:"level"`
	Admin    bool              `json:"admin"`
	Secret   string            `json:"-"`
	Tenant   string            `spec:"tenant_id" json:"tid"`
	TeamID   [16]byte          // no tag: team_id
	Since    time.Time         `json:"since"`
	Birthday spec.Date         `json:"birthday"`
	Key      []byte            `json:"key"`
	Price    string            `spec:"price,decimal"`
	Extra    map[string]string `json:"extra"`
}

type address struct {
	City string `json:"city"`
}

type person struct {
	Name string `json:"name"`
}

// mapClaims is what a decoded token is without a type of its own.
type mapClaims map[string]any

func (m mapClaims) RoleNames() []string {
	names, _ := m["roles"].([]string)
	return names
}

func member() registered { return registered{Subject: "ann", RoleList: []string{"user"}} }

// readTests are templates and what they become for a payload.
var readTests = []struct {
	name     string
	template spec.Specification
	payload  claims
	want     spec.Specification
	reason   string
}{
	{"list for Overlaps", spec.Overlaps("regions", spec.Var("regions")), claims{Regions: []string{"eu", "us"}},
		spec.Overlaps("regions", "eu", "us"), "a list of claims is the list of an Overlaps"},
	{"within a relation", spec.Any("members", spec.Eq("user_id", spec.Var("sub"))), claims{registered: member()},
		spec.Any("members", spec.Eq("user_id", "ann")), "a template may ask about related rows"},
	{"json name", spec.Eq("account_id", spec.Var("account")), claims{Account: "a1"},
		spec.Eq("account_id", "a1"), "a claim is named as JSON names it"},
	{"embedded", spec.Eq("created_by", spec.Var("sub")), claims{},
		spec.Eq("created_by", "ann"), "an embedded struct gives its claims to the outer one"},
	{"nested", spec.Eq("city", spec.Var("address.city")), claims{Address: address{"Rome"}},
		spec.Eq("city", "Rome"), "a dot leads into a nested struct"},
	{"nested behind a pointer", spec.Eq("manager", spec.Var("manager.name")), claims{Manager: &person{"bob"}},
		spec.Eq("manager", "bob"), "a dot leads through a pointer"},
	{"pointer", spec.Eq("nickname", spec.Var("nickname")), claims{Nickname: ptr("nan")},
		spec.Eq("nickname", "nan"), "a pointer is what it points to"},
	{"hidden from JSON", spec.Eq("secret", spec.Var("secret")), claims{Secret: "s"},
		spec.Eq("secret", "s"), `json:"-" keeps a claim from JSON, not from a template`},
	{"spec tag", spec.Eq("tenant", spec.Var("tenant_id")), claims{Tenant: "t"},
		spec.Eq("tenant", "t"), "the tag spec comes before the tag json"},
	{"no tag", spec.Eq("team", spec.Var("team_id")), claims{TeamID: [16]byte{1}},
		spec.Eq("team", [16]byte{1}), "the Go name in snake case"},
	{"twice", spec.Or(spec.Eq("owner", spec.Var("account")), spec.Ne("author", spec.Var("account"))), claims{Account: "a1"},
		spec.Or(spec.Eq("owner", "a1"), spec.Ne("author", "a1")), "every place of a variable is filled in"},
	{"under not", spec.Not(spec.Eq("owner", spec.Var("account"))), claims{Account: "a1"},
		spec.Not(spec.Eq("owner", "a1")), "also below a Not"},
	{"zero number", spec.Gte("level", spec.Var("level")), claims{},
		spec.Gte("level", 0), "0 is a number like any other"},
	{"false", spec.Eq("secret", spec.Var("admin")), claims{},
		spec.Eq("secret", false), "false is a value"},
	{"list", spec.In("region", spec.Var("regions")), claims{Regions: []string{"eu", "us"}},
		spec.In("region", "eu", "us"), "a list stands for its elements inside an In"},
	{"list beside constants", spec.In("region", spec.Of("global"), spec.Of(spec.Var("regions")), spec.Of(spec.Var("account"))), claims{Account: "a1", Regions: []string{"eu", "us"}},
		spec.In("region", "global", "eu", "us", "a1"), "in its place among other elements"},
	{"list of numbers", spec.NotIn("number", spec.Var("numbers")), claims{Numbers: []int{1, 2}},
		spec.NotIn("number", 1, 2), "also under NotIn"},
	{"empty list", spec.In("region", spec.Var("regions")), claims{Regions: []string{}},
		spec.None(), "nobody's region is one of none: allowed, on no row"},
	{"empty list beside a constant", spec.In("region", spec.Of("global"), spec.Of(spec.Var("regions"))), claims{Regions: []string{}},
		spec.In("region", "global"), "it adds no element"},
	{"hostile text", spec.Eq("account_id", spec.Var("account")), claims{Account: `x" || # || a == "`},
		spec.Eq("account_id", `x" || # || a == "`), "a value is a value"},
	{"text that looks like a variable", spec.Eq("account_id", spec.Var("account")), claims{Account: "$sub"},
		spec.Eq("account_id", "$sub"), "what is filled in is not looked at again"},
	{"no variables", spec.Eq("public", true), claims{},
		spec.Eq("public", true), "a template need not read anything"},
}

func TestTemplatesReadClaims(t *testing.T) {
	for _, test := range readTests {
		t.Run(test.name, func(t *testing.T) {
			test.payload.registered = member()
			one := mustService[claims](t, roles.New("user", roles.AllowWhere("tasks", roles.Get, test.template)))
			checkAllowed(t, one, test.payload, "tasks", "GET", test.want, "user")
			all := mustService[claims](t, roles.New("user", roles.AllowAllWhere(test.template)))
			checkAllowed(t, all, test.payload, "anything", "GET", test.want, "user")
			pointer := mustService[*claims](t, roles.New("user", roles.AllowWhere("tasks", roles.Get, test.template)))
			checkAllowed(t, pointer, &test.payload, "tasks", "GET", test.want, "user")
		})
	}
}

// missingTests are payloads that leave a claim out. The template is one that an
// absent claim could turn into many rows: those without the field, those with
// an empty one, all.
var missingTests = []struct {
	name    string
	s       spec.Specification
	payload claims
	claim   string
}{
	{"empty text", spec.Eq("account_id", spec.Var("account")), claims{}, "account"},
	{"empty text beside one that is there", spec.Or(spec.Eq("created_by", spec.Var("sub")), spec.Eq("account_id", spec.Var("account"))), claims{}, "account"},
	{"empty text under not", spec.Not(spec.Eq("account_id", spec.Var("account"))), claims{}, "account"},
	{"empty text as distinct", spec.Distinct("account_id", spec.Var("account")), claims{}, "account"},
	{"empty text as prefix", spec.HasPrefix("account_id", spec.Var("account")), claims{}, "account"},
	{"empty text as pattern", spec.Matches("account_id", spec.Var("account")), claims{}, "account"},
	{"empty text as substring", spec.Contains("account_id", spec.Var("account")), claims{}, "account"},
	{"empty text in a list", spec.In("account_id", spec.Of("a2"), spec.Of(spec.Var("account"))), claims{}, "account"},
	{"nil pointer", spec.Eq("nickname", spec.Var("nickname")), claims{}, "nickname"},
	{"nil pointer under distinct", spec.Distinct("nickname", spec.Var("nickname")), claims{}, "nickname"},
	{"pointer to an empty text", spec.Eq("nickname", spec.Var("nickname")), claims{Nickname: ptr("")}, "nickname"},
	{"nil pointer on the way", spec.Ne("manager", spec.Var("manager.name")), claims{}, "manager.name"},
	{"empty nested text", spec.Eq("city", spec.Var("address.city")), claims{}, "address.city"},
	{"nil list", spec.In("region", spec.Var("regions")), claims{}, "regions"},
	{"nil list under not", spec.NotIn("region", spec.Var("regions")), claims{}, "regions"},
	{"zero uuid", spec.Eq("team", spec.Var("team_id")), claims{}, "team_id"},
	{"zero time", spec.Gt("created", spec.Var("since")), claims{}, "since"},
	{"zero date", spec.Gt("created", spec.Var("birthday")), claims{}, "birthday"},
	{"nil bytes", spec.Ne("key", spec.Var("key")), claims{}, "key"},
	{"empty bytes", spec.Eq("key", spec.Var("key")), claims{Key: []byte{}}, "key"},
	{"empty decimal", spec.Eq("price", spec.Var("price")), claims{}, "price"},
}

func TestMissingClaimsDeny(t *testing.T) {
	for _, test := range missingTests {
		t.Run(test.name, func(t *testing.T) {
			test.payload.registered = member()
			for _, grant := range []roles.Grant{roles.AllowWhere("tasks", roles.Get, test.s), roles.AllowAllWhere(test.s)} {
				// The rule of a later role must not stand in for one that failed.
				s := mustService[claims](t, roles.New("user", grant), roles.New("admin", roles.AllowAll(roles.Everything)))
				for _, held := range [][]string{{"user"}, {"user", "admin"}} {
					test.payload.RoleList = held
					why := checkDenied(t, s, test.payload, "tasks", "GET")
					checkUnbound(t, why, test.claim)
				}
				union := mustService[claims](t, roles.Union(), roles.New("admin", roles.AllowAll(roles.Everything)), roles.New("user", grant))
				checkUnbound(t, checkDenied(t, union, test.payload, "tasks", "GET"), test.claim)
			}
		})
	}
}

func checkUnbound(t *testing.T, why *roles.ForbiddenError, claim string) {
	t.Helper()
	var unbound *spec.UnboundError
	if !errors.As(why, &unbound) || unbound.Name != claim || !errors.Is(why, spec.ErrUnbound) {
		t.Errorf("%v wraps %v, want the claim %q to be unbound", why, unbound, claim)
	}
	if why.Role != "user" || !strings.Contains(why.Reason, "claim "+claim+" is missing") {
		t.Errorf("role %q, reason %q: want it to say that claim %s is missing", why.Role, why.Reason, claim)
	}
}

func TestNilPayloadsDeny(t *testing.T) {
	template := roles.AllowWhere("tasks", roles.Get, spec.Ne("account_id", spec.Var("account")))
	everything := roles.AllowAll(roles.Everything)
	why := checkDenied(t, mustService[*claims](t, roles.New("user", template, everything)), nil, "tasks", "GET")
	if !strings.Contains(why.Reason, "nil") {
		t.Errorf("reason %q: want it to say nil", why.Reason)
	}
	checkDenied(t, mustService[mapClaims](t, roles.New("user", template, everything)), nil, "tasks", "GET")
	checkDenied[roles.Payload](t, mustService[roles.Payload](t, roles.New("user", everything)), nil, "tasks", "GET")
	checkDenied[roles.Payload](t, mustService[roles.Payload](t, roles.New("user", everything)), (*claims)(nil), "tasks", "GET")
	checkDenied[roles.Payload](t, mustService[roles.Payload](t, roles.New("user", everything)), mapClaims(nil), "tasks", "GET")
	checkDenied(t, mustService[ghost](t, roles.New("user", everything)), nil, "tasks", "GET")
}

// ghost is a slice that claims a role even when it is nil.
type ghost []string

func (ghost) RoleNames() []string { return []string{"user"} }

// An interface is a payload type too, whatever it holds.
func TestInterfacePayloads(t *testing.T) {
	s := mustService[roles.Payload](t, roles.New("user", roles.AllowAll(roles.Everything)))
	for name, payload := range map[string]roles.Payload{
		"struct": claims{registered: member()}, "pointer": &claims{registered: member()},
		"map": mapClaims{"roles": []string{"user"}}, "text": name("user"),
	} {
		t.Run(name, func(t *testing.T) {
			checkAllowed(t, s, payload, "tasks", "GET", spec.All(), "user")
		})
	}
	checkDenied[roles.Payload](t, s, claims{}, "tasks", "GET")
}

// name is a payload that is neither struct, pointer nor map.
type name string

func (n name) RoleNames() []string { return []string{string(n)} }

func TestMapPayloads(t *testing.T) {
	s := mustService[mapClaims](t, roles.New("user",
		roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("account"))),
		roles.AllowWhere("tasks", roles.Put, spec.Ne("city", spec.Var("address.city"))),
		roles.AllowWhere("tasks", roles.Post, spec.In("region", spec.Of(spec.Var("regions")), spec.Of("global")))))
	held := []string{"user"}
	checkAllowed(t, s, mapClaims{"roles": held, "account": "a1"}, "tasks", "GET", spec.Eq("account_id", "a1"), "user")
	checkAllowed(t, s, mapClaims{"roles": held, "account": 7}, "tasks", "GET", spec.Eq("account_id", 7), "user")
	checkAllowed(t, s, mapClaims{"roles": held, "address": map[string]any{"city": "Rome"}}, "tasks", "PUT", spec.Ne("city", "Rome"), "user")
	checkAllowed(t, s, mapClaims{"roles": held, "regions": []any{"eu", "us"}}, "tasks", "POST", spec.In("region", "eu", "us", "global"), "user")
	checkAllowed(t, s, mapClaims{"roles": held, "regions": []any{}}, "tasks", "POST", spec.In("region", "global"), "user")
	for name, payload := range map[string]mapClaims{
		"no key":      {},
		"null":        {"account": nil, "address": map[string]any{"city": nil}, "regions": nil},
		"empty":       {"account": "", "address": map[string]any{"city": ""}, "regions": ""},
		"object":      {"account": map[string]any{}, "address": map[string]any{"city": map[string]any{}}, "regions": map[string]any{}},
		"no object":   {"account": struct{}{}, "address": "Rome", "regions": struct{}{}},
		"nul":         {"account": "a\x00b", "address": map[string]any{"city": "\x00"}, "regions": []any{"\x00"}},
		"list of all": {"account": []any{nil}, "address": []any{}, "regions": []any{map[string]any{}}},
	} {
		t.Run(name, func(t *testing.T) {
			payload["roles"] = held
			for _, method := range []string{"GET", "PUT", "POST"} {
				if method == "GET" && name == "list of all" {
					continue // a list can be the value of a list column
				}
				why := checkDenied(t, s, payload, "tasks", method)
				if why.Role != "user" {
					t.Errorf("role %q failed, want user: %v", why.Role, why)
				}
			}
		})
	}
}
