//go:build !rolespec_safe

package spec

import "unsafe"

// slot is a value in two words: a text is where it lies and how long it is, anything
// else a number. Whoever keeps a slot keeps its kind, so nothing is read as what it is
// not; the pointer keeps the text alive, as that of a string does.
type slot struct {
	p unsafe.Pointer
	n uint64
}

func textSlot(s string) slot      { return slot{unsafe.Pointer(unsafe.StringData(s)), uint64(len(s))} }
func numberSlot(n uint64) slot    { return slot{n: n} }
func valuesSlot(vs *[]Value) slot { return slot{p: unsafe.Pointer(vs)} }
func (s slot) text() string       { return unsafe.String((*byte)(s.p), int(s.n)) }
func (s slot) number() uint64     { return s.n }
func (s slot) values() *[]Value   { return (*[]Value)(s.p) }
