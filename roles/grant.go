package roles

import (
	"reflect"

	"github.com/rolespec/rolespec/spec"
)

// The methods of HTTP (RFC 9110, RFC 5789), one for actions that are not HTTP,
// and one that stands for every method. Any other word can be a method too.
const (
	Get     = "GET"
	Head    = "HEAD"
	Post    = "POST"
	Put     = "PUT"
	Patch   = "PATCH"
	Delete  = "DELETE"
	Options = "OPTIONS"
	Execute = "EXECUTE"

	AnyMethod = "*"
)

// Grant is one line of a role. The zero Grant makes a service fail to build.
type Grant struct {
	target
	effect  effect
	rule    rule
	check   rule     // for the rows that are written
	columns []string // nil for all
	where   string   // file:line of the declaration
}

// effect is what a grant does with its target.
type effect uint8

const (
	allows  effect = iota
	excepts        // takes away what a wider grant of the role gives
	denies         // takes away what any role gives
)

// Allow grants a method of an endpoint on the rows that the rule returns. The
// rule is called at every Verify, with the caller's payload. Its parameter is
// the payload type of the service, or an interface that the payload implements,
// so that one rule can serve several services.
//
// A function gets the payload as it is: an account that the token did not name
// is "" there, and Eq("account", "") shows the rows without one. Require the
// claim when the token is verified, or use [AllowWhere], which denies.
func Allow[R any](endpoint, method string, rule func(payload R) spec.Specification, opts ...GrantOption) Grant {
	return newGrant(on(endpoint, method), allows, functionRule(rule), opts...)
}

// AllowWhere is [Allow] with a template instead of a function: a specification
// whose variables are claims of the payload.
//
//	roles.AllowWhere("tasks", roles.Get, spec.Eq("account_id", spec.Var("account")))
//
// A variable names a field of the payload as JSON does ("account" for a field
// tagged json:"account"), with a dot for nested ones. One that the payload type
// does not have is an error when the service is built. One that a caller's
// payload leaves null or empty (no text, no time, no UUID) is a denial: a caller
// without an account must not see the rows without one.
func AllowWhere(endpoint, method string, template spec.Specification, opts ...GrantOption) Grant {
	return newGrant(on(endpoint, method), allows, templateRule(template), opts...)
}

// AllowAll grants every method of every endpoint. More specific grants of the
// same role come first.
func AllowAll[R any](rule func(payload R) spec.Specification, opts ...GrantOption) Grant {
	return newGrant(everything(), allows, functionRule(rule), opts...)
}

// AllowAllWhere is [AllowAll] with a template.
func AllowAllWhere(template spec.Specification, opts ...GrantOption) Grant {
	return newGrant(everything(), allows, templateRule(template), opts...)
}

// Except takes a method of an endpoint, or with [AnyMethod] the whole endpoint,
// out of what the role's wider grants give. It concerns this role alone: another
// role of the caller may still permit it; see [Deny].
func Except(endpoint, method string) Grant {
	return newGrant(on(endpoint, method), excepts, rule{})
}

// Everything is the rule that returns all rows, the only one in this package: who
// sees everything is a search for this word.
//
//	roles.AllowAll(roles.Everything)
func Everything(any) spec.Specification { return spec.All() }

func newGrant(t target, e effect, r rule, opts ...GrantOption) Grant {
	g := Grant{target: t, effect: e, rule: r, where: callerOutside()}
	for _, opt := range opts {
		opt(&g)
	}
	return g
}

// At returns the grant with another place of declaration, for code that makes
// grants from a file.
func (g Grant) At(where string) Grant {
	g.where = where
	return g
}

// rule is what a grant returns rows by: a function of some payload type, or a
// template.
type rule struct {
	function any          // a func(R) spec.Specification
	payload  reflect.Type // R
	call     func(payload any) (spec.Specification, bool)
	template *spec.Specification
}

func functionRule[R any](f func(R) spec.Specification) rule {
	if f == nil {
		return rule{payload: reflect.TypeFor[R]()}
	}
	return rule{
		function: f,
		payload:  reflect.TypeFor[R](),
		call: func(payload any) (spec.Specification, bool) {
			p, ok := payload.(R)
			if !ok {
				return spec.Specification{}, false
			}
			return f(p), true
		},
	}
}

// isSet reports whether there is a rule, or an attempt at one.
func (r rule) isSet() bool { return r.template != nil || r.call != nil || r.payload != nil }

func templateRule(template spec.Specification) rule { return rule{template: &template} }
