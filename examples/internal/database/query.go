package database

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"
)

// Queryer is a *sql.Tx, a *sql.DB or a *sql.Conn.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Scanner is a row to scan.
type Scanner interface{ Scan(dest ...any) error }

// All returns every row of a query. It is not nil, so that it is [] in JSON.
func All[T any](ctx context.Context, db Queryer, query sq.Sqlizer, scan func(Scanner) (T, error)) ([]T, error) {
	text, args, err := query.ToSql()
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []T{}
	for rows.Next() {
		row, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// One returns the first row of a query. The error is sql.ErrNoRows where there is none.
func One[T any](ctx context.Context, db Queryer, query sq.Sqlizer, scan func(Scanner) (T, error)) (T, error) {
	all, err := All(ctx, db, query, scan)
	if err == nil && len(all) == 0 {
		err = sql.ErrNoRows
	}
	if err != nil {
		var none T
		return none, err
	}
	return all[0], nil
}

// Value scans a row of one column: a count, an id that RETURNING gives.
func Value[T any](row Scanner) (T, error) {
	var v T
	err := row.Scan(&v)
	return v, err
}
