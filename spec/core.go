package spec

// core is a specification in four words, as many as Go keeps in registers: a tree, or
// a template beside the values of up to two variables. More of them are behind a.
//
// A text is where it lies and its length, which is at most MaxText. Any other value is
// a number: one of few bits stands in about, one of many behind its pointer. So nothing
// is read as what it is not, as long as about is what was packed with the pointers.
type core struct {
	root  *root
	a, b  pointer
	about uint64 // the kinds, then what belongs to them
}

// root is where a specification begins: a tree, or a template whose variables are
// bound.
type root struct {
	node     Node
	template *Template // of which the node has the variables; nil for a tree
}

// What about holds, in bits.
const (
	kindBits = 4
	textBits = 16 // for a length, which is no number below zero
	kindMask = 1<<kindBits - 1
	free     = 64 - 2*kindBits
)

// packTexts is pack of one text, or two.
func packTexts(r *root, first, second string, kinds uint64) core {
	return core{r, pointToText(first), pointToText(second),
		kinds | uint64(len(first))<<(2*kindBits) | uint64(len(second))<<(2*kindBits+textBits)}
}

// pack keeps values; nobody may write to them afterwards.
func pack(r *root, values []Value) core {
	c := core{root: r}
	for i := range values {
		if i > 1 || !values[i].isScalar() {
			kept := append([]Value(nil), values...)
			return core{root: r, a: pointToValues(&kept), about: uint64(KindList)}
		}
		c.about |= uint64(values[i].kind) << (i * kindBits)
	}
	if len(values) > 0 {
		c.a = c.packed(0, &values[0])
	}
	if len(values) > 1 {
		c.b = c.packed(1, &values[1])
	}
	return c
}

// isScalar reports whether a value is a text or a number.
func (v *Value) isScalar() bool {
	switch v.kind {
	case KindBool, KindInt, KindUint, KindFloat, KindString, KindTime, KindDate:
		return true
	}
	return false
}

// place returns where in about the value at i stands, and in how many bits.
func (c *core) place(i int) (shift, bits uint) {
	a, b := Kind(c.about&kindMask), Kind(c.about>>kindBits&kindMask)
	first := uint(free / 2)
	switch {
	case a == KindString:
		first = textBits
	case b == KindString:
		first = free - textBits
	case b == KindNull:
		first = free
	}
	if i == 0 {
		return 2 * kindBits, first
	}
	return 2*kindBits + first, free - first
}

// packed puts a value at its place, and returns the pointer to what has none there.
func (c *core) packed(i int, v *Value) pointer {
	shift, bits := c.place(i)
	if v.kind == KindString {
		c.about |= uint64(len(v.str)) << shift
		return pointToText(v.str)
	}
	if n := int64(v.num); n<<(64-bits)>>(64-bits) == n {
		c.about |= v.num << (64 - bits) >> (64 - bits) << shift
		return nil
	}
	n := v.num
	return pointToNumber(&n)
}

// at returns the value of the variable at i, which must be one of the template.
func (c core) at(i int) Value {
	kind, text, num := c.scalar(i)
	if kind == KindNull {
		return (*valuesAt(c.a))[i]
	}
	return Value{kind: kind, str: text, num: num}
}

// scalar is at in parts, which stay in registers; the kind of null where the values are
// not in place.
func (c core) scalar(i int) (kind Kind, text string, num uint64) {
	kind, p := Kind(c.about&kindMask), c.a
	if kind == KindList {
		return KindNull, "", 0
	}
	if i > 0 {
		kind, p = Kind(c.about>>kindBits&kindMask), c.b
	}
	shift, bits := c.place(i)
	n := int64(c.about<<(64-bits-shift)) >> (64 - bits)
	switch {
	case kind == KindString:
		return kind, textAt(p, int(n)), 0
	case p != nil:
		return kind, "", *numberAt(p)
	}
	return kind, "", uint64(n)
}

// text returns the value of the variable at i, which must be one of the template, not
// ok where it is no text.
func (c core) text(i int) (_ string, ok bool) {
	kind, text, _ := c.scalar(i)
	if kind == KindNull {
		v := (*valuesAt(c.a))[i]
		return v.Text(), v.kind == KindString
	}
	return text, kind == KindString
}
