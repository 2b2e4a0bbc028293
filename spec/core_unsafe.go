//go:build !rolespec_safe

package spec

import (
	"slices"
	"unsafe"
)

// pointer keeps alive what it points to: the bytes of a text, a number, or values.
type pointer = unsafe.Pointer

func pointToText(s string) pointer      { return unsafe.Pointer(unsafe.StringData(s)) }
func pointToNumber(n *uint64) pointer   { return unsafe.Pointer(n) }
func pointToValues(vs *[]Value) pointer { return unsafe.Pointer(vs) }
func textAt(p pointer, n int) string    { return unsafe.String((*byte)(p), n) }
func numberAt(p pointer) *uint64        { return (*uint64)(p) }
func valuesAt(p pointer) *[]Value       { return (*[]Value)(p) }

// readField reads a text that lies in the row itself.
func readField(r row, path []step) string { return *(*string)(unsafe.Add(r, path[0].offset)) }

// rootedLeaf returns a root and its leaf in one piece of memory: the node is what an
// interface is laid out as, a table and where the value lies, which nobody writes to.
func rootedLeaf(l Leaf) *root {
	r := &struct {
		root
		leaf Leaf
	}{leaf: l}
	parts := (*[2]unsafe.Pointer)(unsafe.Pointer(&r.node))
	parts[0], parts[1] = leafTable, unsafe.Pointer(&r.leaf)
	return &r.root
}

var someLeaf Node = Leaf{}

var leafTable = (*[2]unsafe.Pointer)(unsafe.Pointer(&someLeaf))[0]

// appendTexts makes each text an interface that shares one copy of them all: what an
// interface is laid out as, a type and where the value lies, which nobody writes to.
func appendTexts(args []any, texts []string) []any {
	var kept []string
	switch n := len(texts); {
	case cap(args)-len(args) >= n || len(args) > 0 || n > 4:
		args, kept = slices.Grow(args, n), slices.Clone(texts)
	case n <= 2:
		room := new(struct {
			args  [2]any
			texts [2]string
		})
		args, kept = room.args[:0], append(room.texts[:0], texts...)
	default:
		room := new(struct {
			args  [4]any
			texts [4]string
		})
		args, kept = room.args[:0], append(room.texts[:0], texts...)
	}
	for i := range kept {
		var arg any = ""
		(*[2]unsafe.Pointer)(unsafe.Pointer(&arg))[1] = unsafe.Pointer(&kept[i])
		args = append(args, arg)
	}
	return args
}
