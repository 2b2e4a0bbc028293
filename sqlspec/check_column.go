package sqlspec

import (
	"maps"
	"slices"
	"strings"
)

// columns holds what the database has against what the table says.
func (c *checker) columns(t *Table, l *live) {
	for _, field := range slices.Sorted(maps.Keys(t.columns)) {
		col := t.columns[field].stored()
		have := l.column(col.name)
		if have == nil {
			c.problem(field, "the table has no column %q", col.name)
			continue
		}
		c.engine.column(field, col, l, have)
		if have.null && !col.field.Nullable {
			c.advise(field, "column %q can be null, the field cannot", col.name)
		}
		if !l.view && c.isPolicy(field) && !slices.ContainsFunc(l.indexes, func(i liveIndex) bool {
			return l.same(i.columns[0], col.name) && c.engine.serves(col, have, i)
		}) {
			c.advise(field, "no index that serves it begins with column %q, which the policy asks about", col.name)
		}
	}
}

// onlyPostgres is said of an option in the wrong place.
const onlyPostgres = "column %q has an option for PostgreSQL: no condition about it compiles here"

// stored is the column by what is in it, which may be a code.
func (c *column) stored() *column {
	if c.encode == nil {
		return c
	}
	own := *c
	own.field, own.encode = c.code, nil
	return &own
}

// types are those that a column can be declared with.
type types struct {
	right []string // as the documentation says
	fair  []string // they compare right, but hold other things than the field does
}

// declared reports whether a column is of one of the types.
func (c *checker) declared(field string, name, typ string, t types) bool {
	switch {
	case slices.Contains(t.right, typ):
		return true
	case slices.Contains(t.fair, typ):
		c.advise(field, "column %q is of type %s, not %s, which compares right but can hold what the field cannot", name, typ, strings.Join(t.right, " or "))
		return true
	}
	c.problem(field, "column %q is of type %s, not %s", name, typ, strings.Join(t.right, " or "))
	return false
}
