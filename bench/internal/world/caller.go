// Package world is what all scenes are about: invoices, the callers that ask
// for them, and the policy that says who sees which.
//
// The role user sees the invoices of its account that it created, the role
// admin those of its account, and nobody anything else.
package world

import (
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Claims are the payload of a caller, as the README has them.
type Claims struct {
	payload.Registered
	Account string `json:"account"`
}

// The caller, and what it asks for.
const (
	Account  = "67890"
	Subject  = "12345"
	Endpoint = "invoices"
	Method   = roles.Get
)

// Caller returns the claims of the caller, in these roles.
func Caller(roles ...string) Claims {
	return Claims{
		Registered: payload.Registered{Subject: Subject, Roles: roles},
		Account:    Account,
	}
}

// OfAccount and OwnInvoices are the two rules, as templates.
func OfAccount() spec.Specification { return spec.Eq("account_id", spec.Var("account")) }

// OwnInvoices is the rule of the role user.
func OwnInvoices() spec.Specification {
	return OfAccount().And(spec.Eq("created_by", spec.Var("sub")))
}

// Policy is the small one: two roles, one endpoint.
func Policy() *roles.Service[Claims] { return policy[Claims]() }

// PolicyOfPointers is the same for claims that are handed over by pointer.
func PolicyOfPointers() *roles.Service[*Claims] { return policy[*Claims]() }

func policy[P roles.Payload]() *roles.Service[P] {
	return roles.MustService[P](
		roles.New("admin", roles.AllowWhere(Endpoint, Method, OfAccount())),
		roles.New("user", roles.AllowWhere(Endpoint, Method, OwnInvoices())),
	)
}
