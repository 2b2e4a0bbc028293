package main

import (
	"context"
	"database/sql"
	"errors"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// satisfies is web.ErrRefused where a row must not be written as it is.
func satisfies(check spec.Specification, t *Task) error {
	ok, err := spec.Match(check, t)
	if err == nil && !ok {
		err = web.ErrRefused
	}
	return err
}

// add inserts a row that satisfies the check.
func (s *store) add(ctx context.Context, t Task, check spec.Specification) (Task, error) {
	if err := satisfies(check, &t); err != nil {
		return Task{}, err
	}
	return insert(ctx, s.writes, t)
}

func insert(ctx context.Context, db queryer, t Task) (Task, error) {
	t.Version = 1
	err := db.QueryRowContext(ctx, `INSERT INTO tasks
		(version, account, created_by, assignee, title, status, priority, public, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
		t.Version, t.Account, t.CreatedBy, t.Assignee, t.Title, t.Status, t.Priority, t.Public,
		t.CreatedAt.UnixMicro()).Scan(&t.ID)
	return t, err
}

// change edits a row of those that the caller may change, and stores it if it then
// satisfies the check. Between the two nobody else writes.
func (s *store) change(ctx context.Context, id int64, rows, check spec.Specification, edit func(*Task) error) (Task, error) {
	var t Task
	err := s.inTransaction(ctx, func(tx *sql.Tx) (err error) {
		if t, err = find(ctx, tx, id, rows); err != nil {
			return err
		}
		if err = edit(&t); err != nil {
			return err
		}
		if err = satisfies(check, &t); err != nil {
			return err
		}
		t.Version++
		return execOne(ctx, tx, sq.Update(tasks.From()).SetMap(map[string]any{
			"version": t.Version, "account": t.Account, "created_by": t.CreatedBy, "assignee": t.Assignee,
			"title": t.Title, "status": t.Status, "priority": t.Priority, "public": t.Public,
		}).Where("id = ?", id).Where(tasks.Where(rows, sqlspec.SQLite)))
	})
	return t, err
}

// remove deletes a row of those that the caller may delete, if accept has nothing
// against it.
func (s *store) remove(ctx context.Context, id int64, rows spec.Specification, accept func(*Task) error) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		t, err := find(ctx, tx, id, rows)
		if err != nil {
			return err
		}
		if err := accept(&t); err != nil {
			return err
		}
		return execOne(ctx, tx, sq.Delete(tasks.From()).Where("id = ?", id).Where(tasks.Where(rows, sqlspec.SQLite)))
	})
}

// execOne runs a statement that has to reach one row. It names the rows once more,
// so that SQL and memory have to agree before anything is written.
func execOne(ctx context.Context, tx *sql.Tx, statement sq.Sqlizer) error {
	text, args, err := statement.ToSql()
	if err != nil {
		return err
	}
	result, err := tx.ExecContext(ctx, text, args...)
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(errors.New("the row in the database is not the one that was read"), err)
	}
	return nil
}

func (s *store) inTransaction(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after the commit
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit()
}
