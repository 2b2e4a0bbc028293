package decide

import (
	"github.com/rolespec/rolespec/bench/internal/world"
)

// condition is what a person returns who writes the policy into the program:
// which of the two rules, and the claims that it reads when it is asked. It is
// as little as an answer can be.
type condition struct {
	rule   rule
	claims *world.Claims
}

type rule uint8

const (
	nothing rule = iota
	ofAccount
	own
)

// handVerify is Verify for the small policy, written by hand. It is kept from
// being inlined, as a function of another package with a policy in it would be.
//
//go:noinline
func handVerify(c *world.Claims, endpoint, method string) condition {
	if endpoint != "invoices" || method != "GET" {
		return condition{}
	}
	for _, role := range c.Roles {
		if role == "admin" {
			return condition{ofAccount, c}
		}
	}
	for _, role := range c.Roles {
		if role == "user" {
			return condition{own, c}
		}
	}
	return condition{}
}

// values is the same answer with the values taken out of the claims.
type values struct {
	rule             rule
	account, subject string
}

//go:noinline
func handVerifyValues(c *world.Claims, endpoint, method string) values {
	if endpoint != "invoices" || method != "GET" {
		return values{}
	}
	for _, role := range c.Roles {
		if role == "admin" {
			return values{rule: ofAccount, account: c.Account}
		}
	}
	for _, role := range c.Roles {
		if role == "user" {
			return values{own, c.Account, c.Subject}
		}
	}
	return values{}
}

func (v values) allows(row *world.Invoice) bool {
	switch v.rule {
	case ofAccount:
		return row.AccountID == v.account
	case own:
		return row.AccountID == v.account && row.CreatedBy == v.subject
	}
	return false
}

func (c condition) allows(row *world.Invoice) bool {
	switch c.rule {
	case ofAccount:
		return row.AccountID == c.claims.Account
	case own:
		return row.AccountID == c.claims.Account && row.CreatedBy == c.claims.Subject
	}
	return false
}

// handAllow decides about one invoice.
//
//go:noinline
func handAllow(c *world.Claims, endpoint, method string, row *world.Invoice) bool {
	if endpoint != "invoices" || method != "GET" {
		return false
	}
	for _, role := range c.Roles {
		if role == "admin" {
			return row.AccountID == c.Account
		}
	}
	for _, role := range c.Roles {
		if role == "user" {
			return row.AccountID == c.Account && row.CreatedBy == c.Subject
		}
	}
	return false
}

// visible prints which of the probes a condition allows.
func visible(allows func(*world.Invoice) bool) (string, error) {
	var rows []world.Invoice
	for _, row := range world.Probes() {
		if allows(&row) {
			rows = append(rows, row)
		}
	}
	return world.IDs(rows)
}
