package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec/spectest"
)

// writer writes rows into live tables.
type writer struct {
	tx      *sql.Tx
	storage *storage
}

// insert writes a row: its fields, and the columns besides. The transaction goes
// on where that fails. It returns what the columns hold.
func (w writer) insert(ctx context.Context, t *liveTable, cells spectest.Row, besides map[string]any) (map[string]any, error) {
	held := map[string]any{}
	var columns, marks []string
	var args []any
	for _, f := range t.fields {
		arg, as, err := w.storage.argument(t.stored[f.Name], spectest.Get(cells, f.Name))
		if err != nil {
			return nil, err
		}
		held[as.Column] = arg
		args = append(args, arg)
		columns = append(columns, w.storage.quoted(as.Column))
		marks = append(marks, w.storage.mark(len(args), as))
	}
	for column, arg := range besides {
		if _, isField := t.fieldOf(column); isField {
			continue
		}
		held[column] = arg
		args = append(args, arg)
		columns = append(columns, w.storage.quoted(column))
		marks = append(marks, w.storage.bare(len(args)))
	}
	return held, w.tried(ctx, "INSERT INTO "+t.mapped.Name()+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args)
}

// insertLink writes a row of the table between two.
func (w writer) insertLink(ctx context.Context, rel *liveRelation, near, far map[string]any) error {
	var columns, marks []string
	var args []any
	add := func(column string, arg any) {
		args = append(args, arg)
		columns = append(columns, w.storage.quoted(column))
		marks = append(marks, w.storage.bare(len(args)))
	}
	for _, p := range rel.pairs {
		add(p[1], near[p[0]])
	}
	for _, p := range rel.far {
		add(p[0], far[p[1]])
	}
	return w.tried(ctx, "INSERT INTO "+rel.link+" ("+strings.Join(columns, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", args)
}

// tried runs a statement that may fail.
func (w writer) tried(ctx context.Context, text string, args []any) error {
	if _, err := w.tx.ExecContext(ctx, "SAVEPOINT spectest"); err != nil {
		return err
	}
	_, failed := w.tx.ExecContext(ctx, text, args...)
	end := "RELEASE SAVEPOINT spectest"
	if failed != nil {
		end = "ROLLBACK TO SAVEPOINT spectest"
		failed = fmt.Errorf("%s: %w", text, failed)
	}
	if _, err := w.tx.ExecContext(ctx, end); err != nil {
		return err
	}
	return failed
}
