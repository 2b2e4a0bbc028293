package spec

// access is the way to a column, measured once.
type access struct {
	path   []step
	direct bool // no pointer and no flag on the way: the column is never null
	simple bool // one pointer at most, and one flag at most, behind it

	// Of a simple way: how far the column is from the row, or from what the pointer
	// points to, which is itself that far from the row; and the flag as the column.
	offset  uintptr
	deref   bool
	pointer uintptr
	flag    bool
	valid   uintptr
}

func accessOf(path []step) access {
	a := access{path: path, simple: true}
	for _, st := range path {
		if st.flag {
			a.simple = a.simple && !a.flag
			a.flag, a.valid = true, a.offset+st.valid
		}
		a.offset += st.offset
		if st.deref {
			a.simple = a.simple && !a.deref && !a.flag
			a.deref, a.pointer, a.offset = true, a.offset, 0
		}
	}
	a.direct = !a.deref && !a.flag
	return a
}

// inBlocks reports whether a block of rows can be read column by column: whether there
// is one pointer at most to each value.
func (a *access) inBlocks(pointers bool) bool { return a.simple && !(pointers && a.deref) }
