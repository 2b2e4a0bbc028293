package database

import (
	"errors"
	"fmt"
	"strings"
)

// index is the one that serves the statements.
const index = "invoices_account_id_created_by"

// A Plan is what an engine says it will do for a statement.
type Plan struct {
	Way  string
	When string // which of the plans there are for the statement; "" for the one
	Plan string // without figures
}

// ErrPlan: a statement is not served as the one that is written by hand.
var ErrPlan = errors.New("database: another plan")

// SamePlan returns an error unless the plans are, at every When, those of the first
// way, which find the rows by both columns of the index.
func SamePlan(plans []Plan) error {
	compared := false
	first := map[string]Plan{} // by When
	for _, p := range plans {
		want, ok := first[p.When]
		switch {
		case !ok && !p.served():
			return fmt.Errorf("%w: %s is not served by the index: %s", ErrPlan, p.Way, p.Plan)
		case !ok:
			first[p.When] = p
		case p.Plan != want.Plan:
			return fmt.Errorf("%w: %s: %s, but %s: %s", ErrPlan, p.Way, p.Plan, want.Way, want.Plan)
		default:
			compared = true
		}
	}
	if !compared {
		return fmt.Errorf("%w: nothing to compare", ErrPlan)
	}
	return nil
}

// served reports whether both columns are looked up in the index. What comes after its
// name is what is looked up there; what rows are filtered by is behind a comma.
func (p Plan) served() bool {
	_, found, _ := strings.Cut(p.Plan, index)
	found, _, _ = strings.Cut(found, ",")
	return strings.Contains(found, "account_id") && strings.Contains(found, "created_by")
}
