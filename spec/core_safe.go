//go:build rolespec_safe

package spec

type pointer = any

func pointToText(s string) pointer      { return s }
func pointToNumber(n *uint64) pointer   { return n }
func pointToValues(vs *[]Value) pointer { return vs }
func textAt(p pointer, n int) string    { return p.(string)[:n] }
func numberAt(p pointer) *uint64        { return p.(*uint64) }
func valuesAt(p pointer) *[]Value       { return p.(*[]Value) }

func readField(r row, c *claim) string {
	p, _ := follow(c.path, r)
	return readString(p)
}

func rootedLeaf(l Leaf) *root { return &root{node: l} }

func boxed(text *string) any { return *text }
