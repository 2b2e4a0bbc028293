package roles

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// GrantOption is what else a grant says.
type GrantOption func(*Grant)

// Check is a rule for the rows that are written: a new row, or a changed one as
// it will be, has to satisfy it, and not the rule of the grant, which is for the
// rows that are there. Without a check the rule of the grant stands for both. It
// is WITH CHECK in PostgreSQL. See [Service.Permission].
func Check[R any](rule func(payload R) spec.Specification) GrantOption {
	return func(g *Grant) { g.check = functionRule(rule) }
}

// CheckWhere is [Check] with a template.
func CheckWhere(template spec.Specification) GrantOption {
	return func(g *Grant) { g.check = templateRule(template) }
}

// Columns lists the fields that the grant lets the caller read or, as the method
// has it, write. Without it a grant is for all; with no fields it is for none.
func Columns(fields ...string) GrantOption {
	return func(g *Grant) { g.columns = append([]string{}, slices.Clone(fields)...) }
}
