package main

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

// columnList are the columns in the order in which scan reads them.
var columnList = strings.Join(taskFields, ", ")

func scan(row interface{ Scan(...any) error }) (t Task, err error) {
	var created int64
	err = row.Scan(&t.ID, &t.Version, &t.Account, &t.CreatedBy, &t.Assignee, &t.Title,
		&t.Status, &t.Priority, &t.Public, &created)
	t.CreatedAt = time.UnixMicro(created).UTC()
	return t, err
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// find returns the row of an id if the specification shows it. One row is checked in
// memory, with what would be the WHERE of a list.
func find(ctx context.Context, db queryer, id int64, visible spec.Specification) (Task, error) {
	t, err := scan(db.QueryRowContext(ctx, "SELECT "+columnList+" FROM tasks WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return Task{}, web.ErrNotFound
	}
	if err != nil {
		return Task{}, err
	}
	switch ok, err := spec.Match(visible, &t); {
	case err != nil:
		return Task{}, err
	case !ok:
		return Task{}, web.ErrNotFound
	}
	return t, nil
}
