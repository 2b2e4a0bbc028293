package roles

import (
	"slices"
)

// FieldSet is a set of fields: all of them, or those that are named. The zero
// FieldSet has none.
type FieldSet struct {
	all   bool
	names []string // sorted
}

// AllFields is every field, whatever its name.
func AllFields() FieldSet { return FieldSet{all: true} }

// Fields is the set of these fields.
func Fields(names ...string) FieldSet {
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	return FieldSet{names: slices.Compact(sorted)}
}

// Has reports whether the field is in the set. A nested field is in it by its own
// name only: "address" does not include "address.city".
func (f FieldSet) Has(name string) bool {
	if f.all {
		return true
	}
	_, found := slices.BinarySearch(f.names, name)
	return found
}

// All reports whether the set has every field.
func (f FieldSet) All() bool { return f.all }

// Names returns the fields that are named, sorted: nil where the set has all.
func (f FieldSet) Names() []string { return slices.Clone(f.names) }

// Of returns those of the names that are in the set, in their order.
func (f FieldSet) Of(names ...string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return !f.Has(name) })
}

// only returns the fields that are in the set and among the names.
func (f FieldSet) only(names []string) FieldSet { return Fields(f.Of(names...)...) }
