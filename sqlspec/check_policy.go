package sqlspec

import (
	"slices"
	"strings"
)

// policies finds the fields that policies ask about, each in its own table, and
// returns what is to be said of those that are nowhere.
func (c *checker) policies(root *Table, paths []string) (unknown Findings) {
	for _, path := range paths {
		t, field := root, path
		for r, rest := t.through(field); r != nil; r, rest = t.through(field) {
			field = rest
			if r.table != nil {
				t = r.table
			}
		}
		if t.columns[field] == nil && t.relations[field] == nil {
			unknown = append(unknown, Finding{strings.Join(t.name, "."), path, true, "the policy asks about it, and the table has no column for it"})
			continue
		}
		t = t.In(c.dialect)
		c.policy[t] = append(c.policy[t], field)
	}
	return unknown
}

// isPolicy reports whether a policy asks about a field of the current table.
func (c *checker) isPolicy(field string) bool { return slices.Contains(c.policy[c.current], field) }
