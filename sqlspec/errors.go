package sqlspec

import (
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// What can go wrong when a specification is compiled. Test with errors.Is. The
// errors of package spec (an unknown field, a value of the wrong type, an
// unbound variable) come through as they are.
var (
	// ErrUnmapped: the row has the field, the table has no column for it.
	ErrUnmapped = errors.New("sqlspec: field has no column")
	// ErrUnsupported: the dialect cannot do this exactly, and does not do it
	// nearly.
	ErrUnsupported = errors.New("sqlspec: not supported")
	// ErrTooLarge: the statement would pass a limit of the engine.
	ErrTooLarge = errors.New("sqlspec: statement too large")
	// ErrTable: a table that cannot be: a bad name, an option for a field that
	// is not there, two fields for one column; or no table at all.
	ErrTable = errors.New("sqlspec: table cannot be used")
)

// LeafError says which leaf could not be compiled, for which dialect, and why.
// Its text holds no value.
type LeafError struct {
	Field   string
	Op      spec.Op
	Dialect Dialect
	Reason  string
	err     error
}

// Error returns a sentence for a log.
func (e *LeafError) Error() string {
	return fmt.Sprintf("sqlspec: %s: %s(%q): %s", e.Dialect, e.Op, e.Field, e.Reason)
}

// Unwrap returns [ErrUnmapped] or [ErrUnsupported].
func (e *LeafError) Unwrap() error { return e.err }
