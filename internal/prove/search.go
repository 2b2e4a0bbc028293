package prove

import "slices"

// search looks for a row that meets what is asked, depth first: literals leave
// fewer cases of the unknowns, and where one of several terms has to hold, one
// after the other is tried.
type search struct {
	*question
	live  []cases // the cases that are left of each unknown
	trail []change
	asks  []*ask // what is asked of related rows, on the way to here
}

// change is what a literal changed, to be undone.
type change struct {
	unknown int
	before  cases
}

func newSearch(q *question) *search {
	return &search{question: q, live: slices.Clone(q.all)}
}

// open reports whether nothing refutes that all of these formulas hold; it is
// true where the budget is spent. What it assumed is left to be undone.
func (s *search) open(pending []formula) bool {
	var choices []formula
	for len(pending) > 0 {
		rest, ok := s.settle(pending)
		if !ok {
			return false
		}
		choices, pending, ok = s.narrow(append(choices, rest...))
		if !ok {
			return false
		}
	}
	switch {
	case s.budget.left == 0:
		return true
	case len(choices) == 0:
		return !s.relatedRefuted()
	}
	return s.branch(choices)
}

// settle assumes all that has to hold, and returns what is left to choose. It is
// not ok where that cannot be.
func (s *search) settle(pending []formula) (choices []formula, ok bool) {
	pending = slices.Clone(pending)
	for len(pending) > 0 {
		f := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		switch {
		case f.literal != nil:
			if !s.assume(f.literal) {
				return nil, false
			}
		case f.every:
			pending = append(pending, f.terms...)
		default:
			choices = append(choices, f)
		}
	}
	return choices, s.couple()
}

// narrow drops the terms of choices that cannot hold and the choices that are
// met already. What has one term left has to hold: it is returned as settled. It
// is not ok where a choice has none.
func (s *search) narrow(choices []formula) (open, settled []formula, ok bool) {
	for _, c := range choices {
		var terms []formula
		met := false
		for _, t := range c.terms {
			if !s.budget.spend(1) {
				return choices, nil, true
			}
			if met = s.meets(t); met {
				break
			}
			if s.possible(t) {
				terms = append(terms, t)
			}
		}
		switch {
		case met:
		case len(terms) == 0:
			return nil, nil, false
		case len(terms) == 1:
			settled = append(settled, terms[0])
		default:
			open = append(open, formula{terms: terms})
		}
	}
	return open, settled, true
}

// branch tries the terms of the choice that has the fewest.
func (s *search) branch(choices []formula) bool {
	least := 0
	for i, c := range choices {
		if len(c.terms) < len(choices[least].terms) {
			least = i
		}
	}
	trail, asks := len(s.trail), len(s.asks)
	for _, t := range choices[least].terms {
		pending := append([]formula{t}, choices[:least]...)
		if s.open(append(pending, choices[least+1:]...)) {
			return true
		}
		s.undo(trail, asks)
	}
	return false
}
