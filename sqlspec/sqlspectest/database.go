package sqlspectest

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// database is the tables of a schema on an engine: one for the rows, one for the
// rows of each relation, and one for each relation of many to many.
type database struct {
	Engine
	storage *storage
	schema  *spec.Schema
	mapped  *sqlspec.Table
	tables  []*table
	stores  []store
	dirty   map[*table]bool // those that have rows
	links   linked          // what the tables hold now
}

// store says which rows one of the tables has.
type store func(tables spectest.Tables) (*table, []spectest.Row)

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// create makes the tables of a schema.
func (e Engine) create(ctx context.Context, sc *spec.Schema) (*database, error) {
	s, err := storageOf(e.Dialect)
	if err != nil {
		return nil, err
	}
	d := &database{Engine: e, storage: s, schema: sc, dirty: map[*table]bool{}}
	if d.mapped, _, err = d.table("", sc); err != nil {
		return nil, err
	}
	d.mapped = d.mapped.In(e.Dialect)
	suffix := ""
	if s.suffix != nil {
		suffix = s.suffix(e)
	}
	statements := append(append([]string{}, s.after...), s.before...)
	for _, t := range d.tables {
		statements = append(statements, t.statements(s.quoted, s.keys, suffix)...)
	}
	return d, d.all(ctx, statements)
}

// table makes the table of the rows at a path, and those that it leads to.
func (d *database) table(at string, sc *spec.Schema) (*sqlspec.Table, *table, error) {
	t := newTable()
	d.tables = append(d.tables, t)
	var opts []sqlspec.Option
	for f := range sc.Fields() {
		opts = append(opts, sqlspec.Column(f.Name, d.storage.column(d.Engine, f).opts...))
	}
	bare, err := sqlspec.NewTable(t.called, sc, opts...)
	if err != nil {
		return nil, nil, err
	}
	for f := range sc.Fields() {
		d.fieldColumn(t, bare, f)
	}
	if d.Strict {
		opts = append(opts, sqlspec.Strict())
	}
	d.stores = append(d.stores, func(tables spectest.Tables) (*table, []spectest.Row) { return t, tables.Rows[at] })
	for r := range sc.Relations() {
		var other *sqlspec.Table
		far := t
		if to := spectest.Path(at, sc, r); to != at {
			var err error
			if other, far, err = d.table(to, r.Rows); err != nil {
				return nil, nil, err
			}
		}
		opts = append(opts, d.relation(at, r, t, far, other))
	}
	mapped, err := sqlspec.NewTable(t.called, sc, opts...)
	return mapped, t, err
}

func (d *database) drop(ctx context.Context) error {
	var statements []string
	for _, t := range d.tables {
		statements = append(statements, "DROP TABLE IF EXISTS "+t.called)
	}
	return d.all(ctx, append(statements, d.storage.after...))
}

func (d *database) all(ctx context.Context, statements []string) error {
	for _, s := range statements {
		if err := d.exec(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// fieldColumn adds the column of a field to a table.
func (d *database) fieldColumn(t *table, mapped *sqlspec.Table, f spec.Field) {
	stored, _ := mapped.Stored(f.Name)
	typ := d.storage.column(d.Engine, f).typ
	if !f.Nullable {
		typ += " NOT NULL"
	}
	t.add(stored.Column, typ, !f.List, stored, func(row spectest.Row) any { return spectest.Get(row, f.Name) })
}

// fill puts rows into the tables in the place of what is there.
func (d *database) fill(ctx context.Context, tables spectest.Tables) error {
	for t := range d.dirty {
		if err := d.exec(ctx, "DELETE FROM "+t.called); err != nil {
			return err
		}
	}
	clear(d.dirty)
	d.links = linksOf(tables)
	for _, s := range d.stores {
		t, rows := s(tables)
		if len(rows) == 0 {
			continue
		}
		d.dirty[t] = true
		if err := t.insert(ctx, d.DB, d.storage, rows); err != nil {
			return err
		}
	}
	return nil
}

// shown returns the ids of the rows that the engine shows, in order, and the
// condition that it was given.
func (d *database) shown(ctx context.Context, s spec.Specification) (ids []int64, condition string, err error) {
	text, args, err := d.Compile.compile(d.mapped, s, d.Dialect)
	if err != nil {
		return nil, "", err
	}
	id, _ := d.mapped.Column("id")
	ids, err = d.ids(ctx, "SELECT "+id+" FROM "+d.mapped.From()+" WHERE "+text+" ORDER BY "+id, args)
	return ids, fmt.Sprintf("%s %q", text, args), err
}
