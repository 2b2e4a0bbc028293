package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Engine is a database that is held against memory. What it needs to be (empty,
// of a time zone, with functions) is what package sqlspec says of its dialect.
type Engine struct {
	DB      *sql.DB
	Dialect sqlspec.Dialect

	// Strict declares the tables STRICT, which only SQLite has.
	Strict bool
	// Collation is that of the columns of text; empty for the database's own.
	Collation string
	// Compile is asked for the condition; nil for Table.SQL. A test puts a bug
	// here, to see that it is found.
	Compile Compiler
}

// Compiler turns a specification into a condition of SQL with its arguments.
type Compiler func(t *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) (condition string, args []any, err error)

// String returns the dialect and what is special about the tables.
func (e Engine) String() string {
	parts := []string{e.Dialect.String()}
	if e.Strict {
		parts = append(parts, "strict")
	}
	if e.Collation != "" {
		parts = append(parts, e.Collation)
	}
	return strings.Join(parts, " ")
}

// compile asks the compiler, or the table itself where there is none.
func (c Compiler) compile(t *sqlspec.Table, s spec.Specification, d sqlspec.Dialect) (string, []any, error) {
	if c == nil {
		return t.SQL(s, d)
	}
	return c(t, s, d)
}

func (e Engine) exec(ctx context.Context, text string, args ...any) error {
	if _, err := e.DB.ExecContext(ctx, text, args...); err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	return nil
}

// ids runs a query for integers.
func (e Engine) ids(ctx context.Context, query string, args []any) ([]int64, error) {
	rows, err := e.DB.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	ids := []int64{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
