package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// openOwn opens somebody's database for reading alone.
func openOwn(path string) (*sql.DB, error) {
	there, err := isFile(path)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, fmt.Errorf("there is no file %s", path)
	}
	return openFile(path, "mode=ro")
}

// querier is what a database and a transaction have in common.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// findTable returns the name of a table or view as the database spells it.
func findTable(ctx context.Context, db querier, path, name string) (string, error) {
	names, err := texts(ctx, db, `SELECT name FROM sqlite_schema
		WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE`, name)
	if err != nil {
		return "", explain(path, err)
	}
	if len(names) == 0 {
		tables, err := listTables(ctx, db)
		if err != nil {
			return "", explain(path, err)
		}
		return "", usagef("%s has no table %q; it has %s", path, name, tables)
	}
	return names[0], nil
}

// listTables names the tables and views of a database, for a message.
func listTables(ctx context.Context, db querier) (string, error) {
	names, err := texts(ctx, db, `SELECT name FROM sqlite_schema
		WHERE type IN ('table', 'view') AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name`)
	if err != nil || len(names) == 0 {
		return "no tables at all", err
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%q", name)
	}
	return enumerate(names), nil
}

// enumerate joins names, but not hundreds of them.
func enumerate(names []string) string {
	const most = 40
	if len(names) > most {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:most], ", "), len(names)-most)
	}
	return strings.Join(names, ", ")
}

// texts returns the first column of a query.
func texts(ctx context.Context, db querier, query string, args ...any) ([]string, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}
