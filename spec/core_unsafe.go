//go:build !rolespec_safe

package spec

import "unsafe"

// pointer keeps alive what it points to: the bytes of a text, a number, or values.
type pointer = unsafe.Pointer

func pointToText(s string) pointer      { return unsafe.Pointer(unsafe.StringData(s)) }
func pointToNumber(n *uint64) pointer   { return unsafe.Pointer(n) }
func pointToValues(vs *[]Value) pointer { return unsafe.Pointer(vs) }
func textAt(p pointer, n int) string    { return unsafe.String((*byte)(p), n) }
func numberAt(p pointer) *uint64        { return (*uint64)(p) }
func valuesAt(p pointer) *[]Value       { return (*[]Value)(p) }

// readField reads a text that lies in the row itself.
func readField(r row, c *claim) string { return *(*string)(unsafe.Add(r, c.offset)) }

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

// boxed returns a text in an interface without another place for it: what an interface
// is laid out as, a type and where the value lies, which nobody writes to any more.
func boxed(text *string) (arg any) {
	arg = ""
	(*[2]unsafe.Pointer)(unsafe.Pointer(&arg))[1] = unsafe.Pointer(text)
	return arg
}
