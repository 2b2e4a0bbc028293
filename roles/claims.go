package roles

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// claims reads the claims that a template names from a payload of type P. It is
// made when the service is built, so a claim that P does not have is found then.
type claims[P any] map[string]func(*P) spec.Value

func claimsOf[P any](template spec.Specification, declared *spec.Schema) (claims[P], error) {
	if err := template.Err(); err != nil {
		return nil, err
	}
	c := claims[P]{}
	for leaf := range template.Leaves() {
		for _, name := range spec.NewLeaf("any", leaf.Op, leaf.Value).Vars() {
			get, claim, err := claimOf[P](name, declared)
			if err != nil {
				return nil, fmt.Errorf("claim %q: %w", name, err)
			}
			if claim.List && leaf.Op != spec.OpIn && leaf.Op != spec.OpOverlaps {
				return nil, fmt.Errorf("claim %q is a list, %s(%q) takes one value", name, leaf.Op, leaf.Field)
			}
			c[name] = get
		}
	}
	return c, nil
}

// claimOf returns how to read a claim. One that is declared has to be in the
// payload type as declared; in a map it is held against the declaration each
// time.
func claimOf[P any](name string, declared *spec.Schema) (get func(*P) spec.Value, claim spec.Field, err error) {
	if declared == nil {
		return spec.ClaimGetter[P](name)
	}
	want, ok := declared.Field(name)
	if !ok {
		return nil, claim, errors.New("it is not declared")
	}
	if reflect.TypeFor[P]().Kind() == reflect.Map {
		return spec.ClaimGetter[P](name, spec.WithSchema(declared))
	}
	get, claim, err = spec.ClaimGetter[P](name)
	if err == nil && (claim.Kind != want.Kind || claim.List != want.List) {
		return nil, claim, fmt.Errorf("it is declared as %v, list %v, and is %v, list %v, in the payload", want.Kind, want.List, claim.Kind, claim.List)
	}
	return get, claim, err
}

// bind fills the claims of the payload into the template.
func (c claims[P]) bind(template spec.Specification, payload *P) (spec.Specification, error) {
	if len(c) == 0 {
		return template, nil
	}
	return template.Bind(func(name string) (spec.Value, bool) {
		v := c[name](payload)
		return v, !isMissing(v)
	})
}

// isMissing reports whether a claim, or an element of one, says nothing. An empty
// text is how most payloads spell "absent"; taken as a value it would show the
// rows that carry an empty text themselves. An empty list says that there is
// nothing, which is something.
func isMissing(v spec.Value) bool {
	switch v.Kind() {
	case spec.KindNull:
		return true
	case spec.KindString:
		return v.Text() == ""
	case spec.KindList:
		return slices.ContainsFunc(v.List(), isMissing)
	case spec.KindBytes:
		return len(v.Bytes()) == 0
	case spec.KindUUID:
		return v.UUID() == [16]byte{}
	}
	return false
}
