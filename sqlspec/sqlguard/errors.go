package sqlguard

import (
	"errors"
	"fmt"
)

// What can go wrong. Test with errors.Is.
var (
	// ErrRefused is wrapped by every [*RefusedError].
	ErrRefused = errors.New("sqlguard: refused")
	// ErrContext: a condition was to be recorded for a context that is not from
	// [With], or that has 1,000 already.
	ErrContext = errors.New("sqlguard: context cannot record conditions")
	// ErrGuard: a guard without tables, or of a dialect that there is not.
	ErrGuard = errors.New("sqlguard: guard cannot be used")
)

// RefusedError says why a statement was not run. Its text holds nothing of the
// statement but the name of the table.
type RefusedError struct {
	Table  string // the protected table; empty where the statement cannot be read
	Reason string
}

// Error returns a sentence for a log.
func (e *RefusedError) Error() string {
	if e.Table == "" {
		return fmt.Sprintf("sqlguard: refused: %s", e.Reason)
	}
	return fmt.Sprintf("sqlguard: refused: table %q: %s", e.Table, e.Reason)
}

// Unwrap returns [ErrRefused].
func (e *RefusedError) Unwrap() error { return ErrRefused }
