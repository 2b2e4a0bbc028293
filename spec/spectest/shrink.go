package spectest

import (
	"github.com/rolespec/rolespec/spec"
)

// maxTries is how often a failure is tried again while it is reduced.
const maxTries = 3000

// Shrink reduces a failure: fails reports whether a specification fails over some
// rows, as s does over the rows given. The specification and the rows returned
// still fail, and none of these steps makes them smaller and keeps them failing:
// leaving out a row, a value of a row, a term or a negation, an element of a
// list, and making a value simpler. The arguments are not changed.
//
// fails is called some hundred times, and 3,000 times at most.
func Shrink(s spec.Specification, rows []Row, fails func(spec.Specification, []Row) bool) (spec.Specification, []Row) {
	sh := shrinker{spec: s, rows: rows, fails: fails}
	for sh.fewerRows() || sh.smallerSpec() || sh.smallerRows() {
	}
	return sh.spec, sh.rows
}

type shrinker struct {
	spec  spec.Specification
	rows  []Row
	fails func(spec.Specification, []Row) bool
	tries int
}

// try keeps what still fails.
func (sh *shrinker) try(s spec.Specification, rows []Row) bool {
	sh.tries++
	if sh.tries > maxTries || s.Err() != nil || !sh.fails(s, rows) {
		return false
	}
	sh.spec, sh.rows = s, rows
	return true
}

// fewerRows leaves out rows: halves, quarters, and so on down to single ones.
func (sh *shrinker) fewerRows() (progress bool) {
	for size := (len(sh.rows) + 1) / 2; size > 0; size /= 2 {
		for from := 0; from < len(sh.rows); {
			to := min(from+size, len(sh.rows))
			rest := append(sh.rows[:from:from], sh.rows[to:]...)
			if len(rest) > 0 && sh.try(sh.spec, rest) {
				progress = true
				continue // what comes next is at the same place
			}
			from = to
		}
	}
	return progress
}

func (sh *shrinker) smallerSpec() bool {
	for smaller := range reductions(sh.spec.Node()) {
		if sh.try(smaller, sh.rows) {
			return true
		}
	}
	return false
}

func (sh *shrinker) smallerRows() bool {
	for i, row := range sh.rows {
		for smaller := range rowReductions(row) {
			rows := append([]Row{}, sh.rows...)
			rows[i] = smaller
			if sh.try(sh.spec, rows) {
				return true
			}
		}
	}
	return false
}
