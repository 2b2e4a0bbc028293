// Package norows has the rows of a statement that was not run.
package norows

import (
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// For returns rows that are closed from the beginning, and have an error. pgx too returns
// rows beside an error, for the functions that collect them.
func For(err error) pgx.Rows { return rows{err} }

type rows struct{ err error }

func (rows) Close()                                       {}
func (r rows) Err() error                                 { return r.err }
func (rows) CommandTag() pgconn.CommandTag                { return pgconn.CommandTag{} }
func (rows) FieldDescriptions() []pgconn.FieldDescription { return nil }
func (rows) Next() bool                                   { return false }
func (r rows) Scan(...any) error                          { return r.err }
func (r rows) Values() ([]any, error)                     { return nil, r.err }
func (rows) RawValues() [][]byte                          { return nil }
func (rows) Conn() *pgx.Conn                              { return nil }
