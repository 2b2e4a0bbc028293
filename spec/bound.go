package spec

// bound is the values of the variables of a template: up to two texts or numbers in
// place, so that a specification which has no more is made without an allocation; else
// all of them behind a pointer.
type bound struct {
	a, b  slot
	kinds uint64 // of a in the low byte, of b in the next; or spilled
}

// spilled says that the values are behind the pointer of a.
const spilled = 1 << 16

// fitsSlot reports whether values of a kind fit in a slot.
func fitsSlot(k Kind) bool {
	switch k {
	case KindBool, KindInt, KindUint, KindFloat, KindString, KindTime, KindDate:
		return true
	}
	return false
}

func slotOf(v Value) slot {
	if v.kind == KindString {
		return textSlot(v.str)
	}
	return numberSlot(v.num)
}

func (s slot) value(k Kind) Value {
	if k == KindString {
		return Value{kind: k, str: s.text()}
	}
	return Value{kind: k, num: s.number()}
}

// boundOf keeps values; nobody may write to them afterwards.
func boundOf(values []Value) bound {
	switch {
	case len(values) == 0:
		return bound{}
	case len(values) == 1 && fitsSlot(values[0].kind):
		return bound{a: slotOf(values[0]), kinds: uint64(values[0].kind)}
	case len(values) == 2 && fitsSlot(values[0].kind) && fitsSlot(values[1].kind):
		return bound{slotOf(values[0]), slotOf(values[1]), uint64(values[0].kind) | uint64(values[1].kind)<<8}
	}
	kept := append([]Value(nil), values...)
	return bound{a: valuesSlot(&kept), kinds: spilled}
}

// at returns the value of the variable at i, which must be one of the template.
func (b *bound) at(i int) Value {
	switch {
	case b.kinds == spilled:
		return (*b.a.values())[i]
	case i == 0:
		return b.a.value(Kind(b.kinds))
	}
	return b.b.value(Kind(b.kinds >> 8))
}
