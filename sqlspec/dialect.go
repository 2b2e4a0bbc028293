package sqlspec

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Dialect is the SQL of one engine. The zero Dialect is none and compiles
// nothing.
type Dialect uint8

// The dialects: each is proven by the same cases as evaluation in memory.
const (
	SQLite   Dialect = iota + 1 // SQLite 3.38 and newer
	Postgres                    // PostgreSQL 13 and newer
	MariaDB                     // MariaDB 10.6 and newer, for the type UUID 10.7; not MySQL
	DuckDB                      // DuckDB 1.4 and newer
)

// String returns "sqlite", "postgres", "mariadb" or "duckdb".
func (d Dialect) String() string {
	if g := d.grammar(); g != nil {
		return g.name()
	}
	return fmt.Sprintf("dialect %d", uint8(d))
}

// grammar writes the leaves of a specification for one engine. Everything above
// the leaves is the same everywhere.
type grammar interface {
	name() string
	// maxArgs is how many arguments a statement may have.
	maxArgs() int
	// numbered reports whether placeholders are $1, $2 rather than ?.
	numbered() bool
	// quotes is what names are quoted with.
	quotes() byte
	// leaf writes one parenthesised expression that is true where the leaf, or
	// its negation, is true. The leaf is resolved, and its value is not null
	// unless the operator is Contains.
	leaf(w *writer, c *column, leaf spec.Leaf, negated bool)
	// fields writes the same for a leaf that compares two columns, which are
	// stored in the same way.
	fields(w *writer, a, b *column, leaf spec.Leaf, negated bool)
}

func (d Dialect) grammar() grammar {
	switch d {
	case SQLite:
		return sqlite{}
	case Postgres:
		return postgres{}
	case MariaDB:
		return mariadb{}
	case DuckDB:
		return duckdb{}
	}
	return nil
}
