package peer

import (
	"github.com/casbin/casbin/v3"
	"github.com/casbin/casbin/v3/model"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// Casbin decides about an invoice by attributes: casbin's ABAC with the rule in
// the policy, the only form of it that can speak of rows.
type Casbin struct {
	enforcer *casbin.Enforcer
	subject  casbinSubject
}

type casbinSubject struct{ Role, Subject, Account string }

// The cheap comparisons come first, so that rules of others are passed over
// before their rule is evaluated.
const casbinModel = `
[request_definition]
r = sub, obj, act, row

[policy_definition]
p = role, obj, act, rule

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.sub.Role == p.role && r.obj == p.obj && r.act == p.act && eval(p.rule)
`

const (
	casbinAccount = "r.row.AccountID == r.sub.Account"
	casbinOwn     = casbinAccount + " && r.row.CreatedBy == r.sub.Subject"
)

// NewCasbin returns casbin with the small policy.
func NewCasbin(c world.Claims) (*Casbin, error) {
	return newCasbin(c, [][]string{
		{"admin", world.Endpoint, world.Method, casbinAccount},
		{"user", world.Endpoint, world.Method, casbinOwn},
	})
}

// NewCasbinOfMany returns casbin with a large policy.
func NewCasbinOfMany(c world.Claims, m world.Many) (*Casbin, error) {
	var rules [][]string
	_ = m.Each(func(role, endpoint string) error {
		rules = append(rules, []string{role, endpoint, world.Method, casbinOwn})
		return nil
	})
	return newCasbin(c, rules)
}

func newCasbin(c world.Claims, rules [][]string) (*Casbin, error) {
	m, err := model.NewModelFromString(casbinModel)
	if err != nil {
		return nil, err
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, err
	}
	if _, err := e.AddPolicies(rules); err != nil {
		return nil, err
	}
	return &Casbin{e, casbinSubject{c.Roles[0], c.Subject, c.Account}}, nil
}

// Allow decides about one invoice. It is handed over by value, as casbin reads
// the fields of structs and not those behind pointers.
func (c *Casbin) Allow(endpoint string, row *world.Invoice) (bool, error) {
	return c.enforcer.Enforce(c.subject, endpoint, world.Method, *row)
}
