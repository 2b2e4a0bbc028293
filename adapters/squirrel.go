package adapters

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// SquirrelIDs returns the visible tasks that are done or urgent. The condition
// has ? for every placeholder, so the format is set once, on the statement and
// not on a builder inside it. Conditions in text get parentheses from nobody:
// write sq.Or, or put them there.
func SquirrelIDs(ctx context.Context, db *sql.DB, tasks *sqlspec.Table, visible spec.Specification) ([]int64, error) {
	// snippet: squirrel
	rows, err := sq.Select("t.id").From(tasks.From()).
		Where(tasks.Where(visible, sqlspec.Postgres)).
		Where(sq.Or{sq.Eq{"t.done": true}, sq.GtOrEq{"t.priority": 3}}).
		PlaceholderFormat(sq.Dollar).RunWith(db).QueryContext(ctx)
	// end
	if err != nil {
		return nil, err
	}
	return scanIDs(rows)
}

// SquirrelMark writes a note on the visible tasks that own, a condition of the
// program, lets through. The builder has the database and the format.
func SquirrelMark(ctx context.Context, b sq.StatementBuilderType, tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect, own sq.Sqlizer) error {
	_, err := b.Update(tasks.From()).Set("note", "seen?").Where(own).Where(tasks.Where(visible, d)).ExecContext(ctx)
	return err
}

// SquirrelDelete deletes the visible tasks that own lets through.
func SquirrelDelete(ctx context.Context, b sq.StatementBuilderType, tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect, own sq.Sqlizer) error {
	_, err := b.Delete(tasks.From()).Where(own).Where(tasks.Where(visible, d)).ExecContext(ctx)
	return err
}
