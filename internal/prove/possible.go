package prove

// possible reports whether a formula is not refuted at a glance: by one literal
// of those that have to hold.
func (s *search) possible(f formula) bool {
	switch {
	case f.literal != nil:
		for _, l := range f.literal.limits {
			if !s.look(l.unknown).meets(l.cases) {
				return false
			}
		}
	case f.every:
		for _, t := range f.terms {
			if !s.possible(t) {
				return false
			}
		}
	default:
		return len(f.terms) > 0
	}
	return true
}

// meets reports whether a formula is seen to hold in all cases that are left.
func (s *search) meets(f formula) bool {
	switch {
	case f.literal != nil:
		for _, l := range f.literal.limits {
			if !s.look(l.unknown).within(l.cases) {
				return false
			}
		}
		return f.literal.asks == nil
	case f.every:
		for _, t := range f.terms {
			if !s.meets(t) {
				return false
			}
		}
		return true
	}
	return false
}
