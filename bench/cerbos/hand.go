package main

import (
	"slices"

	"github.com/rolespec/rolespec/bench/internal/world"
)

// condition is the answer of a policy that is written into the program.
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

//go:noinline
func decide(c *world.Claims, endpoint, method string) condition {
	switch {
	case endpoint != "invoices" || method != "GET":
	case slices.Contains(c.Roles, "admin"):
		return condition{ofAccount, c}
	case slices.Contains(c.Roles, "user"):
		return condition{own, c}
	}
	return condition{}
}

func (c condition) allows(row *world.Invoice) bool {
	switch c.rule {
	case ofAccount:
		return row.AccountID == c.claims.Account
	case own:
		return row.AccountID == c.claims.Account && row.CreatedBy == c.claims.Subject
	case nothing:
	}
	return false
}

//go:noinline
func allow(c *world.Claims, endpoint, method string, row *world.Invoice) bool {
	return decide(c, endpoint, method).allows(row)
}
