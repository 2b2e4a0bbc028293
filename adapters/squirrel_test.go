package adapters_test

import (
	"testing"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/adapters"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestSquirrel(t *testing.T) {
	onEach(t, func(t *testing.T, e *engine) {
		own := sq.Or{sq.Eq{"t.done": true}, sq.Expr("t.priority >= ?", 3)}
		b := sq.StatementBuilder.RunWith(e.db)
		var find func(spec.Specification) ([]int64, error)
		if e.Dialect == sqlspec.Postgres {
			b = b.PlaceholderFormat(sq.Dollar)
			find = func(s spec.Specification) ([]int64, error) {
				return adapters.SquirrelIDs(t.Context(), e.db, tasks, s)
			}
		}
		check(t, e, uses{
			beside: find,
			mark: func(s spec.Specification) error {
				return adapters.SquirrelMark(t.Context(), b, tasks, s, e.Dialect, own)
			},
			remove: func(s spec.Specification) error {
				return adapters.SquirrelDelete(t.Context(), b, tasks, s, e.Dialect, own)
			},
		})
	})
}
