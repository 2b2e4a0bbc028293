package spec

import (
	"math/bits"
	"sync"
)

// fewOperands is for how many leaves the operands are made without an allocation.
const fewOperands = 8

// filter returns the visible rows, in a slice that is as long as they are.
func filter[T any](p *program, ops []operand, rows []T) []T {
	b := tableOf(p.layout.base, rows)
	switch n := len(rows); {
	case n <= fewRows:
		return filterFew(p, ops, rows)
	case n <= smallRows:
		var sel [smallRows]uint16
		return selected(rows, sel[:p.keep(ops, &b, sel[:n])])
	case n <= blockRows:
		var sel [blockRows]uint16
		return selected(rows, sel[:p.keep(ops, &b, sel[:n])])
	}
	marks := newMarks(len(rows))
	visible := make([]T, 0, p.mark(ops, &b, len(rows), *marks))
	for w, word := range *marks {
		visible = appendMarked(visible, rows[w<<6:], word)
	}
	freeMarks(marks)
	return visible
}

// filterFew filters up to fewRows one by one.
func filterFew[T any](p *program, ops []operand, rows []T) []T {
	var sel [fewRows]uint16
	n := 0
	for i := range rows {
		if at, ok := rowOf(p.layout.base, &rows[i]); ok && p.root.holds(ops, at) {
			sel[n] = uint16(i)
			n++
		}
	}
	return selected(rows, sel[:n])
}

func selected[T any](rows []T, sel []uint16) []T {
	visible := make([]T, len(sel))
	for n, i := range sel {
		visible[n] = rows[i]
	}
	return visible
}

// appendMarked appends those of 64 rows that have a bit.
func appendMarked[T any](visible, rows []T, marks uint64) []T {
	if marks == 1<<64-1 {
		return append(visible, rows[:64]...)
	}
	for ; marks != 0; marks &= marks - 1 {
		visible = append(visible, rows[bits.TrailingZeros64(marks)])
	}
	return visible
}

// maxMarks is the longest that is kept of what marks rows, for 8 million of them.
const maxMarks = 1 << 17

var freeList = sync.Pool{New: func() any { return new([]uint64) }}

// newMarks returns a bit for each of so many rows, all unset.
func newMarks(rows int) *[]uint64 {
	words := (rows + 63) / 64
	marks := freeList.Get().(*[]uint64)
	if cap(*marks) < words {
		*marks = make([]uint64, words)
		return marks
	}
	*marks = (*marks)[:words]
	clear(*marks)
	return marks
}

func freeMarks(marks *[]uint64) {
	if cap(*marks) <= maxMarks {
		freeList.Put(marks)
	}
}
