package roles

import "math/bits"

// names finds what is kept under a name. It is made once and then only read, so it
// hashes less of a name than a map has to: its length and up to 16 bytes of it, those
// at its ends, which is all there is of most. Names that are much alike go to a map.
// The zero names has none.
type names[V any] struct {
	slots []named[V] // few, or as many as a power of two, at most half of them taken
	few   bool
	many  map[string]V
}

type named[V any] struct {
	key   key
	name  string // empty where nothing is kept
	value V
}

// key is what is hashed of a name, and with the length the whole of one that is no
// longer than 16 bytes.
type key struct{ head, tail uint64 }

const (
	maxFew   = 4 // up to how many names are compared one by one
	farthest = 8 // how far from its place a name may be, before all go to a map
)

func namesOf[V any](m map[string]V) names[V] {
	var ns names[V]
	if ns.few = len(m) <= maxFew; ns.few {
		for name, value := range m {
			ns.slots = append(ns.slots, named[V]{keyOf(name), name, value})
		}
		return ns
	}
	ns.slots = make([]named[V], 1<<bits.Len(uint(2*len(m))))
	for name, value := range m {
		if !ns.add(name, value) {
			return names[V]{many: m}
		}
	}
	return ns
}

func (ns *names[V]) add(name string, value V) bool {
	k := keyOf(name)
	at := k.hash(len(name))
	for range farthest {
		if slot := &ns.slots[at&uint64(len(ns.slots)-1)]; slot.name == "" {
			*slot = named[V]{k, name, value}
			return true
		}
		at++
	}
	return false
}

// find returns what is kept under a name, and the zero value for nothing.
func (ns *names[V]) find(name string) (none V) {
	k := keyOf(name)
	if ns.few {
		for i := range ns.slots {
			if slot := &ns.slots[i]; slot.is(k, name) {
				return slot.value
			}
		}
		return none
	}
	if len(ns.slots) == 0 {
		return ns.many[name]
	}
	for at := k.hash(len(name)); ; at++ {
		switch slot := &ns.slots[at&uint64(len(ns.slots)-1)]; {
		case slot.is(k, name):
			return slot.value
		case slot.name == "":
			return none
		}
	}
}

func (slot *named[V]) is(k key, name string) bool {
	return slot.key == k && len(slot.name) == len(name) && (len(name) <= 16 || slot.name == name)
}

func keyOf(name string) key {
	switch n := len(name); {
	case n >= 8:
		return key{eight(name), eight(name[n-8:])}
	case n >= 4:
		return key{four(name), four(name[n-4:])}
	case n > 0:
		return key{uint64(name[0]), uint64(name[n/2])<<8 | uint64(name[n-1])}
	}
	return key{}
}

func (k key) hash(n int) uint64 {
	hi, lo := bits.Mul64(k.head^uint64(n)^0x9E3779B97F4A7C15, k.tail^0xD1B54A32D192ED03)
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
