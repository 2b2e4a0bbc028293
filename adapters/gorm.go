package adapters

import (
	"database/sql/driver"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Gorm returns a scope with the visible rows, for Find, First, Count, Pluck,
// Update, Updates and Delete. The table has no alias: gorm names rows after their
// table.
//
//   - An Or of the program reaches around a condition in Where, before or after
//     it: Where(visible).Or(b) is visible OR b. The scope runs when the statement
//     does, and puts what is there into parentheses. It has to be the last one in
//     Scopes, and nothing may be added to a statement that has run.
//   - Text with arguments, Where(text, args...) or clause.Expr, is nearly right:
//     gorm takes the first ? after a parenthesis for a list and spells a []byte
//     out as numbers. So the condition binds its arguments itself.
//   - AddError is lost in a subquery, which then has no text: NOT IN (). So an
//     error is an argument that cannot be bound, and fails any statement.
//   - Save inserts what its UPDATE did not find, over the row that was hidden from
//     it. Use Updates.
//   - Preload and Association run statements of their own and need a scope too.
func Gorm(tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect) func(*gorm.DB) *gorm.DB {
	return func(tx *gorm.DB) *gorm.DB {
		text, args, err := tasks.Where(visible, d).ToSql()
		if err != nil {
			text, args = "(1 = ?)", []any{gormError{err}}
		}
		where := tx.Statement.Clauses["WHERE"]
		own, _ := where.Expression.(clause.Where)
		where.Name = "WHERE"
		where.Expression = clause.Where{Exprs: []clause.Expression{gormVisible{text, args, own}}}
		tx.Statement.Clauses["WHERE"] = where
		return tx
	}
}

type gormVisible struct {
	text string
	args []any
	own  clause.Where // of the program
}

// Build implements [clause.Expression].
func (v gormVisible) Build(b clause.Builder) {
	for i, part := range strings.Split(v.text, "?") {
		if i > 0 {
			b.AddVar(b, v.args[i-1])
		}
		_, _ = b.WriteString(part)
	}
	if len(v.own.Exprs) > 0 {
		_, _ = b.WriteString(" AND (")
		v.own.Build(b)
		_, _ = b.WriteString(")")
	}
}

type gormError struct{ error }

// Value implements [driver.Valuer].
func (e gormError) Value() (driver.Value, error) { return nil, e.error }
