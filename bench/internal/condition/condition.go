// Package condition is the scenes of SQL: the text of a WHERE and its arguments.
//
// All texts are for PostgreSQL. The answer of a way is its condition with the
// values in their places, and without what does not change its meaning here:
// quotes, casts, the name of the table, and parentheses, as AND binds tighter
// than OR in all of them. That the rows are the same is tested elsewhere, on
// real engines.
package condition

import (
	"github.com/rolespec/rolespec/bench/internal/scene"
	"github.com/rolespec/rolespec/bench/internal/world"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

var invoices = sqlspec.MustTable[world.Invoice]("invoices")

const dialect = sqlspec.Postgres

// Scenes returns the scenes of this package.
func Scenes() []scene.Scene {
	return []scene.Scene{verified(), request(), whatever(), ranged(), selected(), list()}
}

// own is the condition of the role user, as Verify returns it.
func own() (spec.Specification, error) {
	return world.Policy().Verify(world.Caller("user"), world.Endpoint, world.Method)
}
