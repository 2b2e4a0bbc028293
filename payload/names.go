package payload

import "bytes"

// few is how many names an object has, as a rule, at most. They are compared one by one;
// where there are more, as an attacker would have it, a map is made.
const few = 32

// newName reports whether the name is new in the object whose names begin at first, and
// notes it. The map is that object's own, nil until it is needed.
func (r *reader) newName(name []byte, first int, many *map[string]bool) bool {
	own := r.names[first:]
	if len(own) < few {
		for _, other := range own {
			if bytes.Equal(other, name) {
				return false
			}
		}
		r.names = append(r.names, name)
		return true
	}
	if *many == nil {
		*many = make(map[string]bool, 2*few)
		for _, other := range own {
			(*many)[string(other)] = true
		}
	}
	if (*many)[string(name)] {
		return false
	}
	(*many)[string(name)] = true
	return true
}
