package prove

// assume takes a literal to hold. It is false where it cannot.
func (s *search) assume(l *literal) bool {
	if l.asks != nil {
		s.asks = append(s.asks, l.asks)
	}
	for _, limit := range l.limits {
		if !s.leave(limit.unknown, limit.cases) {
			return false
		}
	}
	return true
}

// leave leaves no other cases of an unknown. It is false where none is left.
func (s *search) leave(unknown int, only cases) bool {
	before := s.look(unknown)
	if !before.within(only) {
		s.trail = append(s.trail, change{unknown, before})
		s.live[unknown] = before.and(only)
	}
	return !s.live[unknown].isEmpty()
}

// look returns the cases that are left of an unknown, at the price of going
// through them.
func (s *search) look(unknown int) cases {
	c := s.live[unknown]
	s.budget.spend(1 + len(c)/16)
	return c
}

func (s *search) undo(trail, asks int) {
	for i := len(s.trail) - 1; i >= trail; i-- {
		s.live[s.trail[i].unknown] = s.trail[i].before
	}
	s.trail, s.asks = s.trail[:trail], s.asks[:asks]
}
