package spec

import (
	"errors"
	"fmt"
)

// What can be wrong with lookups and sort keys, beside [ErrField] and its like.
// Test with errors.Is.
var (
	// ErrLookup is wrapped by every *LookupError: the caller's mistake, a 400.
	ErrLookup = errors.New("spec: lookup refused")
	// ErrNotAllowed: a field that the list of allowed ones does not have.
	ErrNotAllowed = errors.New("spec: not a field to filter or sort by")
)

// LookupError says which lookup or sort key is wrong. Its text never shows a
// value.
type LookupError struct {
	Key    string // as the caller wrote it; "" where no field is allowed at all
	Reason string
	err    error
}

// Error returns a sentence for a log or for the caller.
func (e *LookupError) Error() string {
	return fmt.Sprintf("spec: lookup %s: %s", quoted(e.Key), e.Reason)
}

// Unwrap returns [ErrLookup] and, where there is one, what it wraps:
// [ErrNotAllowed], a [*FieldError] or [ErrValue].
func (e *LookupError) Unwrap() []error {
	if e.err == nil {
		return []error{ErrLookup}
	}
	return []error{ErrLookup, e.err}
}

// refusedLookup is the error for a lookup that is no specification.
func refusedLookup(key string, err error) error {
	var field *FieldError
	if errors.As(err, &field) {
		return &LookupError{key, field.Op.String() + ": " + field.Reason, err}
	}
	return &LookupError{key, "no specification", err}
}
