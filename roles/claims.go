package roles

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/rolespec/rolespec/spec"
)

// binderOf returns what binds a template to payloads of type P. It is made when the
// service is built, so a claim that P does not have is found then.
func binderOf[P any](template spec.Specification, declared *spec.Schema) (*spec.Binder[P], error) {
	for leaf := range template.Leaves() {
		for _, name := range spec.NewLeaf("any", leaf.Op, leaf.Value).Vars() {
			claim, err := claimOf[P](name, declared)
			if err != nil {
				return nil, fmt.Errorf("claim %q: %w", name, err)
			}
			if claim.List && leaf.Op != spec.OpIn && leaf.Op != spec.OpOverlaps {
				return nil, fmt.Errorf("claim %q is a list, %s(%q) takes one value", name, leaf.Op, leaf.Field)
			}
		}
	}
	if declared != nil && isMap[P]() {
		return spec.NewBinder[P](template, spec.WithSchema(declared))
	}
	return spec.NewBinder[P](template)
}

// claimOf returns what kind of claim a name is. One that is declared has to be in the
// payload type as declared; in a map it is held against the declaration each time.
func claimOf[P any](name string, declared *spec.Schema) (claim spec.Field, err error) {
	if declared == nil {
		_, claim, err = spec.ClaimGetter[P](name)
		return claim, err
	}
	want, ok := declared.Field(name)
	if !ok {
		return claim, errors.New("it is not declared")
	}
	if isMap[P]() {
		_, claim, err = spec.ClaimGetter[P](name, spec.WithSchema(declared))
		return claim, err
	}
	_, claim, err = spec.ClaimGetter[P](name)
	if err == nil && (claim.Kind != want.Kind || claim.List != want.List) {
		return claim, fmt.Errorf("it is declared as %v, list %v, and is %v, list %v, in the payload", want.Kind, want.List, claim.Kind, claim.List)
	}
	return claim, err
}

func isMap[P any]() bool { return reflect.TypeFor[P]().Kind() == reflect.Map }
