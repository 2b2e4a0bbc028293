package main

import (
	"context"
	"database/sql"
	"errors"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// page is a part of a list in the order of its ids: what comes behind one of them.
type page struct {
	after spec.Specification
	limit int
}

// rowsOf are the rows of a table that a specification shows, and whether there are more
// of them than the page has.
func rowsOf[T any](ctx context.Context, s *store, table *sqlspec.Table, visible spec.Specification, p page,
	fields []string, scan func(database.Scanner) (T, error)) (rows []T, more bool, err error) {
	columns, err := table.Columns(fields...)
	if err != nil {
		return nil, false, err
	}
	query := s.db.SQL.Select(columns...).From(table.From()).
		Where(table.Where(visible.And(p.after), s.db.Dialect)).
		OrderBy(columns[0]).Limit(uint64(p.limit) + 1)
	rows, err = database.All(ctx, s.db, query, scan)
	if more = err == nil && len(rows) > p.limit; more {
		rows = rows[:p.limit]
	}
	return rows, more, err
}

var (
	groupFields    = []string{"id", "name", "description"}
	resourceFields = []string{"id", "name"}
	userFields     = []string{"id"}
)

func scanGroup(row database.Scanner) (g Group, err error) {
	err = row.Scan(&g.ID, &g.Name, &g.Description)
	return g, err
}

func scanResource(row database.Scanner) (r Resource, err error) {
	err = row.Scan(&r.ID, &r.Name)
	return r, err
}

func scanUser(row database.Scanner) (u User, err error) {
	err = row.Scan(&u.ID)
	return u, err
}

func (s *store) groups(ctx context.Context, visible spec.Specification, p page) ([]Group, bool, error) {
	return rowsOf(ctx, s, groups, visible, p, groupFields, scanGroup)
}

func (s *store) resources(ctx context.Context, visible spec.Specification, p page) ([]Resource, bool, error) {
	return rowsOf(ctx, s, resources, visible, p, resourceFields, scanResource)
}

func (s *store) users(ctx context.Context, visible spec.Specification, p page) ([]User, bool, error) {
	return rowsOf(ctx, s, users, visible, p, userFields, scanUser)
}

// first is the one row of a list, or web.ErrNotFound.
func first[T any](rows []T, _ bool, err error) (T, error) {
	if err == nil && len(rows) == 0 {
		err = web.ErrNotFound
	}
	if err != nil {
		var none T
		return none, err
	}
	return rows[0], nil
}

// alone is the page of a row that is named.
var alone = page{after: spec.All(), limit: 1}

// existence is the question whether a table has a row that a specification shows.
func existence(table *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect) (query string, args []any, err error) {
	where, args, err := table.SQL(visible, d)
	return "SELECT 1 FROM " + table.From() + " WHERE " + where + " LIMIT 1", args, err
}

// exists asks it.
func (s *store) exists(ctx context.Context, table *sqlspec.Table, visible spec.Specification) (bool, error) {
	query, args, err := existence(table, visible, s.db.Dialect)
	if err != nil {
		return false, err
	}
	var one int
	err = s.db.QueryRowContext(ctx, query, args...).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// find locks a row that a specification shows until the transaction ends, or is
// web.ErrNotFound.
func find[T any](ctx context.Context, s *store, tx *sql.Tx, table *sqlspec.Table, visible spec.Specification,
	fields []string, scan func(database.Scanner) (T, error)) (T, error) {
	return first(findAll(ctx, s, tx, table, visible, fields, scan))
}

func findAll[T any](ctx context.Context, s *store, tx *sql.Tx, table *sqlspec.Table, visible spec.Specification,
	fields []string, scan func(database.Scanner) (T, error)) ([]T, bool, error) {
	columns, err := table.Columns(fields...)
	if err != nil {
		return nil, false, err
	}
	query := s.db.SQL.Select(columns...).From(table.From()).Where(table.Where(visible, s.db.Dialect)).OrderBy(columns[0])
	rows, err := database.All(ctx, tx, s.locking(query), scan)
	return rows, false, err
}

// locking keeps the rows that a query finds from being deleted until the transaction
// ends. On SQLite nobody else writes meanwhile.
func (s *store) locking(query sq.SelectBuilder) sq.SelectBuilder {
	if s.db.Dialect == sqlspec.Postgres {
		return query.Suffix("FOR KEY SHARE")
	}
	return query
}
