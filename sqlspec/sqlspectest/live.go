package sqlspectest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
	"github.com/rolespec/rolespec/sqlspec"
)

// liveTable is a table of a program, at the end of a path of relations.
type liveTable struct {
	path      string
	mapped    *sqlspec.Table
	fields    []spec.Field // those with a column
	stored    map[string]sqlspec.Stored
	relations []*liveRelation
	keys      []string // the columns that hold it together with others
	rows      []*liveRow
	sealed    map[string]bool // the fields of whose codes some are of values that nobody knows
}

type liveRelation struct {
	name  string
	one   bool
	to    *liveTable
	pairs [][2]string // from this table to the other, or to the link
	link  string      // quoted
	far   [][2]string // from the link to the other
}

// liveRow is a row as it was read.
type liveRow struct {
	cells spectest.Row
	raw   map[string]string // the columns of keys that are not null, in a form that compares
}

// newLiveTable describes a table and those that its relations lead to.
func newLiveTable(path string, t *sqlspec.Table, rows *spec.Schema, d sqlspec.Dialect, s *storage) (*liveTable, error) {
	live := &liveTable{path: path, mapped: t, stored: map[string]sqlspec.Stored{}, sealed: map[string]bool{}}
	for f := range rows.Fields() {
		if as, ok := t.Stored(f.Name); ok {
			live.fields = append(live.fields, as.Field)
			live.stored[f.Name] = as
		}
	}
	for r := range t.Related() {
		declared, ok := rows.Relation(r.Name)
		if !ok {
			continue
		}
		rel := &liveRelation{name: r.Name, one: r.One, to: live, pairs: pairsOf(r.Keys), far: pairsOf(r.Far)}
		if r.Table != t {
			var err error
			if rel.to, err = newLiveTable(join(path, r.Name), r.Table.In(d), declared.Rows, d, s); err != nil {
				return nil, err
			}
		}
		live.needKeys(rel.pairs, 0)
		if r.Link != "" {
			parts := strings.Split(r.Link, ".")
			for i, part := range parts {
				parts[i] = s.quoted(part)
			}
			rel.link = strings.Join(parts, ".")
			rel.to.needKeys(rel.far, 1)
		} else {
			rel.to.needKeys(rel.pairs, 1)
		}
		live.relations = append(live.relations, rel)
	}
	if len(live.fields) == 0 {
		return nil, fmt.Errorf("sqlspectest: %s has no column for any field", t.Name())
	}
	return live, nil
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }

func pairsOf(k sqlspec.Keys) (pairs [][2]string) {
	for near, far := range k.Pairs() {
		pairs = append(pairs, [2]string{near, far})
	}
	return pairs
}

func (t *liveTable) needKeys(pairs [][2]string, side int) {
	for _, p := range pairs {
		if !slices.Contains(t.keys, p[side]) {
			t.keys = append(t.keys, p[side])
		}
	}
}

// fieldOf returns the field that a column holds.
func (t *liveTable) fieldOf(column string) (spec.Field, bool) {
	for _, f := range t.fields {
		if t.stored[f.Name].Column == column {
			return f, true
		}
	}
	return spec.Field{}, false
}

// find returns the table of a field at the end of a path, nil for none.
func (t *liveTable) find(path string) (*liveTable, string) {
	if _, ok := t.stored[path]; ok {
		return t, path
	}
	for _, r := range t.relations {
		if rest, ok := strings.CutPrefix(path, r.name+"."); ok {
			if found, field := r.to.find(rest); found != nil {
				return found, field
			}
		}
	}
	return nil, ""
}

// all yields the table and those that it leads to, each once.
func (t *liveTable) all(visit func(*liveTable) error) error {
	if err := visit(t); err != nil {
		return err
	}
	for _, r := range t.relations {
		if r.to != t {
			if err := r.to.all(visit); err != nil {
				return err
			}
		}
	}
	return nil
}
