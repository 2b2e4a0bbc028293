package sqlspec

import (
	"iter"
	"maps"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Stored says how a table stores a field, for code that makes tables or writes
// and reads rows.
type Stored struct {
	Field        spec.Field
	Column       string  // its name, not quoted
	Storage      Storage // where there is more than one way
	Digits       int     // of StoredScaled
	PostgresType string  // quoted; of the column or of a list's elements, "" for the usual one

	// Encode returns what is stored for a value, a value of Code; nil where that
	// is the value itself.
	Encode func(spec.Value) (spec.Value, error)
	Code   spec.Field
}

// Storage is a way to store a kind, see the option of the same name.
type Storage string

// The ways to store.
const (
	StoredUsually     Storage = ""
	StoredAsTimestamp Storage = "timestamp"
	StoredScaled      Storage = "scaled"
	StoredAsBlob      Storage = "blob"
	StoredAsJSONB     Storage = "jsonb"
	StoredAsLtree     Storage = "ltree"
)

// Stored returns how the table stores a field, and false where it has no column
// for it.
func (t *Table) Stored(field string) (Stored, bool) {
	if t == nil || t.columns[field] == nil {
		return Stored{}, false
	}
	c := t.columns[field]
	ways := [...]Storage{
		storageDefault: StoredUsually, storageTimestamp: StoredAsTimestamp, storageScaled: StoredScaled,
		storageBlob: StoredAsBlob, storageJSONB: StoredAsJSONB, storageLtree: StoredAsLtree,
	}
	f := c.field
	f.Labels = slices.Clone(f.Labels)
	return Stored{Field: f, Column: c.name, Storage: ways[c.storage], Digits: c.digits, PostgresType: c.pgType, Encode: c.encode, Code: c.code}, true
}

// Name returns the name of the table, quoted, without an alias. For MariaDB see
// [Table.In].
func (t *Table) Name() string {
	if t == nil {
		return ""
	}
	return quoteWith(t.quotes, t.name...)
}

// Related says how a table leads to the rows of a relation.
type Related struct {
	Name  string
	One   bool
	Table *Table // the table itself in a tree
	Keys  Keys   // to the table, or to the link
	Link  string // the name of the table between, not quoted; "" for none
	Far   Keys   // from the link to the table
}

// Related yields the relations of the table that have keys, by their names.
func (t *Table) Related() iter.Seq[Related] {
	return func(yield func(Related) bool) {
		if t == nil {
			return
		}
		for _, name := range slices.Sorted(maps.Keys(t.relations)) {
			r := t.relations[name]
			other := r.table
			if other == nil {
				other = t
			}
			if !yield(Related{Name: name, One: r.one, Table: other, Keys: r.keys, Link: r.link, Far: r.far}) {
				return
			}
		}
	}
}

// Pairs yields the columns: of the table that leads there, and of the one that is
// led to.
func (k Keys) Pairs() iter.Seq2[string, string] {
	return func(yield func(near, far string) bool) {
		for _, pair := range k {
			if !yield(pair.near, pair.far) {
				return
			}
		}
	}
}
