package peer

import (
	"context"
	"fmt"
	"strconv"

	"github.com/cedar-policy/cedar-go"
	"github.com/cedar-policy/cedar-go/ast"
	"github.com/cedar-policy/cedar-go/types"
	xast "github.com/cedar-policy/cedar-go/x/exp/ast"
	"github.com/cedar-policy/cedar-go/x/exp/batch"
	"github.com/cedar-policy/cedar-go/x/exp/eval"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// Cedar decides about an invoice, about many at once, and says what
// condition they have to meet: partial evaluation with an unknown resource.
type Cedar struct {
	policies *cedar.PolicySet
	trees    []*xast.Policy
	caller   cedar.EntityMap
	user     cedar.EntityUID
}

const cedarSmall = `
permit (principal in Role::"admin", action == Action::"GET", resource is Invoice)
when { context.endpoint == "invoices" && resource.account_id == principal.account };
permit (principal in Role::"user", action == Action::"GET", resource is Invoice)
when { context.endpoint == "invoices" && resource.account_id == principal.account && resource.created_by == principal.sub };
`

const cedarOne = `
permit (principal in Role::"%s", action == Action::"GET", resource is Invoice)
when { context.endpoint == "%s" && resource.account_id == principal.account && resource.created_by == principal.sub };
`

// NewCedar returns Cedar with the small policy.
func NewCedar(c world.Claims) (*Cedar, error) {
	set, err := cedar.NewPolicySetFromBytes("small", []byte(cedarSmall))
	if err != nil {
		return nil, err
	}
	return newCedar(c, set), nil
}

// NewCedarOfMany returns Cedar with a large policy.
func NewCedarOfMany(c world.Claims, m world.Many) (*Cedar, error) {
	set := cedar.NewPolicySet()
	err := m.Each(func(role, endpoint string) error {
		var p cedar.Policy
		if err := p.UnmarshalCedar(fmt.Appendf(nil, cedarOne, role, endpoint)); err != nil {
			return err
		}
		set.Add(cedar.PolicyID(role+" "+endpoint), &p)
		return nil
	})
	return newCedar(c, set), err
}

func newCedar(c world.Claims, set *cedar.PolicySet) *Cedar {
	p := &Cedar{policies: set, caller: cedar.EntityMap{}, user: cedar.NewEntityUID("User", cedar.String(c.Subject))}
	for _, policy := range set.All() {
		p.trees = append(p.trees, (*xast.Policy)(policy.AST()))
	}
	var parents []cedar.EntityUID
	for _, role := range c.Roles {
		uid := cedar.NewEntityUID("Role", cedar.String(role))
		p.caller[uid] = cedar.Entity{UID: uid}
		parents = append(parents, uid)
	}
	p.caller[p.user] = cedar.Entity{
		UID: p.user, Parents: cedar.NewEntityUIDSet(parents...),
		Attributes: cedar.NewRecord(cedar.RecordMap{
			"account": cedar.String(c.Account), "sub": cedar.String(c.Subject),
		}),
	}
	return p
}

var cedarAction = cedar.NewEntityUID("Action", world.Method)

// CedarContext is what a request says beside who asks for what.
func CedarContext(endpoint string) cedar.Record {
	return cedar.NewRecord(cedar.RecordMap{"endpoint": cedar.String(endpoint)})
}

func cedarInvoice(row *world.Invoice) cedar.Entity {
	return cedar.Entity{
		UID: cedar.NewEntityUID("Invoice", cedar.String(strconv.FormatInt(row.ID, 10))),
		Attributes: cedar.NewRecord(cedar.RecordMap{
			"account_id": cedar.String(row.AccountID), "created_by": cedar.String(row.CreatedBy),
		}),
	}
}

// CedarRow is an invoice as Cedar has it.
type CedarRow struct {
	entities cedar.EntityMap
	request  cedar.Request
}

// Row returns an invoice, and the request about it, made beforehand.
func (c *Cedar) Row(endpoint string, row *world.Invoice) CedarRow {
	entity := cedarInvoice(row)
	entities := cedar.EntityMap{entity.UID: entity}
	for uid, e := range c.caller {
		entities[uid] = e
	}
	return CedarRow{entities, cedar.Request{
		Principal: c.user, Action: cedarAction, Resource: entity.UID, Context: CedarContext(endpoint),
	}}
}

// Allow decides about one invoice.
func (c *Cedar) Allow(row CedarRow) (bool, error) {
	decision, diagnostic := cedar.Authorize(c.policies, row.entities, row.request)
	if len(diagnostic.Errors) > 0 {
		return false, fmt.Errorf("%v", diagnostic.Errors)
	}
	return decision == cedar.Allow, nil
}

// Residual returns what is left of the policies where the invoice is not known:
// the condition that it has to meet is one of theirs.
func (c *Cedar) Residual(context cedar.Record) []*xast.Policy {
	env := eval.Env{
		Entities: c.caller, Principal: c.user, Action: cedarAction,
		Resource: eval.Variable("resource").(cedar.EntityUID), Context: context,
	}
	var left []*xast.Policy
	for _, tree := range c.trees {
		if policy, keep := eval.PartialPolicy(env, tree); keep {
			left = append(left, policy)
		}
	}
	return left
}

// Visible returns which of the invoices meet a residual.
func (c *Cedar) Visible(residual []*xast.Policy, rows []world.Invoice) ([]world.Invoice, error) {
	set := cedar.NewPolicySet()
	for i, policy := range residual {
		set.Add(cedar.PolicyID(strconv.Itoa(i)), cedar.NewPolicyFromAST((*ast.Policy)(policy)))
	}
	left := &Cedar{policies: set, caller: c.caller, user: c.user}
	var visible []world.Invoice
	for i := range rows {
		ok, err := left.Allow(left.Row("", &rows[i]))
		if err != nil {
			return nil, err
		}
		if ok {
			visible = append(visible, rows[i])
		}
	}
	return visible, nil
}

// Filter returns the visible invoices: one batch, for which Cedar evaluates what
// does not depend on them once.
func (c *Cedar) Filter(endpoint string, rows []world.Invoice) ([]world.Invoice, error) {
	entities := make(cedar.EntityMap, len(rows)+len(c.caller))
	for uid, e := range c.caller {
		entities[uid] = e
	}
	ids := make([]types.Value, len(rows))
	at := make(map[cedar.EntityUID]int, len(rows))
	for i := range rows {
		e := cedarInvoice(&rows[i])
		entities[e.UID], ids[i], at[e.UID] = e, e.UID, i
	}
	var visible []world.Invoice
	err := batch.Authorize(context.Background(), c.policies, entities, batch.Request{
		Principal: c.user, Action: cedarAction, Resource: batch.Variable("row"), Context: CedarContext(endpoint),
		Variables: batch.Variables{"row": ids},
	}, func(r batch.Result) error {
		if r.Decision == cedar.Allow {
			visible = append(visible, rows[at[r.Request.Resource]])
		}
		return nil
	})
	return visible, err
}
