package spec

import (
	"errors"
	"fmt"
)

// What can be wrong with a specification. Test with errors.Is.
var (
	// ErrField is wrapped by every *FieldError.
	ErrField = errors.New("spec: field cannot be used")
	// ErrUnknownField: the row type or schema has no field of that name.
	ErrUnknownField = fmt.Errorf("%w: no such field", ErrField)
	// ErrType: the field exists, the operator or the value does not fit it.
	ErrType = fmt.Errorf("%w: wrong type", ErrField)
	// ErrValue: a value that no engine can hold, such as NaN.
	ErrValue = fmt.Errorf("%w: value refused", ErrField)
	// ErrPattern: Matches with a pattern that is not RE2.
	ErrPattern = fmt.Errorf("%w: bad pattern", ErrField)
	// ErrUnbound: a variable that nothing was bound to. See *UnboundError.
	ErrUnbound = errors.New("spec: variable is not bound")
	// ErrTooDeep: the specification is nested deeper than MaxDepth.
	ErrTooDeep = errors.New("spec: specification nested too deep")
)

// FieldError says what is wrong with one leaf. Its text names the field, the
// operator and kinds, never the value: a value may be somebody's claim.
type FieldError struct {
	Field  string // as the specification names it
	Op     Op
	Reason string
	err    error
}

// Error returns a sentence for a log.
func (e *FieldError) Error() string {
	return fmt.Sprintf("spec: %s(%q): %s", e.Op, e.Field, e.Reason)
}

// Unwrap returns ErrUnknownField, ErrType, ErrValue or ErrPattern.
func (e *FieldError) Unwrap() error { return e.err }

// UnboundError names a variable that has no value.
type UnboundError struct{ Name string }

// Error returns a sentence for a log.
func (e *UnboundError) Error() string {
	return fmt.Sprintf("spec: variable %q is not bound", e.Name)
}

// Unwrap returns [ErrUnbound].
func (e *UnboundError) Unwrap() error { return ErrUnbound }
