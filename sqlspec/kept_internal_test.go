package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// This is the only test file inside the package: it tells the others what a table
// keeps.

// MaxKept is how many conditions a table keeps of each sort and dialect.
const MaxKept = maxKept

// IsKept reports whether the table keeps a condition that holds for s and its values.
func IsKept(t *Table, s spec.Specification, d Dialect) bool {
	c, _, _ := t.keptFor(nil, s, d)
	return c != nil
}

// Kept returns how many conditions the table keeps.
func Kept(t *Table, d Dialect) (shapes, templates int) {
	count := func(k *kept) (n int) {
		sets := k.sets.Load()
		if sets == nil {
			return 0
		}
		for i := range *sets {
			for j := range (*sets)[i] {
				if (*sets)[i][j].Load() != nil {
					n++
				}
			}
		}
		return n
	}
	return count(&t.kept[d].shapes), count(&t.kept[d].templates)
}
