package main

import (
	"fmt"

	enginev1 "github.com/cerbos/cerbos/api/genpb/cerbos/engine/v1"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// visible returns which rows a plan allows: what an adapter for a database would make
// SQL of is evaluated here, as far as the policies of these scenes need it.
func visible(f *enginev1.PlanResourcesFilter, rows []world.Invoice) ([]world.Invoice, error) {
	var seen []world.Invoice
	for i := range rows {
		ok := false
		var err error
		switch f.GetKind() {
		case enginev1.PlanResourcesFilter_KIND_ALWAYS_ALLOWED:
			ok = true
		case enginev1.PlanResourcesFilter_KIND_ALWAYS_DENIED:
		case enginev1.PlanResourcesFilter_KIND_CONDITIONAL:
			ok, err = holds(f.GetCondition(), &rows[i])
		default:
			err = fmt.Errorf("a filter of the kind %v", f.GetKind())
		}
		if err != nil {
			return nil, err
		}
		if ok {
			seen = append(seen, rows[i])
		}
	}
	return seen, nil
}

// holds evaluates a condition: and, or, and the equality of texts.
func holds(o *enginev1.PlanResourcesFilter_Expression_Operand, row *world.Invoice) (bool, error) {
	e := o.GetExpression()
	switch e.GetOperator() {
	case "and", "or":
		stop := e.GetOperator() == "or"
		for _, term := range e.GetOperands() {
			if ok, err := holds(term, row); err != nil || ok == stop {
				return ok, err
			}
		}
		return !stop, nil
	case "eq":
		if len(e.GetOperands()) != 2 {
			return false, fmt.Errorf("an equality of %d", len(e.GetOperands()))
		}
		left, err := text(e.GetOperands()[0], row)
		if err != nil {
			return false, err
		}
		right, err := text(e.GetOperands()[1], row)
		return left == right, err
	}
	return false, fmt.Errorf("an expression of the operator %q", e.GetOperator())
}

func text(o *enginev1.PlanResourcesFilter_Expression_Operand, row *world.Invoice) (string, error) {
	if o.GetValue() != nil {
		return o.GetValue().GetStringValue(), nil
	}
	switch o.GetVariable() {
	case "request.resource.attr.account_id":
		return row.AccountID, nil
	case "request.resource.attr.created_by":
		return row.CreatedBy, nil
	}
	return "", fmt.Errorf("an operand that is not known: %v", o)
}
