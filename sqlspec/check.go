package sqlspec

import (
	"context"
	"database/sql"
	"fmt"
)

// Queryer is the part of [sql.DB], [sql.Conn] and [sql.Tx] that Check needs.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Check compares the table, and every table that its relations lead to, with the
// live database, for a service to call as it starts:
//
//	findings, err := tasks.Check(ctx, db, sqlspec.Postgres, "account", "owner.name")
//	if err == nil {
//		log.Print(findings)
//		err = sqlspec.Problems(findings)
//	}
//
// What would make rows differ from memory, or a statement fail, is a problem:
// columns and tables that are missing, types, collations, character sets and
// encodings, labels that an enum has not, settings of the connection, functions
// that are not registered; keys of relations that cannot be compared with each
// other, and the key of a relation to one row where nothing makes it unique. What
// is exact and only unusual or slow is advice: a policy field without an index,
// keys of relations without one, instants that lose their microseconds.
//
// The policy fields are those that specifications will ask about, as they name
// them: "account", and behind a relation "owner.name". Check reads the catalogue,
// never the rows, and the settings of the connection that answers: those of a
// pool are taken to be alike.
//
// What concerns the connection comes first, then each table, once, in the order
// of its fields, before those that it leads to. [Problems] makes an error of the
// problems. The error is for what could not be asked, for the nil Table
// ([ErrTable]) and for a dialect without a check ([ErrUnsupported]).
func (t *Table) Check(ctx context.Context, db Queryer, d Dialect, policyFields ...string) (Findings, error) {
	if t == nil {
		return nil, fmt.Errorf("%w: it is nil", ErrTable)
	}
	c := &checker{ctx: ctx, db: db, dialect: d, known: map[string]*live{}, policy: map[*Table][]string{}}
	switch d {
	case SQLite:
		c.engine = &sqliteCatalogue{checker: c}
	case Postgres:
		c.engine = &postgresCatalogue{checker: c}
	case MariaDB:
		c.engine = &mariadbCatalogue{checker: c}
	default:
		return nil, fmt.Errorf("%w: no check for %v", ErrUnsupported, d)
	}
	unknown := c.policies(t, policyFields)
	if c.engine.connection() {
		c.visit(t, "")
	}
	if c.err != nil {
		return nil, fmt.Errorf("sqlspec: check of %s: %w", t.From(), c.err)
	}
	return append(c.findings, unknown...), nil
}
