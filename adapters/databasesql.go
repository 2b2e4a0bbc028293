package adapters

import (
	"context"
	"database/sql"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// SQLRun runs a statement that lacks its last condition and returns the ids that
// it returns. The placeholders of the statement are the engine's: $1 and so on
// in PostgreSQL, ? in SQLite.
func SQLRun(ctx context.Context, db *sql.DB, tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect, statement string, args ...any) ([]int64, error) {
	text, args, err := tasks.Append([]byte(statement), args, visible, d)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, string(text), args...)
	if err != nil {
		return nil, err
	}
	return scanIDs(rows)
}

// SQLCount counts the visible tasks.
func SQLCount(ctx context.Context, db *sql.DB, tasks *sqlspec.Table, visible spec.Specification) (n int, err error) {
	// snippet: database/sql
	where, args, err := tasks.SQL(visible, sqlspec.Postgres)
	if err != nil {
		return 0, err
	}
	row := db.QueryRowContext(ctx, "SELECT count(*) FROM "+tasks.From()+" WHERE "+where, args...)
	err = row.Scan(&n)
	// end
	return n, err
}

func scanIDs(rows *sql.Rows) (ids []int64, err error) {
	defer rows.Close()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
