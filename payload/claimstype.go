package payload

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// claimsType is what a verifier or signer must know of its claims type.
type claimsType struct {
	shape *shape
	loose bool // decode numbers exactly where they land in an interface
}

// registeredNames are the claims of [Registered], in its order.
var registeredNames = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "typ", "roles"}

var registeredType = reflect.TypeFor[Registered]()

// inspect checks C and returns the problem it has, or "".
func inspect[C any]() (of claimsType, problem string) {
	t := indirect(reflect.TypeFor[C]())
	b := &shaper{made: map[reflect.Type]*shape{}}
	switch {
	case t.Kind() == reflect.Struct:
		problem = checkFields(t)
	case t.Kind() == reflect.Map && t.Key().Kind() == reflect.String:
	default:
		problem = fmt.Sprintf("claims of type %s: they must be a struct or a map of names", t)
	}
	if problem != "" {
		return of, problem
	}
	top := newShape()
	if s := b.of(t); s != nil { // a copy: the type may hold itself, without these names
		top = &shape{fields: maps.Clone(s.fields), names: slices.Clone(s.names), odd: s.odd, elem: s.elem}
	}
	for _, name := range registeredNames {
		if _, known := top.fields[name]; !known {
			top.add(name, nil)
		}
	}
	return claimsType{shape: top, loose: b.loose}, ""
}

// checkFields looks for what would let a claim be read into another field than the one
// that was verified.
func checkFields(t reflect.Type) string {
	owners := map[string]reflect.Type{}
	embeds := false
	for _, f := range fieldsOf(t) {
		if f.owner == registeredType {
			embeds = true
			if f.pointer {
				return fmt.Sprintf("%s embeds Registered through a pointer: embed it by value", t)
			}
		}
		if f.embedded && indirect(f.typ) == registeredType {
			return fmt.Sprintf("%s embeds Registered with a json tag: embed it without", t)
		}
		for _, name := range registeredNames {
			if f.name != name && strings.EqualFold(f.name, name) {
				return fmt.Sprintf("%s has a field %q, which differs from the claim %q in case only", t, f.name, name)
			}
		}
		other, taken := owners[f.name]
		if taken && (f.owner == registeredType || other == registeredType) {
			return fmt.Sprintf("%s has a second field for the claim %q of Registered", t, f.name)
		}
		owners[f.name] = f.owner
	}
	if embeds && t != registeredType && unmarshalsItself(t) {
		return fmt.Sprintf("%s embeds Registered and unmarshals itself, so what fills Registered is not known", t)
	}
	return ""
}
