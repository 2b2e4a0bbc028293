//go:build rolespec_safe

package spec

// The same as slot_unsafe.go in more words.
type slot struct {
	s  string
	n  uint64
	vs *[]Value
}

func textSlot(s string) slot      { return slot{s: s} }
func numberSlot(n uint64) slot    { return slot{n: n} }
func valuesSlot(vs *[]Value) slot { return slot{vs: vs} }
func (s slot) text() string       { return s.s }
func (s slot) number() uint64     { return s.n }
func (s slot) values() *[]Value   { return s.vs }
