package rolesql

import (
	"errors"
	"fmt"
)

// ErrUnsupported is wrapped by every [*PolicyError]: the policy says something that
// row security cannot.
var ErrUnsupported = errors.New("rolesql: cannot be row security")

// PolicyError says what of a policy cannot be row security, and where it stands.
type PolicyError struct {
	Role   string // empty for a restriction and for the policy as a whole
	Where  string // file and line; empty for the policy as a whole
	Reason string
}

// Error returns a sentence for a log.
func (e *PolicyError) Error() string {
	switch {
	case e.Where == "":
		return fmt.Sprintf("%v: %s", ErrUnsupported, e.Reason)
	case e.Role == "":
		return fmt.Sprintf("%v: the restriction at %s: %s", ErrUnsupported, e.Where, e.Reason)
	}
	return fmt.Sprintf("%v: role %q, at %s: %s", ErrUnsupported, e.Role, e.Where, e.Reason)
}

// Unwrap returns [ErrUnsupported].
func (e *PolicyError) Unwrap() error { return ErrUnsupported }
