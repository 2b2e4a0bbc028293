package prove

import "github.com/rolespec/rolespec/spec"

// truths is a set of truths: what a part of a specification is supposed to be.
type truths uint8

const (
	isFalse   truths = 1 << iota
	isUnknown        // neither
	isTrue
	notTrue  = isFalse | isUnknown
	notFalse = isTrue | isUnknown
	anything = isTrue | isFalse | isUnknown
)

// only returns the set of one truth.
func only(t spec.Truth) truths { return 1 << (t - spec.False) }

// not returns what a term has to be for its negation to be in the set.
func (ts truths) not() truths {
	return ts&isUnknown | ts&isFalse<<2 | ts&isTrue>>2
}

// ofEvery reports whether a junction is in the set just where every one of its
// terms is, as a conjunction is true where every term is true; else it is where
// one of them is. It holds of the four sets that a search begins with.
func (ts truths) ofEvery(c spec.Connective) bool {
	return (c == spec.Conjunction) == (ts&isTrue != 0)
}
