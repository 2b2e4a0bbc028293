package sqlspec

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Finding is something about a live table that does not fit its [Table].
type Finding struct {
	Field   string // empty where it concerns the table or the database
	Problem bool   // rows may differ from memory; false: advice
	Text    string
}

// String returns a line for a log.
func (f Finding) String() string {
	kind := "advice"
	if f.Problem {
		kind = "problem"
	}
	if f.Field == "" {
		return kind + ": " + f.Text
	}
	return fmt.Sprintf("%s: field %q: %s", kind, f.Field, f.Text)
}

// Queryer is the part of [sql.DB], [sql.Conn] and [sql.Tx] that Check needs.
type Queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Check compares the table with the one in the database, for a service to call
// as it starts: columns that are missing, types, nullability, collations and
// encodings that would make rows differ from memory are problems; a policy field
// without an index is advice. It reads the catalogue, never the rows. The
// findings are in the order of the fields; the error is for what could not be
// asked. [Problems] makes an error of the problems.
//
// Each problem is something that was seen to show or hide rows wrongly. Check
// knows SQLite and PostgreSQL; another dialect is [ErrUnsupported].
func (t *Table) Check(ctx context.Context, db Queryer, d Dialect, policyFields ...string) ([]Finding, error) {
	if t == nil {
		return nil, fmt.Errorf("%w: it is nil", ErrTable)
	}
	c := checker{ctx: ctx, db: db, table: t, policy: policyFields}
	switch d {
	case SQLite:
		c.sqlite()
	case Postgres:
		c.postgres()
	default:
		return nil, fmt.Errorf("%w: no check for %v", ErrUnsupported, d)
	}
	if c.err != nil {
		return nil, fmt.Errorf("sqlspec: check of %s: %w", t.From(), c.err)
	}
	return c.findings, nil
}

// Problems returns an error that lists the problems among the findings, nil for
// none. It wraps [ErrTable].
func Problems(findings []Finding) error {
	var problems []error
	for _, f := range findings {
		if f.Problem {
			problems = append(problems, errors.New(f.String()))
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrTable, errors.Join(problems...))
}

// checker gathers findings; the first error ends it.
type checker struct {
	ctx      context.Context
	db       Queryer
	table    *Table
	policy   []string
	findings []Finding
	err      error
}

// live is a column as the database has it.
type live struct {
	name      string
	typ       string
	notNull   bool
	collation string // what is special about it, empty for nothing
	indexed   bool   // the first column of some index
}

func (c *checker) problem(field, format string, args ...any) {
	c.findings = append(c.findings, Finding{field, true, fmt.Sprintf(format, args...)})
}

func (c *checker) advise(field, format string, args ...any) {
	c.findings = append(c.findings, Finding{field, false, fmt.Sprintf(format, args...)})
}

// rows runs a query and scans each row with the function given.
func (c *checker) rows(scan func(*sql.Rows) error, query string, args ...any) {
	if c.err != nil {
		return
	}
	rows, err := c.db.QueryContext(c.ctx, query, args...)
	if err != nil {
		c.err = err
		return
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			c.err = err
			return
		}
	}
	c.err = rows.Err()
}

// text asks for one text.
func (c *checker) text(query string, args ...any) (answer string) {
	c.rows(func(r *sql.Rows) error { return r.Scan(&answer) }, query, args...)
	return answer
}

// columns holds what the database has against what the table says.
func (c *checker) columns(have map[string]live, fits func(*column, live) string) {
	if c.err != nil {
		return
	}
	if len(have) == 0 {
		c.problem("", "the database has no table or view %s", c.table.From())
		return
	}
	for _, field := range slices.Sorted(maps.Keys(c.table.columns)) {
		col := c.table.columns[field]
		l, ok := have[col.name]
		if !ok {
			c.problem(field, "the table has no column %q", col.name)
			continue
		}
		if reason := fits(col, l); reason != "" {
			c.problem(field, "column %q %s", col.name, reason)
		}
		if !l.notNull && !col.field.Nullable {
			c.advise(field, "column %q can be null, the field cannot", col.name)
		}
		if slices.Contains(c.policy, field) && !l.indexed {
			c.advise(field, "no index begins with column %q, which the policy asks for", col.name)
		}
	}
	for _, field := range c.policy {
		if _, ok := c.table.columns[field]; !ok {
			c.problem(field, "the policy asks for it, and the table has no column for it")
		}
	}
}

func oneOf(typ string, types ...string) string {
	if slices.Contains(types, typ) {
		return ""
	}
	return fmt.Sprintf("is of type %s, not %s", typ, strings.Join(types, " or "))
}
