package roles

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// ColumnsError names the fields that a caller may not write.
type ColumnsError struct {
	Fields []string // in the order in which they were asked about, each once
}

// Error returns a sentence for a log.
func (e *ColumnsError) Error() string {
	names := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		names[i] = fmt.Sprintf("%q", f)
	}
	return ErrNotWritable.Error() + ": not the fields " + strings.Join(names, ", ")
}

// Unwrap returns [ErrNotWritable].
func (e *ColumnsError) Unwrap() error { return ErrNotWritable }

// CheckColumns returns nil where the caller may write all of the fields that an
// INSERT or UPDATE sets, else a [*ColumnsError]. Names compare exactly: who may
// write "address" may not write "address.city", nor the other way round.
//
// To write no field is permitted here; [CheckInsert] and [CheckUpdate] still
// decide about the row.
func CheckColumns(p Permission, changed ...string) error {
	var refused []string
	for _, name := range changed {
		if !p.Columns.Has(name) && !slices.Contains(refused, name) {
			refused = append(refused, name)
		}
	}
	if len(refused) == 0 {
		return nil
	}
	return &ColumnsError{Fields: refused}
}

// Blank makes zero, in place, whatever in the rows the caller may not read: all
// but the fields of p.Columns, as [spec.KeepFields] has it. It does nothing where
// they are all fields. It does not look at p.Rows: filter first.
//
// With an error, that of KeepFields, nothing is left in any of the rows.
func Blank[T any](p Permission, rows []T) error {
	if p.Columns.All() {
		return nil
	}
	names := p.Columns.Names()
	for i := range rows {
		if err := spec.KeepFields(&rows[i], names...); err != nil {
			clear(rows)
			return err
		}
	}
	return nil
}
