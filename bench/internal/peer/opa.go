package peer

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/storage/inmem"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// OPA decides about an invoice with a prepared query, filters many with another,
// and says what condition they have to meet: prepared partial evaluation with the
// invoice unknown.
type OPA struct {
	allow   rego.PreparedEvalQuery
	filter  rego.PreparedEvalQuery
	partial rego.PreparedPartialQuery
	claims  *ast.Term
}

const opaSmall = `package invoices

default allow := false

allow if {
	input.endpoint == "invoices"
	input.method == "GET"
	"admin" in input.caller.roles
	input.row.account_id == input.caller.account
}

allow if {
	input.endpoint == "invoices"
	input.method == "GET"
	"user" in input.caller.roles
	input.row.account_id == input.caller.account
	input.row.created_by == input.caller.sub
}

visible := [i |
	"user" in input.caller.roles
	some i, row in input.rows
	row.account_id == input.caller.account
	row.created_by == input.caller.sub
]
`

// The rules are data, looked up by what is asked, as OPA's guide to performance
// has it.
const opaMany = `package invoices

default allow := false

allow if {
	some role in input.caller.roles
	data.rules[role][input.endpoint][input.method] == "own"
	input.row.account_id == input.caller.account
	input.row.created_by == input.caller.sub
}

visible := []
`

// NewOPA returns OPA with the small policy.
func NewOPA(c world.Claims) (*OPA, error) { return newOPA(c, opaSmall, nil) }

// NewOPAOfMany returns OPA with a large policy.
func NewOPAOfMany(c world.Claims, m world.Many) (*OPA, error) {
	rules := map[string]any{}
	_ = m.Each(func(role, endpoint string) error {
		of, ok := rules[role].(map[string]any)
		if !ok {
			of = map[string]any{}
			rules[role] = of
		}
		of[endpoint] = map[string]any{world.Method: "own"}
		return nil
	})
	return newOPA(c, opaMany, map[string]any{"rules": rules})
}

func newOPA(c world.Claims, module string, data map[string]any) (*OPA, error) {
	ctx := context.Background()
	query := func(text string) *rego.Rego {
		options := []func(*rego.Rego){
			rego.Query(text), rego.Module("invoices.rego", module), rego.Unknowns([]string{"input.row"}),
		}
		if data != nil {
			options = append(options, rego.Store(inmem.NewFromObject(data)))
		}
		return rego.New(options...)
	}
	roles := make([]any, len(c.Roles))
	for i, role := range c.Roles {
		roles[i] = role
	}
	claims, err := ast.InterfaceToValue(map[string]any{"roles": roles, "sub": c.Subject, "account": c.Account})
	if err != nil {
		return nil, err
	}
	o := &OPA{claims: ast.NewTerm(claims)}
	if o.allow, err = query("data.invoices.allow").PrepareForEval(ctx); err != nil {
		return nil, err
	}
	if o.filter, err = query("data.invoices.visible").PrepareForEval(ctx); err != nil {
		return nil, err
	}
	o.partial, err = query("data.invoices.allow == true").PrepareForPartial(ctx)
	return o, err
}

// OPAInput is the input of a query, made beforehand.
type OPAInput = ast.Value

// Input returns what the caller asks for; with an invoice, asks about that.
func (o *OPA) Input(endpoint string, row *world.Invoice) OPAInput {
	input := ast.NewObject(
		opaItem("endpoint", ast.StringTerm(endpoint)),
		opaItem("method", ast.StringTerm(world.Method)),
		opaItem("caller", o.claims))
	if row != nil {
		input.Insert(ast.StringTerm("row"), opaRow(row))
	}
	return input
}

func opaItem(key string, value *ast.Term) [2]*ast.Term {
	return [2]*ast.Term{ast.StringTerm(key), value}
}

func opaRow(row *world.Invoice) *ast.Term {
	return ast.ObjectTerm(
		opaItem("account_id", ast.StringTerm(row.AccountID)),
		opaItem("created_by", ast.StringTerm(row.CreatedBy)))
}

// Allow decides about one invoice.
func (o *OPA) Allow(input OPAInput) (bool, error) {
	results, err := o.allow.Eval(context.Background(), rego.EvalParsedInput(input))
	return results.Allowed(), err
}

// Residual returns the condition that invoices have to meet: one of the queries.
func (o *OPA) Residual(input OPAInput) (*rego.PartialQueries, error) {
	return o.partial.Partial(context.Background(), rego.EvalParsedInput(input))
}

// Visible returns which of the invoices meet a residual.
func (o *OPA) Visible(residual *rego.PartialQueries, rows []world.Invoice) ([]world.Invoice, error) {
	if len(residual.Support) > 0 {
		return nil, fmt.Errorf("the residual has modules beside its queries")
	}
	ctx := context.Background()
	var visible []world.Invoice
	for i := range rows {
		met := false
		for _, query := range residual.Queries {
			results, err := rego.New(rego.ParsedQuery(query),
				rego.ParsedInput(ast.NewObject(opaItem("row", opaRow(&rows[i]))))).Eval(ctx)
			if err != nil {
				return nil, err
			}
			met = met || len(results) > 0
		}
		if met {
			visible = append(visible, rows[i])
		}
	}
	return visible, nil
}

// Filter returns the visible invoices: one query, in which a comprehension picks
// them.
func (o *OPA) Filter(rows []world.Invoice) ([]world.Invoice, error) {
	terms := make([]*ast.Term, len(rows))
	for i := range rows {
		terms[i] = opaRow(&rows[i])
	}
	input := ast.NewObject(opaItem("caller", o.claims), opaItem("rows", ast.ArrayTerm(terms...)))
	results, err := o.filter.Eval(context.Background(), rego.EvalParsedInput(input))
	if err != nil {
		return nil, err
	}
	picked, ok := results[0].Expressions[0].Value.([]any)
	if !ok {
		return nil, fmt.Errorf("not a list: %v", results[0].Expressions[0].Value)
	}
	visible := make([]world.Invoice, len(picked))
	for i, at := range picked {
		n, err := at.(interface{ Int64() (int64, error) }).Int64()
		if err != nil {
			return nil, err
		}
		visible[i] = rows[n]
	}
	return visible, nil
}
