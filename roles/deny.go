package roles

import (
	"github.com/rolespec/rolespec/spec"
)

// Deny takes a method of an endpoint, or with [AnyMethod] the whole endpoint,
// from every caller who has the role, whatever other roles permit.
func Deny(endpoint, method string) Grant { return newGrant(on(endpoint, method), denies, anyRow()) }

// DenyAll takes everything from every caller who has the role, as a role for
// those who are suspended would.
func DenyAll() Grant { return newGrant(everything(), denies, anyRow()) }

// DenyRows hides the rows that the rule returns from every caller who has the
// role, whatever other roles show. Rows of which the rule is unknown are hidden
// too.
func DenyRows[R any](endpoint, method string, rule func(payload R) spec.Specification) Grant {
	return newGrant(on(endpoint, method), denies, functionRule(rule))
}

// DenyWhere is [DenyRows] with a template.
func DenyWhere(endpoint, method string, template spec.Specification) Grant {
	return newGrant(on(endpoint, method), denies, templateRule(template))
}

func anyRow() rule { return templateRule(spec.All()) }
