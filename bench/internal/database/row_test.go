package database

import (
	"slices"
	"testing"
)

// What the ways are held against refuses everything but the rows of the caller.
func TestCheckRows(t *testing.T) {
	t.Parallel()
	const n Size = 4000
	seen := map[int64]int{}
	for i := range n.callers() {
		who := callerAt(i)
		var mine, others []Row
		for id := range int64(n) {
			if row := rowAt(id); row.AccountID == who.Account && row.CreatedBy == who.Subject {
				mine = append(mine, row)
				seen[id]++
			} else {
				others = append(others, row)
			}
		}
		slices.Reverse(mine) // the order is nobody's promise
		if err := n.checkRows(who, mine); err != nil {
			t.Fatal(err)
		}
		altered := slices.Clone(mine)
		altered[7].Amount++
		for name, rows := range map[string][]Row{
			"none":     nil,
			"one less": mine[1:],
			"one more": append(slices.Clone(mine), others[0]),
			"another":  append(slices.Clone(mine[1:]), others[0]),
			"twice":    append(slices.Clone(mine[1:]), mine[1]),
			"altered":  altered,
		} {
			if n.checkRows(who, rows) == nil {
				t.Errorf("%s: no error", name)
			}
		}
	}
	for id := range int64(n) {
		if seen[id] != 1 {
			t.Fatalf("row %d is that of %d callers", id, seen[id])
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	const n Size = 1000
	for _, count := range []int{0, 1, 2, 10, 1000, 3000} {
		l := n.list(count)
		ids := map[int64]bool{}
		var rows, sum int64
		for _, id := range l.ids {
			ids[id] = true
			if id < int64(n) {
				rows++
				sum += id
			}
		}
		if len(ids) != count || rows != l.rows || sum != l.sum {
			t.Errorf("of %d: %d different, %d in the table (list says %d), sum %d (%d)", count, len(ids), rows, l.rows, sum, l.sum)
		}
	}
}
