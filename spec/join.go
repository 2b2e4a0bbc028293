package spec

import "slices"

// AppendJoined appends the texts of a list one after the other with the separator between
// them, as [strings.Join] does. It is not ok for what is no list of texts alone: then
// nothing is appended.
func (v Value) AppendJoined(to []byte, separator string) (_ []byte, ok bool) {
	elements := v.elements()
	size := len(separator) * max(0, len(elements)-1)
	for i := range elements {
		if elements[i].kind != KindString {
			return to, false
		}
		size += len(elements[i].str)
	}
	n := len(to)
	room := slices.Grow(to, size)[:n+size]
	for i := range elements {
		if i > 0 {
			for j := range len(separator) { // mostly shorter than a call takes
				room[n] = separator[j]
				n++
			}
		}
		n += copy(room[n:], elements[i].str)
	}
	return room, v.kind == KindList
}
