package roles

import (
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// What keeps a row from being written. Test with errors.Is.
var (
	// ErrNotVisible: for the caller there is no such row (404 in HTTP). To say
	// that it may not be written would say that it is there.
	ErrNotVisible = errors.New("roles: row is not visible")
	// ErrNotWritable: the row, or a field of it, may not be written so (403 in
	// HTTP). It wraps ErrForbidden.
	ErrNotWritable = fmt.Errorf("%w: may not be written so", ErrForbidden)
)

// RowError says why a row may not be written. Its text is for logs: it names
// fields and operators of the policy, but no value.
type RowError struct {
	reason error
	check  error
}

// Error returns a sentence for a log.
func (e *RowError) Error() string { return fmt.Sprintf("%v: %v", e.reason, e.check) }

// Unwrap returns [ErrNotVisible] or [ErrNotWritable], and the [*spec.CheckError].
func (e *RowError) Unwrap() []error { return []error{e.reason, e.check} }

// CheckInsert returns nil where the caller may insert the row: where it satisfies
// p.Check. It has to be the whole row, with what the database would put in by
// default.
//
// This, CheckUpdate and CheckDelete return a [*RowError], or the error of
// [spec.Compile] where the permission does not fit rows of type T, which is neither
// ErrNotVisible nor ErrNotWritable (500 in HTTP). A nil row is an error. Fields are
// for [CheckColumns]; related rows are those that are nested in the row. How to
// keep rows from changing before they are written: see package sqlspec.
func CheckInsert[T any](p Permission, row *T) error {
	return checkRow(p.Check, row, ErrNotWritable)
}

// CheckUpdate returns nil where the caller may change a row from what it is to what
// it will be: where it is one of p.Rows before and satisfies p.Check after.
func CheckUpdate[T any](p Permission, before, after *T) error {
	if err := checkRow(p.Rows, before, ErrNotVisible); err != nil {
		return err
	}
	return checkRow(p.Check, after, ErrNotWritable)
}

// CheckDelete returns nil where the caller may delete the row: where it is one of
// p.Rows.
func CheckDelete[T any](p Permission, row *T) error {
	return checkRow(p.Rows, row, ErrNotVisible)
}

func checkRow[T any](s spec.Specification, row *T, reason error) error {
	err := spec.Check(s, row)
	if errors.Is(err, spec.ErrCheck) {
		return &RowError{reason, err}
	}
	return err
}
