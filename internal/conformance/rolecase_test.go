package conformance_test

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// roleCase is a line of roles.jsonl.
type roleCase struct {
	ID       string          `json:"id"`
	Roles    []roleModel     `json:"roles"`
	Payload  json.RawMessage `json:"payload"`
	Endpoint string          `json:"endpoint"`
	Method   string          `json:"method"`
	verdict
	EachRole []verdict `json:"each_role"`
}

// verdict is what the ancestor answers for a whole service or for one role.
type verdict struct {
	Outcome string            `json:"outcome"` // allowed, forbidden or error
	Stage   string            `json:"stage"`   // of an error: verify or specification
	Role    string            `json:"role"`
	Spec    *conformance.Tree `json:"spec"`
}

type roleModel struct {
	Name      string                    `json:"name"`
	Kind      string                    `json:"kind"` // default_allow or restrictive
	Endpoints map[string]*endpointModel `json:"endpoints"`
}

// endpointModel is the methods of an endpoint; nil forbids it.
type endpointModel struct {
	Default   grantModel             `json:"default"`
	PerMethod map[string]*grantModel `json:"per_method"` // nil: forbidden
}

// grantModel is the name of a rule. "" forbids.
type grantModel struct{ Rule string }

// UnmarshalJSON reads null, "absent" (allowed, unfiltered) or a rule.
func (g *grantModel) UnmarshalJSON(data []byte) error {
	if bytes.Equal(data, []byte(`"absent"`)) {
		g.Rule = "all"
		return nil
	}
	type plain grantModel
	return json.Unmarshal(data, (*plain)(g))
}

// caller is the payload of the file.
type caller struct {
	Roles   []string `json:"roles"`
	Sub     string   `json:"sub"`
	Account string   `json:"account"`
	Region  string   `json:"region"`
	Team    *string  `json:"team"` // in no payload of the file
}

func (c caller) RoleNames() []string { return c.Roles }

// ruleModel is a rule of the file, as a function and as a template.
type ruleModel struct {
	function func(caller) spec.Specification
	template spec.Specification
	claims   func(caller) []string // that the template reads
}

var rules = map[string]ruleModel{
	"all":                    everything,
	"default":                everything,
	"unrestricted_func_none": everything,
	"nothing":                constant(spec.Or()),
	"not_deleted":            constant(spec.Not(spec.Eq("deleted", true))),
	"unowned":                constant(spec.IsNull("owner")),
	"own_account": {
		func(c caller) spec.Specification { return spec.Eq("account_id", c.Account) },
		spec.Eq("account_id", spec.Var("account")),
		func(c caller) []string { return []string{c.Account} },
	},
	"own_data": {
		func(c caller) spec.Specification {
			return spec.Eq("account_id", c.Account).And(spec.Eq("created_by", c.Sub))
		},
		spec.Eq("account_id", spec.Var("account")).And(spec.Eq("created_by", spec.Var("sub"))),
		func(c caller) []string { return []string{c.Account, c.Sub} },
	},
	"account_or_public": {
		func(c caller) spec.Specification {
			return spec.Or(spec.Eq("account_id", c.Account), spec.Eq("public", true))
		},
		spec.Or(spec.Eq("account_id", spec.Var("account")), spec.Eq("public", true)),
		func(c caller) []string { return []string{c.Account} },
	},
	"regions": {
		func(c caller) spec.Specification { return spec.In("region", c.Region, "global") },
		spec.In("region", spec.Of(spec.Var("region")), spec.Of("global")),
		func(c caller) []string { return []string{c.Region} },
	},
	"fails":         {function: func(caller) spec.Specification { panic("division by zero") }},
	"missing_claim": {template: spec.Eq("team", spec.Var("team")), claims: func(caller) []string { return []string{""} }},
}

var everything = ruleModel{function: func(c caller) spec.Specification { return roles.Everything(c) }, template: spec.All()}

func constant(s spec.Specification) ruleModel {
	return ruleModel{function: func(caller) spec.Specification { return s }, template: s}
}

func (r ruleModel) readsEmptyClaim(c caller) bool {
	return r.claims != nil && slices.Contains(r.claims(c), "")
}

// verbs are the four methods that the ancestor knows.
var verbs = []string{"get", "post", "put", "delete"}

// writing is one way to write the ancestor's roles with our grants.
type writing struct {
	name      string
	anyMethod bool // a default is a grant of AnyMethod; else of each of the four verbs
	templates bool // rules are templates wherever one can say it
}

var writings = []writing{
	{"any method", true, false},
	{"verb by verb", false, false},
	{"templates", true, true},
}

func (w writing) service(models []roleModel, options ...roles.Part) (*roles.Service[caller], error) {
	parts := options
	for _, m := range models {
		parts = append(parts, w.role(m))
	}
	return roles.NewService[caller](parts...)
}

func (w writing) role(m roleModel) roles.Role {
	var grants []roles.Grant
	openToAll := m.Kind == "default_allow"
	if openToAll {
		grants = append(grants, roles.AllowAll(roles.Everything))
	}
	for name, e := range m.Endpoints {
		switch {
		case e == nil && openToAll:
			grants = append(grants, roles.Except(name, roles.AnyMethod))
		case e != nil && w.anyMethod:
			grants = append(grants, w.anyMethodGrants(name, e)...)
		case e != nil:
			grants = append(grants, w.verbGrants(name, e, openToAll)...)
		}
	}
	return roles.New(m.Name, grants...)
}

func (w writing) anyMethodGrants(endpoint string, e *endpointModel) []roles.Grant {
	grants := []roles.Grant{w.grant(endpoint, roles.AnyMethod, e.Default.Rule)}
	for verb, g := range e.PerMethod {
		if g == nil {
			g = &grantModel{}
		}
		grants = append(grants, w.grant(endpoint, verb, g.Rule))
	}
	return grants
}

func (w writing) verbGrants(endpoint string, e *endpointModel, openToAll bool) (grants []roles.Grant) {
	if openToAll {
		grants = append(grants, roles.Except(endpoint, roles.AnyMethod))
	}
	for _, verb := range verbs {
		if rule := e.rule(verb); rule != "" {
			grants = append(grants, w.grant(endpoint, verb, rule))
		}
	}
	return grants
}

func (w writing) grant(endpoint, method, rule string) roles.Grant {
	r := rules[rule]
	switch {
	case rule == "":
		return roles.Except(endpoint, method)
	case r.function == nil || w.templates && rule != "fails":
		return roles.AllowWhere(endpoint, method, r.template)
	}
	return roles.Allow(endpoint, method, r.function)
}

// rule returns the name of the rule for a method, "" where it is forbidden.
func (e *endpointModel) rule(method string) string {
	if g, ok := e.PerMethod[method]; ok {
		if g == nil {
			return ""
		}
		return g.Rule
	}
	return e.Default.Rule
}
