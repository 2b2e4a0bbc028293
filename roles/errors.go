package roles

import (
	"errors"
	"fmt"
	"strconv"
)

// ErrForbidden is wrapped by every error of Verify and Decide: the caller may
// not do this (403 in HTTP).
var ErrForbidden = errors.New("roles: forbidden")

// ErrPolicy is wrapped by every error of [NewService]: the policy contradicts
// itself or does not fit the payload type.
var ErrPolicy = errors.New("roles: policy cannot be used")

// ForbiddenError says why a caller may not do something. Its text is for logs:
// it names endpoint, method and the role whose rule failed, but no claim and no
// role of the caller's.
type ForbiddenError struct {
	Endpoint string
	Method   string
	Role     string // whose rule failed; empty where no role permits it
	Reason   string
	err      error
}

// Error returns a sentence for a log.
func (e *ForbiddenError) Error() string {
	method := e.Method
	if quoted := strconv.Quote(method); quoted != `"`+method+`"` { // it comes from a request
		method = quoted
	}
	if e.Role != "" {
		return fmt.Sprintf("roles: forbidden: %s %q: the rule of role %q failed: %s", method, e.Endpoint, e.Role, e.Reason)
	}
	return fmt.Sprintf("roles: forbidden: %s %q: %s", method, e.Endpoint, e.Reason)
}

// Unwrap returns [ErrForbidden] and, where a rule failed, what it failed with.
func (e *ForbiddenError) Unwrap() []error {
	if e.err == nil {
		return []error{ErrForbidden}
	}
	return []error{ErrForbidden, e.err}
}
