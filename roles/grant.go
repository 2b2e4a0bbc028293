package roles

import (
	"fmt"
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
	endpoint string
	method   string // in upper case
	all      bool   // every endpoint and method
	except   bool   // takes away what a wider grant gives
	rule     rule
	where    string // file:line of the declaration
}

// Allow grants a method of an endpoint on the rows that the rule returns. The
// rule is called at every Verify, with the caller's payload. Its parameter is
// the payload type of the service, or an interface that the payload implements,
// so that one rule can serve several services.
//
// A function gets the payload as it is: an account that the token did not name
// is "" there, and Eq("account", "") shows the rows without one. Require the
// claim when the token is verified, or use [AllowWhere], which denies.
func Allow[R any](endpoint, method string, rule func(payload R) spec.Specification) Grant {
	return newGrant(endpoint, method, functionRule(rule))
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
func AllowWhere(endpoint, method string, template spec.Specification) Grant {
	return newGrant(endpoint, method, templateRule(template))
}

// AllowAll grants every method of every endpoint. More specific grants of the
// same role come first.
func AllowAll[R any](rule func(payload R) spec.Specification) Grant {
	g := newGrant("", "", functionRule(rule))
	g.all = true
	return g
}

// AllowAllWhere is [AllowAll] with a template.
func AllowAllWhere(template spec.Specification) Grant {
	g := newGrant("", "", templateRule(template))
	g.all = true
	return g
}

// Except takes a method of an endpoint, or with [AnyMethod] the whole endpoint,
// out of what the role's wider grants give. It concerns this role alone: another
// role of the caller may still permit it.
func Except(endpoint, method string) Grant {
	g := newGrant(endpoint, method, rule{})
	g.except = true
	return g
}

// Everything is the rule that returns all rows, the only one in this package: who
// sees everything is a search for this word.
//
//	roles.AllowAll(roles.Everything)
func Everything(any) spec.Specification { return spec.All() }

func newGrant(endpoint, method string, r rule) Grant {
	return Grant{endpoint: endpoint, method: canonicalMethod(method), rule: r, where: callerOutside()}
}

// target says what the grant is about, for errors.
func (g Grant) target() string {
	if g.all {
		return "everything"
	}
	return fmt.Sprintf("%s %q", g.method, g.endpoint)
}

// canonicalMethod writes ASCII letters in upper case and leaves the rest alone:
// Unicode folding would make K and the Kelvin sign the same method.
func canonicalMethod(method string) string {
	for i := range len(method) {
		if c := method[i]; c >= 'a' && c <= 'z' {
			b := []byte(method)
			for j := i; j < len(b); j++ {
				if b[j] >= 'a' && b[j] <= 'z' {
					b[j] -= 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return method
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
		return rule{}
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

func templateRule(template spec.Specification) rule { return rule{template: &template} }
