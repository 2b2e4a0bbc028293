package adapters

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// SqlxIDs returns the visible tasks. Text and arguments go to Select, Get, Exec
// and Queryx as they are; there is nothing to rebind.
func SqlxIDs(ctx context.Context, db *sqlx.DB, tasks *sqlspec.Table, visible spec.Specification) (ids []int64, err error) {
	// snippet: sqlx
	where, args, err := tasks.SQL(visible, sqlspec.Postgres)
	if err != nil {
		return nil, err
	}
	err = db.SelectContext(ctx, &ids, "SELECT id FROM "+tasks.From()+" WHERE "+where, args...)
	// end
	return ids, err
}

// SqlxRun runs a statement that lacks its last condition and has named arguments.
// They are bound before the condition is appended: Named and NamedQuery read the
// :: of PostgreSQL as an escaped colon, so a statement with the condition in it
// fails there.
func SqlxRun(ctx context.Context, db *sqlx.DB, tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect, statement string, arg any) (ids []int64, err error) {
	bound, args, err := db.BindNamed(statement, arg)
	if err != nil {
		return nil, err
	}
	text, args, err := tasks.Append([]byte(bound), args, visible, d)
	if err != nil {
		return nil, err
	}
	err = db.SelectContext(ctx, &ids, string(text), args...)
	return ids, err
}
