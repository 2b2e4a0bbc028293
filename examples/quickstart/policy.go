package main

import (
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Rules, and parts of rules. A variable is a claim of the caller's token, filled
// in when the policy is asked.
var (
	inAccount = spec.Eq("account", spec.Var("account")).And(spec.IsNull("deleted_at"))
	mine      = spec.Eq("created_by", spec.Var("sub")).Or(spec.Eq("assignee", spec.Var("sub")))
	ofMyTeam  = spec.In("assignee", spec.Var("team"))
	notDone   = spec.Ne("status", "done")
	offers    = spec.HasPrefix("title", "50%_off").And(notDone, spec.IsNull("deleted_at"))
	invoices  = spec.Eq("account", spec.Var("account")).And(spec.Matches("title", `(?i)invoice \d+`))
	myWallet  = spec.Eq("owner", spec.Var("sub"))
)

// The policy. What is not written here is forbidden. The first role that permits
// a request decides, in this order.
var policy = roles.MustService[Claims](

	// Sees everything, but not even an admin spends what is somebody else's.
	roles.New("admin",
		roles.AllowAll(roles.Everything),
		roles.Except("wallets", roles.AnyMethod)),

	// Leads the people of an account.
	roles.New("manager",
		roles.AllowWhere("tasks", roles.Get, inAccount),
		roles.AllowWhere("tasks", roles.Patch, inAccount.And(ofMyTeam)),
		roles.Allow("tasks", roles.Delete, withinLimit)),

	// Works on tasks, and has a wallet.
	roles.New("user",
		roles.AllowWhere("tasks", roles.Get, inAccount.And(mine)),
		roles.AllowWhere("tasks", roles.Patch, inAccount.And(mine, notDone)),
		roles.AllowWhere("wallets", roles.Execute, myWallet)),

	// Reads the invoices of an account, deleted ones too.
	roles.New("auditor",
		roles.AllowWhere("tasks", roles.Get, invoices)),

	// Reads what is on offer, in any account.
	roles.New("guest",
		roles.AllowWhere("tasks", roles.Get, offers)),
)

// withinLimit is a function of the claims, because no template can multiply: each
// level of seniority may delete tasks worth 100 more. The account is not empty:
// the verifier refuses a token without one.
func withinLimit(c Claims) spec.Specification {
	return spec.And(
		spec.Eq("account", c.Account),
		spec.IsNull("deleted_at"),
		spec.Lte("amount", 100*c.Level))
}
