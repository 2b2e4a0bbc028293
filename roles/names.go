package roles

import "math/bits"

// names finds what is kept under a name. It is made once and then only read, so it
// hashes less of a name than a map has to, and compares the rest. Names that are much
// alike go to a map. The zero names has none.
type names[V any] struct {
	few   []named[V] // up to as many as are compared faster than hashed
	slots []named[V] // as many as a power of two, at most half of them taken
	many  map[string]V
}

type named[V any] struct {
	name  string // empty for a free slot
	value V
}

// maxFew is up to how many names are compared one by one.
const maxFew = 4

// farthest is how far from its place a name may be, before all go to a map.
const farthest = 8

func namesOf[V any](m map[string]V) names[V] {
	if len(m) <= maxFew {
		var ns names[V]
		for name, value := range m {
			ns.few = append(ns.few, named[V]{name, value})
		}
		return ns
	}
	size := 1 << bits.Len(uint(2*len(m)))
	ns := names[V]{slots: make([]named[V], size)}
	for name, value := range m {
		if !ns.add(name, value) {
			return names[V]{many: m}
		}
	}
	return ns
}

func (ns *names[V]) add(name string, value V) bool {
	at := hash(name)
	for range farthest {
		if slot := &ns.slots[at&uint64(len(ns.slots)-1)]; slot.name == "" {
			*slot = named[V]{name, value}
			return true
		}
		at++
	}
	return false
}

// find returns what is kept under a name, and the zero value for nothing.
func (ns *names[V]) find(name string) (none V) {
	if len(ns.slots) == 0 {
		for i := range ns.few {
			if ns.few[i].name == name {
				return ns.few[i].value
			}
		}
		if len(ns.many) == 0 {
			return none
		}
		return ns.many[name]
	}
	for at := hash(name); ; at++ {
		switch slot := &ns.slots[at&uint64(len(ns.slots)-1)]; slot.name {
		case name:
			return slot.value
		case "":
			return none
		}
	}
}

// hash mixes the length of a name with up to 16 bytes of it, those at its ends.
func hash(name string) uint64 {
	n := len(name)
	var head, tail uint64
	switch {
	case n >= 8:
		head, tail = eight(name), eight(name[n-8:])
	case n >= 4:
		head, tail = four(name), four(name[n-4:])
	case n > 0:
		head, tail = uint64(name[0]), uint64(name[n/2])<<8|uint64(name[n-1])
	}
	hi, lo := bits.Mul64(head^uint64(n)^0x9E3779B97F4A7C15, tail^0xD1B54A32D192ED03)
	return hi ^ lo
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func four(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
