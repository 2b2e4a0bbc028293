package spec

// operand is the value of a leaf made ready for its kernel.
type operand struct {
	text string // of a text, or 16 octets
	a, b uint64 // of a number: the least and how many more
	none bool   // no number is in the range

	// Of an In. The texts may all be short, of at most 16 bytes, and even, all as long
	// as the first.
	short, even bool
	elements    *[]Value
	set         *set // of its elements, where they are many

	cond *condition // for the definition and for patterns
}

// prepare makes the operand of a kernel. It is not ok where only the definition knows.
func (k *kernel) prepare(o *operand, cond *condition) bool {
	v := cond.operand
	switch k.code {
	case codeNull:
		return true
	case codeRange:
		return o.setRange(k.leaf.Op, v.kind, v.num, k.width)
	case codeFloat:
		o.setFloats(k.leaf.Op, v.num)
		return true
	case codeMember, codeListed:
		return o.setList(v.list, k.column.field.Kind)
	case codePattern:
		o.cond = cond
		return true
	case codeDefinition:
		return false
	}
	o.text = v.str
	return true
}
