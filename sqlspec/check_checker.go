package sqlspec

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// checker gathers findings; the first error ends it.
type checker struct {
	ctx      context.Context
	db       Queryer
	dialect  Dialect
	engine   catalogue
	known    map[string]*live    // by name: what was read already
	policy   map[*Table][]string // the fields that policies ask about
	visited  []*Table
	current  *Table
	table    string // its name, for findings
	path     string // of relations, to it
	findings Findings
	err      error
}

// problem and advise add a finding about a field of the table, a relation of it,
// or, where that is empty, about the table.
func (c *checker) problem(field, format string, args ...any) {
	c.findings = append(c.findings, Finding{c.table, c.fieldPath(field), true, fmt.Sprintf(format, args...)})
}

func (c *checker) advise(field, format string, args ...any) {
	c.findings = append(c.findings, Finding{c.table, c.fieldPath(field), false, fmt.Sprintf(format, args...)})
}

func (c *checker) fieldPath(field string) string { return strings.Trim(c.path+"."+field, ".") }

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

// visit looks at a table and then at those that its relations lead to. A table
// is met again where two relations lead to it.
func (c *checker) visit(t *Table, path string) {
	if t = t.In(c.dialect); slices.Contains(c.visited, t) {
		return
	}
	c.visited = append(c.visited, t)
	c.at(t, path)
	l := c.live(t.name)
	if c.err != nil {
		return
	}
	if !l.exists {
		c.problem("", "the database has no such table or view")
		return
	}
	c.engine.whole(t, l)
	c.columns(t, l)
	for _, relation := range slices.Sorted(maps.Keys(t.relations)) {
		c.at(t, path)
		c.relation(l, relation, t.relations[relation])
		if other := t.relations[relation].table; other != nil {
			c.visit(other, c.fieldPath(relation))
		}
	}
}

func (c *checker) at(t *Table, path string) {
	c.current, c.table, c.path = t, strings.Join(t.name, "."), path
}

// live returns a table as the database has it.
func (c *checker) live(name []string) *live {
	key := strings.Join(name, ".")
	if c.known[key] == nil {
		c.known[key] = c.engine.read(name)
		c.known[key].name = key
	}
	return c.known[key]
}
