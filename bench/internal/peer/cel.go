package peer

import (
	"fmt"

	"cel.dev/cel-go/cel"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// CEL is a compiled, optimized program of cel-go. It reads the invoice through
// an activation of its own, so that nothing is put into maps.
type CEL struct {
	program cel.Program
	row     *celRow
}

// Decision is the small policy as one expression, the same for CEL and expr.
const Decision = `endpoint == "invoices" && method == "GET" && ` +
	`(("admin" in roles && account_id == account) || ` +
	`("user" in roles && account_id == account && created_by == sub))`

// NewCEL returns a program of an expression over an invoice and the caller that
// asks for it.
func NewCEL(expression string, c world.Claims) (*CEL, error) {
	env, err := cel.NewEnv(
		cel.Variable("endpoint", cel.StringType), cel.Variable("method", cel.StringType),
		cel.Variable("roles", cel.ListType(cel.StringType)),
		cel.Variable("account", cel.StringType), cel.Variable("sub", cel.StringType),
		cel.Variable("account_id", cel.StringType), cel.Variable("created_by", cel.StringType),
		cel.Variable("status", cel.StringType), cel.Variable("amount", cel.DoubleType))
	if err != nil {
		return nil, err
	}
	tree, issues := env.Compile(expression)
	if err := issues.Err(); err != nil {
		return nil, err
	}
	program, err := env.Program(tree, cel.EvalOptions(cel.OptOptimize))
	return &CEL{program, &celRow{claims: &c}}, err
}

// celRow resolves the names of an expression.
type celRow struct {
	claims *world.Claims
	row    *world.Invoice
}

func (r *celRow) ResolveName(name string) (any, bool) {
	switch name {
	case "account_id":
		return r.row.AccountID, true
	case "created_by":
		return r.row.CreatedBy, true
	case "status":
		return r.row.Status, true
	case "amount":
		return r.row.Amount, true
	case "endpoint":
		return world.Endpoint, true
	case "method":
		return world.Method, true
	case "roles":
		return r.claims.Roles, true
	case "account":
		return r.claims.Account, true
	case "sub":
		return r.claims.Subject, true
	}
	return nil, false
}

func (*celRow) Parent() cel.Activation { return nil }

// Allow evaluates the expression of one invoice.
func (c *CEL) Allow(row *world.Invoice) (bool, error) {
	c.row.row = row
	v, _, err := c.program.Eval(cel.Activation(c.row))
	if err != nil {
		return false, err
	}
	b, ok := v.Value().(bool)
	if !ok {
		return false, fmt.Errorf("not a bool: %v", v)
	}
	return b, nil
}
