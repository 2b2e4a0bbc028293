package prove

import "slices"

// cases is a set of the cases of one unknown, by their numbers. All sets of one
// unknown are of one length.
type cases []uint64

func noCases(of int) cases { return make(cases, (of+63)/64) }

func allCases(of int) cases {
	all := noCases(of)
	for i := range of {
		all.add(i)
	}
	return all
}

func (c cases) add(i int) { c[i/64] |= 1 << (i % 64) }

func (c cases) isEmpty() bool {
	return !slices.ContainsFunc(c, func(word uint64) bool { return word != 0 })
}

// meets reports whether the two have a case in common.
func (c cases) meets(d cases) bool {
	for i := range c {
		if c[i]&d[i] != 0 {
			return true
		}
	}
	return false
}

// within reports whether d has all that c has.
func (c cases) within(d cases) bool {
	for i := range c {
		if c[i]&^d[i] != 0 {
			return false
		}
	}
	return true
}

func (c cases) and(d cases) cases {
	both := slices.Clone(c)
	for i := range both {
		both[i] &= d[i]
	}
	return both
}

func (c cases) without(d cases) cases {
	rest := slices.Clone(c)
	for i := range rest {
		rest[i] &^= d[i]
	}
	return rest
}

// truthCases are the cases in which something may be false, unknown and true.
type truthCases [3]cases

func newTruthCases(of int) *truthCases { return &truthCases{noCases(of), noCases(of), noCases(of)} }

func (tc *truthCases) add(are truths, i int) {
	for t := range tc {
		if are>>t&1 != 0 {
			tc[t].add(i)
		}
	}
}

// of returns the cases in which it may be one of these truths.
func (tc *truthCases) of(are truths) cases {
	some := make(cases, len(tc[0]))
	for t := range tc {
		for i := range some {
			if are>>t&1 != 0 {
				some[i] |= tc[t][i]
			}
		}
	}
	return some
}

// classCases are the cases in which a field is of each class.
type classCases [classes]cases

func newClassCases(of int) (cc classCases) {
	for c := range cc {
		cc[c] = noCases(of)
	}
	return cc
}
