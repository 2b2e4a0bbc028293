package sqlspec

import (
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// relation is how a table leads to the rows of another.
type relation struct {
	one   bool
	table *Table // nil: the table itself
	keys  Keys   // to the table, or to the link
	link  string // of many to many: the name of the table between
	far   Keys   // from the link to the table
}

// Keys are the columns that hold two tables together, by their names in the
// database. Text keys are compared as the database compares them.
type Keys []key

type key struct{ near, far string }

// On says which column of a table equals which column of the table it leads to.
func On(near, far string) Keys { return Keys{{near, far}} }

// And adds a pair of columns, for keys of more than one.
func (k Keys) And(near, far string) Keys { return append(k[:len(k):len(k)], key{near, far}) }

// ToOne says where the one row of a relation is: that row of the other table
// whose key the columns of this one have.
//
//	sqlspec.ToOne("owner", users, sqlspec.On("owner_id", "id"))
//
// The relation is one of the row type's: a nested struct, or a pointer to one.
// Its fields are those of the other table. The far columns must be unique; the
// row is absent where a column is null or no row has the key. A nil table is the
// table itself.
func ToOne(name string, other *Table, keys Keys) Option {
	return related(name, relation{one: true, table: other, keys: keys})
}

// ToMany says where the rows of a relation are: those of the other table that
// have the key of this one.
//
//	sqlspec.ToMany("comments", comments, sqlspec.On("id", "task_id"))
//
// The relation is one of the row type's: a slice of structs, or of pointers to
// them. A nil table is the table itself.
func ToMany(name string, other *Table, keys Keys) Option {
	return related(name, relation{table: other, keys: keys})
}

// ManyToMany is [ToMany] through a table between the two: near leads from this
// one to the link, far from the link to the other.
//
//	sqlspec.ManyToMany("groups", groups, "task_groups", sqlspec.On("id", "task_id"), sqlspec.On("group_id", "id"))
func ManyToMany(name string, other *Table, link string, near, far Keys) Option {
	return related(name, relation{table: other, keys: near, link: link, far: far})
}

func related(name string, r relation) Option {
	return func(t *Table) error {
		if err := r.check(t, name); err != nil {
			return fmt.Errorf("relation %q: %w", name, err)
		}
		for field := range t.columns {
			if strings.HasPrefix(field, name+".") {
				delete(t.columns, field)
			}
		}
		t.relations[name] = &r
		return nil
	}
}

func (r *relation) check(t *Table, name string) error {
	declared, ok := t.schema.Relation(name)
	switch {
	case !ok:
		return fmt.Errorf("the rows have no such relation")
	case t.relations[name] != nil:
		return fmt.Errorf("it is declared twice")
	case declared.One && !r.one:
		return fmt.Errorf("the rows have one such row, not many")
	case !declared.One && r.one:
		return fmt.Errorf("the rows have many such rows, not one")
	case r.link == "" && len(r.far) > 0:
		return fmt.Errorf("the table between has no name")
	case r.link != "" && len(r.far) == 0:
		return fmt.Errorf("no key leads from the link to the table")
	case len(r.keys) == 0:
		return fmt.Errorf("it has no key")
	}
	if r.link != "" {
		for _, part := range strings.Split(r.link, ".") {
			if err := checkAlias(part); err != nil {
				return err
			}
		}
	}
	for _, k := range append(r.keys[:len(r.keys):len(r.keys)], r.far...) {
		for _, column := range []string{k.near, k.far} {
			if err := checkName(column); err != nil {
				return fmt.Errorf("key: %w", err)
			}
		}
	}
	return r.checkSchema(t, declared.Rows)
}

// checkSchema holds the fields of the other table against those of the related
// rows, since a specification is checked by these and written for those.
func (r *relation) checkSchema(t *Table, rows *spec.Schema) error {
	other := r.table
	if other == nil {
		other = t
	}
	shared := 0
	for f := range other.schema.Fields() {
		own, ok := rows.Field(f.Name)
		if !ok {
			continue
		}
		shared++
		if own.Kind != f.Kind || own.List != f.List || strings.Join(own.Labels, "|") != strings.Join(f.Labels, "|") {
			return fmt.Errorf("field %q of its rows is not the same as in their table", f.Name)
		}
	}
	if shared == 0 {
		return fmt.Errorf("its rows and their table have no field in common")
	}
	return nil
}

// levels is how many subqueries lead to the rows.
func (r *relation) levels() int {
	if r.link != "" {
		return 2
	}
	return 1
}

// through splits the path of a field or relation behind a relation of the table
// at its beginning; nil for none.
func (t *Table) through(path string) (r *relation, rest string) {
	for i := 0; i < len(path) && len(t.relations) > 0; i++ {
		if path[i] == '.' {
			if r := t.relations[path[:i]]; r != nil {
				return r, path[i+1:]
			}
		}
	}
	return nil, ""
}
