package roles

import (
	"errors"

	"github.com/rolespec/rolespec/spec"
)

// request is what a caller asks for.
type request[P Payload] struct {
	payload  *P
	endpoint string
	method   string
}

func (r request[P]) forbidden(reason string) error {
	return &ForbiddenError{Endpoint: r.endpoint, Method: r.method, Reason: reason}
}

// evaluate evaluates a rule. One that panics is a denial, and so is one that
// returns something unusable. The role is empty for a restriction.
func (r request[P]) evaluate(role string, rule *evaluator[P]) (_ spec.Specification, err error) {
	fail := func(reason string, cause error) (spec.Specification, error) {
		if role == "" {
			reason = "a restriction failed: " + reason
		}
		return spec.Specification{}, &ForbiddenError{Endpoint: r.endpoint, Method: r.method, Role: role, Reason: reason, err: cause}
	}
	defer func() {
		if recover() != nil { // its value may hold claims
			_, err = fail("it panicked", nil)
		}
	}()
	s, err := rule.rows(r.payload)
	if err == nil {
		err = s.Err()
	}
	if err == nil && s.IsTemplate() {
		err = &spec.UnboundError{Name: s.Vars()[0]}
	}
	var unbound *spec.UnboundError
	switch {
	case errors.As(err, &unbound):
		return fail("claim "+unbound.Name+" is missing, empty or not bound", err)
	case err != nil:
		return fail("it returned a specification with an error", err)
	}
	return s, nil
}
