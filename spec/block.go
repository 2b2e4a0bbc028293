package spec

const (
	// blockRows is how many rows are filtered at a time, one leaf after the other: their
	// columns stay in the cache, and the numbers of the rows that are left on the stack.
	blockRows = 1024
	// smallRows is how many rows are a small block, which takes less of the stack.
	smallRows = 64
	// fewRows is how many rows are as soon filtered one by one.
	fewRows = 3
)

// identity is the selection of all rows of a block.
var identity = func() (all [blockRows]uint16) {
	for i := range all {
		all[i] = uint16(i)
	}
	return all
}()

// keep writes to sel, which is as long as the block, the rows that are visible in their
// order, and returns how many there are.
func (p *program) keep(ops []operand, b *table, sel []uint16) int {
	n := copy(sel, identity[:])
	if b.pointers {
		n = b.keepPresent(sel)
	}
	return p.root.keep(ops, b, sel[:n])
}

// mark sets a bit for each visible row and returns how many there are.
func (p *program) mark(ops []operand, b *table, n int, marks []uint64) (visible int) {
	var sel [blockRows]uint16
	for from := 0; from < n; from += blockRows {
		rest := b.from(from)
		kept := p.keep(ops, &rest, sel[:min(blockRows, n-from)])
		visible += kept
		setBits(marks[from>>6:], sel[:kept])
	}
	return visible
}

// setBits sets the bit of each row of a selection.
func setBits(marks []uint64, sel []uint16) {
	at, word := 0, uint64(0)
	for _, i := range sel {
		if next := int(i >> 6); next != at {
			marks[at] |= word
			at, word = next, 0
		}
		word |= 1 << (i & 63)
	}
	if word != 0 {
		marks[at] |= word
	}
}

// keep narrows a selection to the rows of which the clause is true: they come first in
// sel, and it returns how many there are.
func (c *clause) keep(ops []operand, b *table, sel []uint16) int {
	n := len(sel)
	switch c.join {
	case joinEvery:
		return n
	case joinNone:
		return 0
	case joinLeaf:
		return c.kernel.keep(ops, b, sel)
	case joinAll:
		for i := 0; i < len(c.terms) && n > 0; i++ {
			n = c.terms[i].keep(ops, b, sel[:n])
		}
		return n
	case joinSome:
		if n <= smallRows {
			return c.keepSomeOfFew(ops, b, sel)
		}
		return c.keepSome(ops, b, sel)
	case joinRelated:
	}
	n = 0
	for _, i := range sel {
		sel[n] = i
		if at, ok := b.row(int(i)); ok && c.holds(ops, at) {
			n++
		}
	}
	return n
}

// keepSome asks each term about the rows that no term before it has kept.
func (c *clause) keepSome(ops []operand, b *table, sel []uint16) int {
	var (
		kept [blockRows]uint8
		rest [blockRows]uint16
	)
	for t := range c.terms {
		left := rest[:appendUnkept(&rest, sel, &kept)]
		for _, i := range left[:c.terms[t].keep(ops, b, left)] {
			kept[i%blockRows] = 1
		}
	}
	n := 0
	for _, i := range sel {
		sel[n] = i
		n += int(kept[i%blockRows])
	}
	return n
}

func appendUnkept(to *[blockRows]uint16, sel []uint16, kept *[blockRows]uint8) (n int) {
	for _, i := range sel {
		to[n%blockRows] = i
		n += int(kept[i%blockRows] ^ 1)
	}
	return n
}

// keepSomeOfFew is keepSome for the rows of a small selection: what is kept are
// positions in it.
func (c *clause) keepSomeOfFew(ops []operand, b *table, sel []uint16) int {
	var rest [smallRows]uint16
	kept := uint64(0) // of the positions in sel
	for t := range c.terms {
		n := 0
		for at, i := range sel {
			rest[n%smallRows] = i
			n += int(^kept >> at & 1)
		}
		at := 0
		for _, i := range rest[:c.terms[t].keep(ops, b, rest[:n])] {
			for sel[at] != i {
				at++
			}
			kept |= 1 << at
		}
	}
	n := 0
	for at, i := range sel {
		sel[n] = i
		n += int(kept >> at & 1)
	}
	return n
}

// keepPresent keeps the rows that are there.
func (b *table) keepPresent(sel []uint16) (n int) {
	for _, i := range sel {
		sel[n] = i
		if _, ok := b.row(int(i)); ok {
			n++
		}
	}
	return n
}
