package rolehttp

import (
	"errors"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
)

// Outcome is what became of a request at a guard.
type Outcome string

// The outcomes, with the status of the answer.
const (
	Allowed      Outcome = "allowed"       // the handler is called
	BadRequest   Outcome = "bad request"   // 400: a token that cannot be told, or more than one
	NoToken      Outcome = "no token"      // 401, without an error code
	InvalidToken Outcome = "invalid token" // 401
	Forbidden    Outcome = "forbidden"     // 403
	Failed       Outcome = "failed"        // 500: something panicked, or the guard was not made by New
	Unavailable  Outcome = "unavailable"   // 503: the token could not be verified
)

// ErrDenied is wrapped by every error of [Guard.Admit].
var ErrDenied = errors.New("rolehttp: denied")

// DeniedError says why a request was not let through. Its text is its outcome and can
// be shown to anybody; [DeniedError.Reason] is for logs.
type DeniedError struct {
	Outcome Outcome
	reason  string
	err     error
}

// Error returns the outcome.
func (e *DeniedError) Error() string { return ErrDenied.Error() + ": " + string(e.Outcome) }

// Reason says more, for logs: why the token is not valid or the policy forbids it. It
// holds no claim and no part of the token.
func (e *DeniedError) Reason() string { return e.reason }

// Unwrap returns [ErrDenied] and what the verifier or the policy said.
func (e *DeniedError) Unwrap() []error {
	if e.err == nil {
		return []error{ErrDenied}
	}
	return []error{ErrDenied, e.err}
}

func denied(o Outcome, reason string) *DeniedError { return &DeniedError{Outcome: o, reason: reason} }

// refused is the denial of a token that the verifier did not accept.
func refused(err error) *DeniedError {
	if !errors.Is(err, payload.ErrInvalid) || errors.Is(err, payload.ErrKeysUnavailable) {
		return &DeniedError{Unavailable, "the token could not be verified", err}
	}
	d := &DeniedError{InvalidToken, "the token is not valid", err}
	var why *payload.Error
	if errors.As(err, &why) && why.Reason() != "" {
		d.reason = why.Reason()
	}
	return d
}

// forbidden is the denial of what the policy does not permit.
func forbidden(err error) *DeniedError {
	d := &DeniedError{Forbidden, "the policy does not permit it", err}
	var why *roles.ForbiddenError
	if errors.As(err, &why) {
		d.reason = why.Reason
	}
	return d
}
