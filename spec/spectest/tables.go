package spectest

import (
	"cmp"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Tables are rows with what is related to them as tables hold them: every row
// once, and beside the rows which leads to which. The tables are named by the
// paths of [Path], the relations by the path of their table and their name.
type Tables struct {
	Rows  map[string][]Row  // without related rows
	Links map[string][]Link // by the path of the table that the relation begins at, "/" and its name
}

// Link says that one row leads to another, by their ids.
type Link struct{ From, To int64 }

// LinkName is what the links of a relation are found under.
func LinkName(at string, r spec.Relation) string { return at + "/" + r.Name }

// Flatten takes rows apart. Two rows of a table that have one id are one row: what
// one of them leaves out the other may say, but they cannot differ.
func Flatten(sc *spec.Schema, rows []Row) (Tables, error) {
	f := flattener{tables: Tables{map[string][]Row{}, map[string][]Link{}}, seen: map[string]map[int64]*seenRow{}}
	for _, row := range rows { // before anything that is nested in them
		f.row("", sc, row)
	}
	for _, row := range rows {
		f.related("", sc, row)
	}
	for at, rows := range f.tables.Rows { // in an order that the rows do not depend on
		if at != "" {
			slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(ID(a), ID(b)) })
		}
	}
	for _, links := range f.tables.Links {
		slices.SortStableFunc(links, func(a, b Link) int { return cmp.Compare(a.From, b.From) })
	}
	return f.tables, f.err
}

type seenRow struct {
	flat    Row
	nested  map[uintptr]bool // the maps that were looked at
	related map[string]bool  // the relations that were told
}

type flattener struct {
	tables Tables
	seen   map[string]map[int64]*seenRow
	err    error
}

// row notes a row with its fields.
func (f *flattener) row(at string, sc *spec.Schema, row Row) *seenRow {
	if f.seen[at] == nil {
		f.seen[at] = map[int64]*seenRow{}
	}
	id := ID(row)
	have, known := f.seen[at][id]
	if !known {
		have = &seenRow{flat: Row{"id": id}, nested: map[uintptr]bool{}, related: map[string]bool{}}
		f.seen[at][id] = have
		f.tables.Rows[at] = append(f.tables.Rows[at], have.flat)
	}
	for field := range sc.Fields() {
		v := Get(row, field.Name)
		if v == nil || field.Name == "id" {
			continue
		}
		if old := Get(have.flat, field.Name); old == nil {
			Set(have.flat, field.Name, v)
		} else if f.err == nil && !reflect.DeepEqual(old, v) {
			f.err = fmt.Errorf("spectest: row %d of %q has two values in %q", id, at, field.Name)
		}
	}
	return have
}

// related notes what a row leads to.
func (f *flattener) related(at string, sc *spec.Schema, row Row) {
	have := f.row(at, sc, row)
	pointer := reflect.ValueOf(row).Pointer()
	if have.nested[pointer] {
		return
	}
	have.nested[pointer] = true
	for r := range sc.Relations() {
		children, told := childrenOf(row, r)
		name := LinkName(at, r)
		tell := told && !have.related[name]
		if told {
			have.related[name] = true
		}
		for _, child := range children {
			f.related(Path(at, sc, r), r.Rows, child)
			if tell {
				f.tables.Links[name] = append(f.tables.Links[name], Link{ID(row), ID(child)})
			}
		}
	}
}

// childrenOf are the related rows of a row, and whether it says which they are.
func childrenOf(row Row, r spec.Relation) (children []Row, told bool) {
	switch v := row[r.Name].(type) {
	case map[string]any:
		return []Row{v}, true
	case []any:
		for _, e := range v {
			if child, ok := e.(map[string]any); ok {
				children = append(children, child)
			}
		}
		return children, true
	}
	return nil, false
}

// Nest puts the tables together: the rows of the first table, each with what is
// related to it, and that with what is related to it in its turn, without end
// where the relations go in circles.
func (t Tables) Nest(sc *spec.Schema) []Row {
	n := nester{t, map[string]map[int64]Row{}}
	rows := make([]Row, len(t.Rows[""]))
	n.table("", sc)
	for i, row := range t.Rows[""] {
		rows[i] = n.made[""][ID(row)]
	}
	return rows
}

type nester struct {
	Tables
	made map[string]map[int64]Row
}

// table makes the rows of a table, and of the tables that it leads to.
func (n nester) table(at string, sc *spec.Schema) {
	made := map[int64]Row{}
	n.made[at] = made
	for _, row := range n.Rows[at] {
		made[ID(row)] = cloneRow(row)
	}
	for r := range sc.Relations() {
		to := Path(at, sc, r)
		if to != at {
			n.table(to, r.Rows)
		}
		for _, row := range made {
			row[r.Name] = []any{}
			if r.One {
				row[r.Name] = nil
			}
		}
		for _, link := range n.Links[LinkName(at, r)] {
			row, child := made[link.From], n.made[to][link.To]
			switch {
			case row == nil || child == nil:
			case r.One:
				row[r.Name] = child
			default:
				row[r.Name] = append(row[r.Name].([]any), child)
			}
		}
	}
}

// cloneRow is a copy as far as fields are nested.
func cloneRow(row Row) Row {
	clone := maps.Clone(row)
	for name, v := range clone {
		if inner, ok := v.(map[string]any); ok {
			clone[name] = cloneRow(inner)
		}
	}
	return clone
}

// nested brings the rows of a case to what memory needs: every row with all that
// is related to it.
func nested(sc *spec.Schema, rows []Row) ([]Row, error) {
	tables, err := Flatten(sc, rows)
	if err != nil {
		return nil, err
	}
	if len(tables.Rows[""]) != len(rows) {
		return nil, fmt.Errorf("spectest: %d rows, %d with those that they lead to in the same table", len(rows), len(tables.Rows[""]))
	}
	return tables.Nest(sc), nil
}

// leadsTo returns the ids of the rows that a row leads to.
func (t Tables) leadsTo(links string, from int64) (ids []int64) {
	for _, l := range t.Links[links] {
		if l.From == from {
			ids = append(ids, l.To)
		}
	}
	return ids
}

// row returns a row of a table, nil for none.
func (t Tables) row(at string, id int64) Row {
	for _, row := range t.Rows[at] {
		if ID(row) == id {
			return row
		}
	}
	return nil
}
