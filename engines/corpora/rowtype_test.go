package corpora_test

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// rowType is what rows hold: fields, and rows that belong to them.
type rowType struct {
	fields    []spec.Field
	relations []*related
}

// related is a relation, whose rows are in a table of their own.
type related struct {
	name string
	one  bool
	rows rowType
}

// Every row has a number, from 0 in each table, and related rows have that of
// the row they belong to. No case names these columns.
const (
	idField      = "row_id"
	parentColumn = "parent_id"
)

// declare adds a field, once.
func (r *rowType) declare(f spec.Field) {
	for _, declared := range r.fields {
		if declared.Name == f.Name {
			return
		}
	}
	r.fields = append(r.fields, f)
}

// relate returns the rows of a relation, which it adds if it is new.
func (r *rowType) relate(name string) *rowType {
	for _, relation := range r.relations {
		if relation.name == name {
			return &relation.rows
		}
	}
	relation := &related{name: name}
	r.relations = append(r.relations, relation)
	return &relation.rows
}

func (r *rowType) schema(t *testing.T) *spec.Schema {
	t.Helper()
	sc, err := spec.NewSchema(append([]spec.Field{{Name: idField, Kind: spec.KindInt}}, r.fields...)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, relation := range r.relations {
		sc, err = sc.Relate(spec.Relation{Name: relation.name, One: relation.one, Rows: relation.rows.schema(t)})
		if err != nil {
			t.Fatal(err)
		}
	}
	return sc
}

// table maps rows to a table, and the related ones to tables with its name and
// theirs. JSON says how PostgreSQL stores the lists.
func (r *rowType) table(t *testing.T, name string, dialect sqlspec.Dialect, json bool, opts ...sqlspec.Option) *sqlspec.Table {
	t.Helper()
	for _, f := range r.fields {
		if f.List && json && dialect == sqlspec.Postgres {
			opts = append(opts, sqlspec.Column(f.Name, sqlspec.JSONB()))
		}
	}
	for _, relation := range r.relations {
		other, lead := relation.rows.table(t, name+"_"+relation.name, dialect, json), sqlspec.ToMany
		if relation.one {
			lead = sqlspec.ToOne
		}
		opts = append(opts, lead(relation.name, other, sqlspec.On(idField, parentColumn)))
	}
	table, err := sqlspec.NewTable(name, r.schema(t), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return table.In(dialect)
}

// toOne returns the same rows with a relation to one row in place of each dot:
// what is nested in memory is in another table then. It is not ok where there is
// no dot.
func (r *rowType) toOne() (parted rowType, ok bool) {
	parted.relations = r.relations
	for _, f := range r.fields {
		parent, rest, nested := strings.Cut(f.Name, ".")
		if !nested {
			parted.declare(f)
			continue
		}
		f.Name, ok = rest, true
		parted.relate(parent).declare(f)
	}
	for _, relation := range parted.relations[len(r.relations):] {
		relation.one = true
		if further, ok := relation.rows.toOne(); ok {
			relation.rows = further
		}
	}
	return parted, ok
}
