package adapters

import (
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// BunQuery is a *bun.SelectQuery, *bun.UpdateQuery or *bun.DeleteQuery.
type BunQuery[Q any] interface {
	Where(query string, args ...any) Q
	Err(err error) Q
}

// Bun narrows a query to the visible rows. The alias of the table is that of the
// model: bun:"table:tasks,alias:t".
//
//   - bun writes arguments into the statement, as literals, in place of each ?.
//     So the text is that of Where; that of SQL has $1 in PostgreSQL.
//   - WhereOr reaches around the condition, wherever it is written. Conditions of
//     the program with an OR belong into one Where or into a WhereGroup.
//   - Err keeps the statement from being run. In a subquery bun writes the text of
//     the error into the statement, which then fails for its syntax.
//   - PostgreSQL refuses the least of all integers, since it takes the minus of a
//     literal for an operator: bigint out of range.
func Bun[Q BunQuery[Q]](q Q, tasks *sqlspec.Table, visible spec.Specification, d sqlspec.Dialect) Q {
	where, args, err := tasks.Where(visible, d).ToSql()
	return q.Where(where, args...).Err(err)
}
