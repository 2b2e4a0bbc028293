package database

import (
	"context"
	"strings"

	"github.com/rolespec/rolespec/sqlspec"
)

// Explain returns the plan of a query, a step a line, without running it.
func (db *DB) Explain(ctx context.Context, on Queryer, query string, args ...any) (string, error) {
	explain := "EXPLAIN "
	if db.Dialect == sqlspec.SQLite {
		explain = "EXPLAIN QUERY PLAN "
	}
	rows, err := on.QueryContext(ctx, explain+query, args...)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var step string
	cells := make([]any, len(columns)) // SQLite has numbers in front
	for i := range cells {
		cells[i] = new(any)
	}
	cells[len(cells)-1] = &step
	var plan strings.Builder
	for rows.Next() {
		if err := rows.Scan(cells...); err != nil {
			return "", err
		}
		plan.WriteString(step + "\n")
	}
	return plan.String(), rows.Err()
}
