package sqlspectest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// tables counts the tables that the process has made: each has a name of its
// own, as drivers keep what they know of a statement.
var tables atomic.Int64

// table is a table of an engine, for the rows of a schema.
type table struct {
	Engine
	called  string
	storage *storage
	fields  []spec.Field
	columns []column
	mapped  *sqlspec.Table
	without map[int64]bool // the rows that the engine cannot hold
}

// create makes the table, with an index on every column that can have one.
func (e Engine) create(ctx context.Context, fields []spec.Field) (*table, error) {
	s, err := e.storage()
	if err != nil {
		return nil, err
	}
	t := &table{Engine: e, called: fmt.Sprintf("spectest_rows_%d", tables.Add(1)), storage: s, fields: fields}
	if err := t.drop(ctx); err != nil {
		return nil, err
	}
	var opts []sqlspec.Option
	var lines, indexes []string
	for i, f := range fields {
		c := s.column(e, f)
		t.columns = append(t.columns, c)
		opts = append(opts, sqlspec.Column(f.Name, c.opts...))
		line := t.name(f) + " " + c.typ
		if !f.Nullable {
			line += " NOT NULL"
		}
		lines = append(lines, line)
		if !f.List {
			indexes = append(indexes, fmt.Sprintf("CREATE INDEX %s_%d ON %s (%s)", t.called, i, t.called, t.name(f)))
		}
	}
	if e.Strict {
		opts = append(opts, sqlspec.Strict())
	}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		return nil, err
	}
	if t.mapped, err = sqlspec.NewTable(t.called, sc, opts...); err != nil {
		return nil, err
	}
	t.mapped = t.mapped.In(e.Dialect)
	suffix := ""
	if s.suffix != nil {
		suffix = s.suffix(e)
	}
	create := "CREATE TABLE " + t.called + " (" + strings.Join(lines, ", ") + ")" + suffix
	return t, t.all(ctx, slices.Concat(s.before, []string{create}, indexes))
}

func (t *table) drop(ctx context.Context) error {
	return t.all(ctx, append([]string{"DROP TABLE IF EXISTS " + t.called}, t.storage.after...))
}

func (t *table) all(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if err := t.exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// name is the quoted name of the column of a field.
func (t *table) name(f spec.Field) string {
	q := string(t.storage.quote)
	return q + strings.ReplaceAll(strings.ReplaceAll(f.Name, ".", "_"), q, q+q) + q
}

// maxArgs is how many arguments an INSERT has at most.
const maxArgs = 4000

// fill puts the rows into the table in the place of what is there.
func (t *table) fill(ctx context.Context, rows []spectest.Row) error {
	if err := t.exec(ctx, "DELETE FROM "+t.called); err != nil {
		return err
	}
	t.without = map[int64]bool{}
	var tuples []string
	var args []any
	flush := func() error {
		if len(tuples) == 0 {
			return nil
		}
		text := "INSERT INTO " + t.called + " VALUES " + strings.Join(tuples, ", ")
		_, err := t.DB.ExecContext(ctx, text, args...)
		tuples, args = nil, nil
		return err
	}
	for _, row := range rows {
		if !t.canHold(row) {
			t.without[spectest.ID(row)] = true
			continue
		}
		if len(args)+len(t.fields) > maxArgs {
			if err := flush(); err != nil {
				return err
			}
		}
		marks := make([]string, len(t.fields))
		for i, f := range t.fields {
			v := spectest.Get(row, f.Name)
			if v != nil {
				v = t.storage.write(f, v)
			}
			args = append(args, v)
			marks[i] = t.storage.mark(len(args), t.columns[i].typ)
		}
		tuples = append(tuples, "("+strings.Join(marks, ", ")+")")
	}
	return flush()
}

func (t *table) canHold(row spectest.Row) bool {
	if t.storage.holds == nil {
		return true
	}
	for _, f := range t.fields {
		if v := spectest.Get(row, f.Name); v != nil && !t.storage.holds(f, v) {
			return false
		}
	}
	return true
}

// held leaves out the rows that the engine does not have.
func (t *table) held(ids []int64) []int64 {
	held := []int64{}
	for _, id := range ids {
		if !t.without[id] {
			held = append(held, id)
		}
	}
	return held
}

// shown returns the ids of the rows that the engine shows, in order, and the
// condition that it was given.
func (t *table) shown(ctx context.Context, s spec.Specification) (ids []int64, condition string, err error) {
	text, args, err := t.compile(t.mapped, s)
	if err != nil {
		return nil, "", err
	}
	id, _ := t.mapped.Column("id")
	ids, err = t.ids(ctx, "SELECT "+id+" FROM "+t.mapped.From()+" WHERE "+text+" ORDER BY "+id, args)
	return ids, fmt.Sprintf("%s %q", text, args), err
}
