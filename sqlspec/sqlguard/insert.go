package sqlguard

import "slices"

// inserted returns the place of the table that the level inserts into, or -1 where it
// does not, or may change rows that exist.
func (l level) inserted(statement []token) int {
	if !l.at(0).is("insert") || !l.at(1).is("into") ||
		slices.ContainsFunc(statement, func(t token) bool { return t.is("conflict", "duplicate", "replace") }) {
		return -1
	}
	target := 2
	for l.at(target + 1).sign(".") { // a schema
		target += 2
	}
	return target
}
