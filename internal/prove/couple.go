package prove

// couple brings fields and the pairs they are in together: what a field cannot
// be, it cannot be in a pair, and the other way round. It is false where nothing
// is left.
func (s *search) couple() bool {
	for changes := -1; changes != len(s.trail); {
		changes = len(s.trail)
		for _, p := range s.pairList {
			if !s.coupleOne(p, p.field, &p.byField) || p.other != nil && !s.coupleOne(p, p.other, &p.byOther) {
				return false
			}
		}
	}
	return true
}

// coupleOne couples a pair and one of its fields, class by class.
func (s *search) coupleOne(p *pair, f *field, byClass *classCases) bool {
	for c, inPair := range byClass {
		inField := f.classes[c]
		if !s.look(f.unknown).meets(inField) && !s.leave(p.unknown, s.live[p.unknown].without(inPair)) {
			return false
		}
		if !s.look(p.unknown).meets(inPair) && !s.leave(f.unknown, s.live[f.unknown].without(inField)) {
			return false
		}
	}
	return true
}
