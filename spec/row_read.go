//go:build !rolespec_safe

package spec

import (
	"reflect"
	"time"
)

// What is read of rows and cores, by address.

// readRows returns where the elements of a slice of any type begin, and how many
// there are: the headers of all slices are laid out alike.
func readRows(p place) (first place, n int) {
	header := load[[]struct{}](p)
	return start(header), len(header)
}

// rowAt returns an element of such a slice, not ok where it is a nil pointer. One
// row is where it is.
func (f *family) rowAt(first place, i int) (row, bool) {
	if f.one {
		return first, true
	}
	return table{first, f.size, f.pointers}.row(i)
}

func readAs[V number](p place) V                   { return load[V](p) }
func readBool(p place) bool                        { return load[bool](p) }
func readString(p place) string                    { return load[string](p) }
func readBytes(p place) []byte                     { return load[[]byte](p) }
func readTime(p place) time.Time                   { return load[time.Time](p) }
func readOctets(p place) [16]byte                  { return load[[16]byte](p) }
func readMap(r row) map[string]any                 { return load[map[string]any](r) }
func readReflect(c *column, p place) reflect.Value { return reflectAt(c.typ, p) }

// readField reads a text that lies in the row itself.
func readField(r row, c *claim) string { return loadAt[string](r, c.offset) }

// rootedLeaf returns a root and its leaf in one piece of memory, which nobody writes to
// any more.
func rootedLeaf(l Leaf) *root {
	r := &struct {
		root
		leaf Leaf
	}{leaf: l}
	r.node = someLeaf
	put(&r.node, pointTo(&r.leaf))
	return &r.root
}

var someLeaf Node = Leaf{}
