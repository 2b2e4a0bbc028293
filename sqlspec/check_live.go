package sqlspec

import (
	"slices"
	"strings"
)

// catalogue is what one engine knows about its tables.
type catalogue interface {
	// connection looks at what concerns no table, and reports whether there is any
	// sense in going on.
	connection() bool
	// read returns a table as the database has it.
	read(name []string) *live
	// whole looks at what concerns a table and none of its columns.
	whole(t *Table, l *live)
	// column holds a column against what is to be in it.
	column(field string, col *column, l *live, have *liveColumn)
	// serves reports whether an index answers what is asked of its first column.
	// Where none can, every index does.
	serves(col *column, have *liveColumn, i liveIndex) bool
	// differ says why two columns of a key do not compare as they should, or what
	// is worth knowing where they do.
	differ(near, far *liveColumn) (problem, advice string)
}

// live is a table as the database has it.
type live struct {
	name    string // as the program has it
	exists  bool
	view    bool     // it has no index, and says nothing of uniqueness
	strict  bool     // SQLite
	path    []string // its name, with its schema
	columns map[string]*liveColumn
	indexes []liveIndex
	fold    bool // names of columns are the same in either case
}

// liveColumn is a column as the database has it. Most of it one engine alone
// has.
type liveColumn struct {
	in        *live
	name      string
	typ       string // PostgreSQL: below any domain
	null      bool   // it can be null, or nobody says that it cannot
	precision int    // how many digits of a second it keeps
	labels    []string
	collation string // by which keys are compared
	folds     bool   // it takes other texts than memory for equal

	oid, element string // PostgreSQL: of its type and of the elements of an array
	charset      string // MariaDB
	length       int
	unsigned     bool
	zeroDate     bool // MariaDB: the default is one
	counts       bool // MariaDB: AUTO_INCREMENT
}

// liveIndex is an index: its columns in order, an empty name for an expression.
type liveIndex struct {
	columns   []string
	kind      string
	collation string // SQLite: of the first column
	foreign   bool   // the first column is in another collation than the table's
	unique    bool   // of all rows
}

func (l *live) column(name string) *liveColumn {
	if l.fold {
		name = strings.ToLower(name)
	}
	return l.columns[name]
}

func (l *live) add(c *liveColumn) {
	c.in = l
	if l.columns == nil {
		l.columns = map[string]*liveColumn{}
	}
	key := c.name
	if l.fold {
		key = strings.ToLower(key)
	}
	l.columns[key] = c
}

// addIndex adds a column to the last index, or to a new one where it is the first.
func (l *live) addIndex(i liveIndex, first bool, column string) {
	if first || len(l.indexes) == 0 {
		l.indexes = append(l.indexes, i)
	}
	last := &l.indexes[len(l.indexes)-1]
	last.columns = append(last.columns, column)
}

func (l *live) same(a, b string) bool { return a == b || l.fold && strings.EqualFold(a, b) }

// isUnique reports whether an index makes these columns unique, or some of them.
func (l *live) isUnique(columns []string) bool {
	return slices.ContainsFunc(l.indexes, func(i liveIndex) bool {
		return i.unique && !slices.ContainsFunc(i.columns, func(own string) bool { return !l.isAmong(own, columns) })
	})
}

// leads reports whether an index begins with these columns, in whatever order.
func (l *live) leads(columns []string) bool {
	return slices.ContainsFunc(l.indexes, func(i liveIndex) bool {
		return len(i.columns) >= len(columns) && !i.foreign && !slices.ContainsFunc(i.columns[:len(columns)], func(own string) bool { return !l.isAmong(own, columns) })
	})
}

func (l *live) isAmong(column string, columns []string) bool {
	return slices.ContainsFunc(columns, func(c string) bool { return l.same(c, column) })
}
