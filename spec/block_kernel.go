package spec

// keep narrows a selection to the rows that the kernel holds for: they come first in
// sel, and it returns how many there are.
func (k *kernel) keep(ops []operand, b *table, sel []uint16) int {
	switch {
	case k.code == codeDefinition, k.code == codeMatch, !k.access.inBlocks(b.pointers):
		return k.keepRows(ops, b, sel)
	case k.code == codeNull:
		return k.keepNull(ops, b, sel)
	}
	c, o := b.cells(&k.access), &ops[k.slot]
	if !k.access.direct {
		sel = sel[:k.keepPresent(b, sel, true)]
	}
	switch k.code {
	case codeEqual:
		if !k.flip && len(o.text) <= maxWords {
			return keepEqual(c, o, sel)
		}
	case codeRange:
		return k.keepRange(c, o, sel)
	case codeFloat:
		if k.width == widthFloat32 {
			return keepFloats[float32](c, o, sel, k.flip)
		}
		return keepFloats[float64](c, o, sel, k.flip)
	case codeMember:
		if o.set == nil {
			return k.keepMembers(c, o, sel)
		}
	case codePrefix:
		if !k.flip && len(o.text) <= maxWords {
			return keepPrefix(c, o, sel)
		}
	case codeListed:
		if !k.flip && o.set == nil && o.short {
			return keepListed(c, o, sel)
		}
	case codeContains:
		return keepContains(c, o, sel, k.flip)
	}
	return k.keepTested(c, o, sel)
}

// keepRows asks about one row after the other.
func (k *kernel) keepRows(ops []operand, b *table, sel []uint16) (n int) {
	for _, i := range sel {
		sel[n] = i
		if at, ok := b.row(int(i)); ok && k.holds(ops, at) {
			n++
		}
	}
	return n
}

// keepTested asks about one value after the other.
func (k *kernel) keepTested(c cells, o *operand, sel []uint16) (n int) {
	for _, i := range sel {
		sel[n] = i
		if k.test(o, c.at(i)) {
			n++
		}
	}
	return n
}

func (k *kernel) keepNull(ops []operand, b *table, sel []uint16) int {
	switch f := k.column.form; {
	case f == formBytes, f == formTime && k.negated: // the value has to be asked
		return k.keepRows(ops, b, sel)
	}
	return k.keepPresent(b, sel, k.negated)
}

// keepPresent keeps the rows that have a value, or those that have none.
func (k *kernel) keepPresent(b *table, sel []uint16, present bool) (n int) {
	if k.access.direct {
		if present {
			return len(sel)
		}
		return 0
	}
	for _, i := range sel {
		sel[n] = i
		if b.has(&k.access, i) == present {
			n++
		}
	}
	return n
}
