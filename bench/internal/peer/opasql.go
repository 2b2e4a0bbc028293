package peer

import (
	"context"
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
	"github.com/open-policy-agent/opa/v1/rego/compile"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// OPAWhere makes the WHERE of a request: OPA's compilation of a policy to SQL,
// prepared. It writes the values into the text.
type OPAWhere struct {
	prepared *compile.Prepared
	input    ast.Value
}

// The invoice is named after its table here, and the module is the small policy.
const opaWhere = `package invoices

include if {
	input.endpoint == "invoices"
	input.method == "GET"
	"admin" in input.caller.roles
	input.invoices.account_id == input.caller.account
}

include if {
	input.endpoint == "invoices"
	input.method == "GET"
	"user" in input.caller.roles
	input.invoices.account_id == input.caller.account
	input.invoices.created_by == input.caller.sub
}
`

// NewOPAWhere returns OPA with the small policy, for PostgreSQL.
func NewOPAWhere(c world.Claims) (*OPAWhere, error) {
	opa, err := NewOPA(c)
	if err != nil {
		return nil, err
	}
	prepared, err := compile.New(
		compile.Target("sql", "postgresql"),
		compile.ParsedUnknowns(ast.MustParseTerm("input.invoices")),
		compile.ParsedQuery(ast.MustParseBody("data.invoices.include")),
		compile.Rego(rego.Module("where.rego", opaWhere)),
	).Prepare(context.Background())
	return &OPAWhere{prepared, opa.Input(world.Endpoint, nil)}, err
}

// Where decides, and returns the WHERE of the invoices that the caller sees.
func (o *OPAWhere) Where() (string, error) {
	filters, err := o.prepared.Compile(context.Background(), rego.EvalParsedInput(o.input))
	if err != nil {
		return "", err
	}
	text, ok := filters.For("sql", "postgresql").Query.(string)
	if !ok {
		return "", fmt.Errorf("OPA denies: %v", filters.For("sql", "postgresql").Query)
	}
	return text, nil
}
