package sqlspec

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

// Table maps the fields of a row to the columns of a table. It is the only way
// from a field to SQL text: a name that is not in it never gets there. A Table
// never changes and may be used by any number of goroutines. The nil Table
// compiles nothing.
//
// A Table writes a condition once, and keeps the text for all that differ from it in
// their values alone, up to some thousand: so make it once, not for each request.
type Table struct {
	name      []string // with its schema
	alias     string   // empty where there is none
	from      string   // quoted
	quotes    byte     // what quotes the names
	other     *Table   // the same table in the other quotes
	schema    *spec.Schema
	columns   map[string]*column
	relations map[string]*relation
	levels    *levels         // shared with its copies in the same quotes
	kept      *keptConditions // shared with the table in the other quotes; nil for none
	strict    bool
	byKey     bool // see ByKey
}

// TableOf returns the table that holds rows of the struct type T; see
// [spec.SchemaOf] for how its fields are named. A field's column has the name of
// the field, with underscores for dots.
func TableOf[T any](name string, opts ...Option) (*Table, error) {
	sc, err := spec.SchemaOf[T]()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	return NewTable(name, sc, opts...)
}

// MustTable is [TableOf] for the variables of a program. It panics where TableOf
// fails, which depends on T and the options alone.
func MustTable[T any](name string, opts ...Option) *Table {
	t, err := TableOf[T](name, opts...)
	if err != nil {
		panic(err)
	}
	return t
}

// NewTable returns the table that holds rows of a declared schema. The name may
// have a schema in front: "public.tasks". Names are quoted, so they are exact.
func NewTable(name string, sc *spec.Schema, opts ...Option) (*Table, error) {
	parts := strings.Split(name, ".")
	t := &Table{schema: sc, columns: map[string]*column{}, relations: map[string]*relation{}}
	for _, part := range parts {
		if err := checkAlias(part); err != nil {
			return nil, fmt.Errorf("%w: table %q: %w", ErrTable, name, err)
		}
	}
	t.name = parts
	for f := range sc.Fields() {
		t.columns[f.Name] = &column{field: f, name: strings.ReplaceAll(f.Name, ".", "_")}
	}
	for _, opt := range opts {
		if err := opt(t); err != nil {
			return nil, fmt.Errorf("%w: table %q: %w", ErrTable, name, err)
		}
	}
	if err := t.finish(); err != nil {
		return nil, fmt.Errorf("%w: table %q: %w", ErrTable, name, err)
	}
	return t, nil
}

// finish checks the columns and writes down how each is called in SQL.
func (t *Table) finish() error {
	fields := make(map[string]string, len(t.columns))
	for name, c := range t.columns {
		if err := checkName(c.name); err != nil {
			return fmt.Errorf("column of field %q: %w", name, err)
		}
		if other, twice := fields[c.name]; twice {
			return fmt.Errorf("fields %q and %q have the same column", min(name, other), max(name, other))
		}
		fields[c.name] = name
		c.strict = t.strict
	}
	ticked := *t
	ticked.columns = make(map[string]*column, len(t.columns))
	for name, c := range t.columns {
		own := *c
		ticked.columns[name] = &own
	}
	t.levels, ticked.levels = &levels{}, &levels{}
	t.write('"')
	ticked.write('`')
	t.kept = &keptConditions{}
	ticked.kept = t.kept
	t.other, ticked.other = &ticked, t
	return nil
}

// write writes the names down in quotes.
func (t *Table) write(quotes byte) {
	t.quotes, t.kept = quotes, nil // what was kept had other names
	t.from = quoteWith(quotes, t.name...)
	qualifier := t.name[len(t.name)-1]
	if t.alias != "" {
		qualifier = t.alias
		t.from += " AS " + quoteWith(quotes, t.alias)
	}
	for _, c := range t.columns {
		c.sql = quoteWith(quotes, qualifier, c.name)
	}
}

// In returns the table with [Table.From] and [Table.Column] in the quotes of a
// dialect: MariaDB takes "tasks" for a text, and wants `tasks`. Conditions are
// always in the quotes of their own dialect, whichever table writes them.
//
// Both forms are written down once, when the table is made, so that everything
// that writes SQL finds the names ready, and programs for the engines that
// follow the standard need not name a dialect.
func (t *Table) In(d Dialect) *Table {
	g := d.grammar()
	if t == nil || g == nil || g.quotes() == t.quotes {
		return t
	}
	return t.other
}

// Aliased returns the table under another alias, for a statement that names it
// twice. The original stays as it is. Both are worth keeping: see [Table].
func (t *Table) Aliased(alias string) (*Table, error) {
	if t == nil {
		return nil, fmt.Errorf("%w: it is nil", ErrTable)
	}
	aliased := *t
	if err := As(alias)(&aliased); err != nil {
		return nil, fmt.Errorf("%w: alias: %w", ErrTable, err)
	}
	aliased.columns = make(map[string]*column, len(t.columns))
	for name, c := range t.columns {
		own := *c
		aliased.columns[name] = &own
	}
	if err := aliased.finish(); err != nil {
		return nil, err
	}
	if t.quotes != aliased.quotes {
		return aliased.other, nil
	}
	return &aliased, nil
}

// From returns the table as a FROM, UPDATE or DELETE FROM names it, quoted, with
// its alias: `"tasks" AS "t"`. For MariaDB see [Table.In]; before 11.6 it takes
// no alias in a DELETE FROM.
func (t *Table) From() string {
	if t == nil {
		return ""
	}
	return t.from
}

// Schema returns the fields of the table's rows.
func (t *Table) Schema() *spec.Schema {
	if t == nil {
		return nil
	}
	return t.schema
}

// Column returns the qualified and quoted name of the column of a field, such as
// `"t"."account_id"`, for the parts of a statement that a program writes itself.
func (t *Table) Column(field string) (string, bool) {
	if t == nil {
		return "", false
	}
	c, ok := t.columns[field]
	if !ok {
		return "", false
	}
	return c.sql, true
}

// maxName is PostgreSQL's limit. It cuts a longer name silently, to one that
// may belong to another column.
const maxName = 63

// checkName refuses what no quoting makes safe: a NUL ends the statement in some
// drivers, and a question mark is taken for a placeholder by squirrel.
func checkName(name string) error {
	switch {
	case name == "":
		return fmt.Errorf("an empty name")
	case len(name) > maxName:
		return fmt.Errorf("name %q has more than %d bytes", name[:16]+"...", maxName)
	case !utf8.ValidString(name) || strings.ContainsAny(name, "\x00?"):
		return fmt.Errorf("name %q has a NUL or a ?, or is not UTF-8", name)
	}
	return nil
}

// checkAlias refuses the names that the generated text gives its own subqueries.
func checkAlias(name string) error {
	if strings.HasPrefix(name, ownPrefix) {
		return fmt.Errorf("name %q begins with %s, which is kept for subqueries", name, ownPrefix)
	}
	return checkName(name)
}

const ownPrefix = "rolespec_"

// quote quotes an identifier as the SQL standard does.
func quote(parts ...string) string { return quoteWith('"', parts...) }

func quoteWith(q byte, parts ...string) string {
	var b strings.Builder
	for i, part := range parts {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteByte(q)
		b.WriteString(strings.ReplaceAll(part, string(q), string([]byte{q, q})))
		b.WriteByte(q)
	}
	return b.String()
}
