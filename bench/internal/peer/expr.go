package peer

import (
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// Expr is a compiled program of expr over a struct, run by one machine that is
// kept.
type Expr struct {
	program *vm.Program
	machine vm.VM
	env     ExprRow
}

// ExprRow is an invoice and the caller that asks for it.
type ExprRow struct {
	*world.Invoice
	Endpoint string   `expr:"endpoint"`
	Method   string   `expr:"method"`
	Roles    []string `expr:"roles"`
	Account  string   `expr:"account"`
	Sub      string   `expr:"sub"`
}

// NewExpr returns a program of an expression.
func NewExpr(expression string, c world.Claims) (*Expr, error) {
	program, err := expr.Compile(expression, expr.Env(&ExprRow{}), expr.AsBool())
	return &Expr{program: program, env: ExprRow{
		Endpoint: world.Endpoint, Method: world.Method,
		Roles: c.Roles, Account: c.Account, Sub: c.Subject,
	}}, err
}

// NewExprOfRow returns a program of an expression that reads the invoice alone,
// which is faster.
func NewExprOfRow(expression string) (*Expr, error) {
	program, err := expr.Compile(expression, expr.Env(&world.Invoice{}), expr.AsBool())
	return &Expr{program: program}, err
}

// Allow evaluates an expression of one invoice and its caller.
func (e *Expr) Allow(row *world.Invoice) (bool, error) {
	e.env.Invoice = row
	return exprBool(e.machine.Run(e.program, &e.env))
}

// Matches evaluates an expression that reads the invoice alone.
func (e *Expr) Matches(row *world.Invoice) (bool, error) {
	return exprBool(e.machine.Run(e.program, row))
}

func exprBool(v any, err error) (bool, error) {
	b, _ := v.(bool)
	return b, err
}
