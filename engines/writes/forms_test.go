package writes_test

import (
	"context"
	"database/sql"
	"fmt"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/sqlspec"
)

// changes are the fields that a statement sets.
type changes map[string]any

// remove deletes a row that the caller may delete.
func (s store) remove(ctx context.Context, p roles.Permission, id int64) error {
	n, err := affected(s.sql.Delete(s.tasks.From()).Where(s.is(id)).Where(s.tasks.Where(p.Rows, s.dialect)).RunWith(s.db).ExecContext(ctx))
	if err == nil && n == 0 {
		return roles.ErrNotVisible
	}
	return err
}

// update changes a row that is one of p.Rows, and stays only if it satisfies
// p.Check then.
func (s store) update(ctx context.Context, p roles.Permission, id int64, c changes) error {
	set, err := targets(s.tasks, p, c)
	if err != nil {
		return err
	}
	return s.together(ctx, func(tx *sql.Tx) error {
		n, err := affected(s.sql.Update(s.tasks.From()).SetMap(set).Where(s.is(id)).Where(s.tasks.Where(p.Rows, s.dialect)).RunWith(tx).ExecContext(ctx))
		if err != nil {
			return err
		}
		if n == 0 {
			return roles.ErrNotVisible
		}
		return s.check(ctx, tx, p, id)
	})
}

// updateAll changes every row of p.Rows, or none where one may not be so, and
// returns how many.
func (s store) updateAll(ctx context.Context, p roles.Permission, c changes) (n int, err error) {
	set, err := targets(s.tasks, p, c)
	if err != nil {
		return 0, err
	}
	err = s.together(ctx, func(tx *sql.Tx) error {
		ids, err := s.lock(ctx, tx, p)
		if err != nil || len(ids) == 0 {
			return err
		}
		n = len(ids)
		if _, err := s.sql.Update(s.tasks.From()).SetMap(set).Where(s.is(ids...)).RunWith(tx).ExecContext(ctx); err != nil {
			return err
		}
		return s.check(ctx, tx, p, ids...)
	})
	return n, err
}

// insert adds a row that stays only if it satisfies p.Check, with what the
// database has put in.
func (s store) insert(ctx context.Context, p roles.Permission, id int64, c changes) error {
	set, err := targets(s.tasks, p, c)
	if err != nil {
		return err
	}
	return s.together(ctx, func(tx *sql.Tx) error {
		set["id"] = id
		if _, err := s.sql.Insert(s.tasks.From()).SetMap(set).RunWith(tx).ExecContext(ctx); err != nil {
			return err
		}
		return s.check(ctx, tx, p, id)
	})
}

// check counts the written rows that satisfy p.Check: it has to be all of them. To
// count those that do not would pass where something hides a row.
func (s store) check(ctx context.Context, tx *sql.Tx, p roles.Permission, ids ...int64) error {
	var n int
	err := s.sql.Select("count(*)").From(s.tasks.From()).Where(s.is(ids...)).Where(s.tasks.Where(p.Check, s.dialect)).RunWith(tx).QueryRowContext(ctx).Scan(&n)
	if err == nil && n != len(ids) {
		return roles.ErrNotWritable
	}
	return err
}

// lock returns the ids of the rows of p.Rows, which nobody else changes until the
// transaction ends.
func (s store) lock(ctx context.Context, tx *sql.Tx, p roles.Permission) (ids []int64, err error) {
	column, _ := s.tasks.Column("id")
	rows, err := s.sql.Select(column).From(s.tasks.From()).Where(s.tasks.Where(p.Rows, s.dialect)).OrderBy(column).Suffix(s.locked).RunWith(tx).QueryContext(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func (s store) is(ids ...int64) sq.Sqlizer {
	column, _ := s.tasks.Column("id")
	return sq.Eq{column: ids}
}

// together runs statements in one transaction, of which nothing stays with an error.
func (s store) together(ctx context.Context, run func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := run(tx); err != nil {
		if undo := tx.Rollback(); undo != nil {
			return fmt.Errorf("%w, and it could not be undone: %w", err, undo)
		}
		return err
	}
	return tx.Commit()
}

// targets returns the columns that are set, where the caller may write them.
func targets(tasks *sqlspec.Table, p roles.Permission, c changes) (map[string]any, error) {
	set := make(map[string]any, len(c))
	for field, value := range c {
		if err := roles.CheckColumns(p, field); err != nil {
			return nil, err
		}
		column, err := tasks.TargetColumns(field)
		if err != nil {
			return nil, err
		}
		set[column[0]] = value
	}
	return set, nil
}

func affected(result sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}
