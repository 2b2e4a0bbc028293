package main

import (
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// decision is a decision for programs. What is missing permits nothing.
type decision struct {
	Allowed      bool                `json:"allowed"`
	Endpoint     string              `json:"endpoint"`
	Method       string              `json:"method"`
	Reason       string              `json:"reason,omitempty"`
	Roles        []string            `json:"roles,omitempty"`
	Grants       []string            `json:"grants,omitempty"`
	Restrictions []string            `json:"restrictions,omitempty"`
	Rows         *spec.Specification `json:"rows,omitempty"`
	RowsText     string              `json:"rows_text,omitempty"`
	Check        *spec.Specification `json:"check,omitempty"`
	CheckText    string              `json:"check_text,omitempty"`
	CheckReason  string              `json:"check_reason,omitempty"`
	AllColumns   bool                `json:"all_columns,omitempty"`
	Columns      *[]string           `json:"columns,omitempty"`
	Notes        []string            `json:"notes,omitempty"`
	Considered   []considered        `json:"considered,omitempty"`
}

type considered struct {
	Role    string `json:"role"`
	Where   string `json:"where,omitempty"`
	Outcome string `json:"outcome"`
}

func decisionJSON(d roles.Decision, all bool, notes []string) decision {
	out := decision{Allowed: d.Allowed(), Endpoint: d.Endpoint, Method: d.Method, Notes: notes}
	for _, c := range d.Considered {
		if all {
			out.Considered = append(out.Considered, considered{c.Role, c.Where, string(c.Outcome)})
		}
		if c.Outcome == roles.Decided {
			out.Grants = append(out.Grants, c.Where)
		}
	}
	if !d.Allowed() {
		out.Grants, out.Reason = nil, reasonOf(forbidden(d))
		return out
	}
	out.Roles, out.Restrictions = d.Roles, d.Restrictions
	out.Rows, out.RowsText = &d.Specification, d.Specification.String()
	out.Check, out.CheckText = &d.Check, d.Check.String()
	if d.CheckErr != nil {
		out.CheckReason = reasonOf(d.CheckErr)
	}
	columns := append([]string{}, d.Columns.Names()...)
	out.AllColumns, out.Columns = d.Columns.All(), &columns
	return out
}
