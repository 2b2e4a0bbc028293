package sqlguard

import "github.com/rolespec/rolespec/sqlspec"

// folds reports whether a name without quotes is the one in small letters.
func (g *Guard) folds() bool { return g.dialect == sqlspec.Postgres }

// texts reports whether the dialect takes a text for the name of a table.
func (g *Guard) texts() bool { return g.dialect == sqlspec.SQLite || g.dialect == sqlspec.DuckDB }

// bars reports whether || may be an OR, as the sql_mode of MariaDB has it.
func (g *Guard) bars() bool { return g.dialect == sqlspec.MariaDB }
