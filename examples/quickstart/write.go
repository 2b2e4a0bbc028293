package main

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// blockVisible is an UPDATE that reaches the visible tasks and no other.
func blockVisible(visible spec.Specification) (statement, error) {
	text, args, err := sq.Update(tasks.From()).
		Set("status", "blocked").
		Where(tasks.Where(visible, sqlspec.SQLite)).
		Suffix("RETURNING id").
		ToSql()
	return statement{text, args}, err
}

// deleteVisible is a DELETE of the same.
func deleteVisible(visible spec.Specification) (statement, error) {
	text, args, err := sq.Delete(tasks.From()).
		Where(tasks.Where(visible, sqlspec.SQLite)).
		Suffix("RETURNING id").
		ToSql()
	return statement{text, args}, err
}

// write lets a manager change and delete tasks, each time from the same state.
func (t *tour) write(ctx context.Context) error {
	t.out.heading("Writing (rolled back)")
	mia := t.verified[1]
	var lines [][]string
	for _, change := range []struct {
		method, name string
		build        func(spec.Specification) (statement, error)
	}{
		{roles.Patch, "UPDATE", blockVisible},
		{roles.Delete, "DELETE", deleteVisible},
	} {
		visible, err := policy.Verify(mia, "tasks", change.method)
		if err != nil {
			return err
		}
		st, err := change.build(visible)
		if err != nil {
			return err
		}
		var c comparison
		err = undone(ctx, t.tx, func() error {
			c, err = compare(ctx, t.tx, st, t.tasks, visible)
			return err
		})
		if err != nil {
			return err
		}
		t.count(c)
		line := []string{mia.Subject, change.method + " tasks", change.name}
		lines = append(lines, append(line, t.out.cells(c)...))
	}
	t.out.table(append([]string{"caller", "request", "statement"}, cellHeadings...), lines)
	return nil
}

// undone runs f and takes back what it did to the database.
func undone(ctx context.Context, tx *sql.Tx, f func() error) error {
	if _, err := tx.ExecContext(ctx, "SAVEPOINT undone"); err != nil {
		return err
	}
	if err := f(); err != nil {
		return err // the whole transaction is rolled back
	}
	_, err := tx.ExecContext(ctx, "ROLLBACK TO undone")
	return err
}
