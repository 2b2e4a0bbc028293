package spec

// fewMembers is how many elements of a list are as soon compared one by one.
const fewMembers = 8

// members are the elements of a list of one kind, to be looked up.
type members struct {
	kind Kind
	set  map[content]struct{}
	null bool // there is a null among them
}

// content is what a scalar value holds: two of one kind are equal where it is.
type content struct {
	num uint64
	str string
}

// membersOf returns nil where the elements are few, or are to be compared by what
// they are worth rather than by what they are.
func membersOf(elements []Value) *members {
	if len(elements) <= fewMembers {
		return nil
	}
	m := &members{set: make(map[content]struct{}, len(elements))}
	for _, e := range elements {
		switch {
		case e.kind == KindNull:
			m.null = true
			continue
		case m.kind == KindNull && e.kind <= KindUUID:
			m.kind = e.kind
		case e.kind != m.kind:
			return nil
		}
		m.set[content{e.num, e.str}] = struct{}{}
	}
	return m
}

// truth is In of a value that is not null; not ok where it is of another kind.
func (m *members) truth(v Value) (_ Truth, ok bool) {
	if m == nil || v.kind != m.kind {
		return Unknown, false
	}
	if _, found := m.set[content{v.num, v.str}]; !found && m.null {
		return Unknown, true
	} else if !found {
		return False, true
	}
	return True, true
}
