package spectest

import (
	"maps"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// maxTries is how often a failure is tried again while it is reduced.
const maxTries = 3000

// Shrink reduces a failure: fails reports whether a specification fails over some
// rows, as s does over the rows given, which [Flatten] has to take. The
// specification and the rows returned still fail, and none of these steps makes
// them smaller and keeps them failing: leaving out a row, a related row, a link
// between the two, a value of a row, a term, a negation or an element of a list,
// and making a value simpler. The arguments are not changed.
//
// fails is called some hundred times, and 3,000 times at most.
func Shrink(sc *spec.Schema, s spec.Specification, rows []Row, fails func(spec.Specification, []Row) bool) (spec.Specification, []Row) {
	tables, err := Flatten(sc, rows)
	if err != nil {
		return s, rows
	}
	sh := shrinker{schema: sc, spec: s, tables: tables, fails: fails}
	for sh.fewerRows() || sh.smallerSpec() || sh.smallerRows() {
	}
	return sh.spec, sh.tables.Nest(sc)
}

// ShrinkSpecification reduces a specification alone, as [Shrink] does.
func ShrinkSpecification(s spec.Specification, fails func(spec.Specification) bool) spec.Specification {
	sh := shrinker{spec: s, tables: Tables{Rows: map[string][]Row{"": {{}}}}, fails: func(s spec.Specification, _ []Row) bool { return fails(s) }}
	sh.smallerSpec()
	return sh.spec
}

type shrinker struct {
	schema *spec.Schema
	spec   spec.Specification
	tables Tables
	fails  func(spec.Specification, []Row) bool
	tries  int
}

// try keeps what still fails.
func (sh *shrinker) try(s spec.Specification, tables Tables) bool {
	sh.tries++
	if sh.tries > maxTries || s.Err() != nil || len(tables.Rows[""]) == 0 {
		return false
	}
	if !sh.fails(s, tables.Nest(sh.schema)) {
		return false
	}
	sh.spec, sh.tables = s, tables
	return true
}

// prune drops what nothing leads to any more.
func (sh *shrinker) prune() {
	if pruned, err := Flatten(sh.schema, sh.tables.Nest(sh.schema)); err == nil {
		sh.tables = pruned
	}
}

// fewerRows leaves out rows and links: halves, quarters, and so on down to single
// ones.
func (sh *shrinker) fewerRows() (progress bool) {
	for _, at := range slices.Sorted(maps.Keys(sh.tables.Rows)) {
		sh.prune()
		progress = sh.fewer(func() int { return len(sh.tables.Rows[at]) }, func(from, to int) Tables {
			return sh.tables.withRows(at, slices.Concat(sh.tables.Rows[at][:from], sh.tables.Rows[at][to:]))
		}) || progress
	}
	sh.prune()
	for _, name := range slices.Sorted(maps.Keys(sh.tables.Links)) {
		progress = sh.fewer(func() int { return len(sh.tables.Links[name]) }, func(from, to int) Tables {
			fewer := Tables{sh.tables.Rows, maps.Clone(sh.tables.Links)}
			fewer.Links[name] = slices.Concat(sh.tables.Links[name][:from], sh.tables.Links[name][to:])
			return fewer
		}) || progress
	}
	return progress
}

// fewer tries without parts of a list.
func (sh *shrinker) fewer(length func() int, without func(from, to int) Tables) (progress bool) {
	for size := (length() + 1) / 2; size > 0; size /= 2 {
		for from := 0; from < length(); {
			if sh.try(sh.spec, without(from, min(from+size, length()))) {
				progress = true // what comes next is at the same place
			} else {
				from += size
			}
		}
	}
	return progress
}

func (sh *shrinker) smallerSpec() (progress bool) {
	for sh.smallerStep() {
		progress = true
	}
	return progress
}

func (sh *shrinker) smallerStep() bool {
	for smaller := range reductions(sh.spec.Node()) {
		if sh.try(smaller, sh.tables) {
			return true
		}
	}
	return false
}

func (sh *shrinker) smallerRows() (progress bool) {
	for _, at := range slices.Sorted(maps.Keys(sh.tables.Rows)) {
		for i := range sh.tables.Rows[at] {
			for sh.smallerRow(at, i) {
				progress = true
			}
		}
	}
	return progress
}

func (sh *shrinker) smallerRow(at string, i int) bool {
	for smaller := range rowReductions(sh.tables.Rows[at][i]) {
		rows := slices.Clone(sh.tables.Rows[at])
		rows[i] = smaller
		if sh.try(sh.spec, sh.tables.withRows(at, rows)) {
			return true
		}
	}
	return false
}

func (t Tables) withRows(at string, rows []Row) Tables {
	with := Tables{maps.Clone(t.Rows), t.Links}
	with.Rows[at] = rows
	return with
}
