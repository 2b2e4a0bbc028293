package adapters

import (
	"database/sql/driver"
	"errors"
	"strings"

	"entgo.io/ent/dialect/sql"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// Ent returns a predicate with the visible rows, for the Where of a query, an
// update or a delete; it can be used as any predicate.T that ent generates. The
// table has no alias.
//
//   - The arguments are bound one by one, because that numbers them. sql.ExprP
//     takes text with arguments too, but does not number them for PostgreSQL.
//   - AddError is lost in an update, a delete and a subquery. So an error is an
//     argument that cannot be bound, and fails any statement.
//   - Inside HasParentWith and its like, ent gives a table that is already in the
//     statement an alias. The condition would test the outer row then, so it fails
//     instead.
func Ent(tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect) func(*sql.Selector) {
	text, args, err := tasks.Where(visible, d).ToSql()
	parts := strings.Split(text, "?")
	return func(s *sql.Selector) {
		err := err
		if column := strings.ReplaceAll(s.C("x"), "`", `"`); err == nil && column != tasks.From()+`."x"` {
			err = errors.New("ent calls the rows of " + tasks.From() + " by another name: " + column)
		}
		s.Where(sql.P(func(b *sql.Builder) {
			if err != nil {
				b.WriteString("1 = ").Arg(entError{err})
				return
			}
			b.WriteString(parts[0])
			for i, arg := range args {
				b.Arg(arg).WriteString(parts[i+1])
			}
		}))
	}
}

type entError struct{ error }

// Value implements [driver.Valuer].
func (e entError) Value() (driver.Value, error) { return nil, e.error }
