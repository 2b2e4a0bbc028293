package database

import (
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/sqlspec"
)

var (
	policy   = world.Policy()
	invoices = sqlspec.MustTable[Row](table, sqlspec.Strict())
)

// The statements that read rows, up to their conditions: by hand, and ours.
var (
	selectRows = "SELECT " + columns + " FROM " + table + " WHERE "
	selectOurs = "SELECT " + columns + " FROM " + invoices.From() + " WHERE "
)

// statement returns the statement for the rows that the caller may see.
func statement(who world.Claims, d sqlspec.Dialect) (text string, args []any, err error) {
	visible, err := policy.Verify(who, world.Endpoint, world.Method)
	if err != nil {
		return "", nil, err
	}
	where, args, err := invoices.SQL(visible, d)
	if err != nil {
		return "", nil, err
	}
	return selectOurs + where, args, nil
}

// A writer is what a program keeps to write statements into: text and arguments.
type writer struct {
	text []byte
	args []any
}

// statement is the function of that name, in place. What it returns holds until the
// next call.
func (w *writer) statement(who world.Claims, d sqlspec.Dialect) (text []byte, args []any, err error) {
	visible, err := policy.Verify(who, world.Endpoint, world.Method)
	if err != nil {
		return nil, nil, err
	}
	w.text, w.args, err = invoices.Append(append(w.text[:0], selectOurs...), w.args[:0], visible, d)
	return w.text, w.args, err
}
