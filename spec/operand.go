package spec

// operand is the value of a leaf made ready for its kernel.
type operand struct {
	text string     // of a text, or 16 octets
	a, b uint64     // of a number: the least and how many more; of a short text: its words
	none bool       // no number is in the range
	list *list      // of an In
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
		o.list = newList(v.elements(), k.column.field.Kind)
		return o.list != nil
	case codePattern:
		o.cond = cond
		return true
	case codeDefinition:
		return false
	}
	o.setText(v.str)
	return true
}

// setText keeps a text, and where it is short its words.
func (o *operand) setText(s string) {
	o.text = s
	if len(s) <= maxWords {
		o.a, o.b = words(s)
	}
}
