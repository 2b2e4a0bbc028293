package spec

import "slices"

// Binder binds a template to the claims of payloads of type P: a struct, a pointer to
// one, or a map[string]any. It never changes and may be used by any number of
// goroutines at once. The nil Binder binds nothing.
type Binder[P any] struct {
	template *Template
	layout   *layout
	claims   []claim // one for each variable of the template
	direct   bool    // no claim has to be read through a Value
}

// claim is where a payload has the value of a variable.
type claim struct {
	column *column         // nil for a map
	size   uintptr         // of what lies there
	read   func(row) Value // by the definition
}

// NewBinder returns the binder of a template. Each of its variables must be a claim
// that P has, as for [ClaimGetter], which has the same options and errors.
func NewBinder[P any](template Specification, opts ...Option) (*Binder[P], error) {
	t, err := NewTemplate(template)
	if err != nil {
		return nil, err
	}
	l, err := claimLayout[P](opts)
	if err != nil {
		return nil, err
	}
	b := &Binder[P]{template: t, layout: l, direct: true}
	for i, name := range t.vars {
		if _, err := l.claim(name); err != nil {
			return nil, err
		}
		c := claim{read: compiler{l}.reader(name)}
		if l.base != baseMap {
			c.column = l.column(name)
			c.size = c.column.typ.Size()
		}
		b.claims = append(b.claims, c)
		b.direct = b.direct && c.isDirect(t.takes[i])
	}
	return b, nil
}

// isDirect reports whether the claim goes straight from the payload into a slot.
func (c claim) isDirect(takes kinds) bool {
	if c.column == nil {
		return false
	}
	switch c.column.form {
	case formString:
		return c.column.field.Kind == KindString && takes.has(KindString)
	case formBool:
		return takes.has(KindBool)
	case formInt:
		return c.column.field.Kind == KindInt && takes.has(KindInt)
	case formFloat, formUint, formTime, formOctets, formBytes, formReflect, formValuer:
	}
	return false
}

// Template returns the template.
func (b *Binder[P]) Template() *Template {
	if b == nil {
		return nil
	}
	return b.template
}

// Bind returns the template with the claims of the payload, which are copied: what is
// changed in the payload later changes nothing. A claim that is null, an empty text, no
// bytes, the UUID of zeros, or a list with one of those in it says nothing: it is an
// [*UnboundError], as is any claim of a nil payload, since a caller without an account
// must not see the rows without one. An empty list says that there is nothing, which is
// something. Other errors are those of [Specification.Bind].
//
// It takes time in proportion to the number of variables, and with up to two texts,
// integers or truth values allocates nothing.
func (b *Binder[P]) Bind(payload *P) (Specification, error) {
	if b == nil {
		return Specification{}, &UnboundError{}
	}
	if s, ok := b.quick(payload); ok {
		return s, nil
	}
	var copied *P // so that only what comes here is on the heap
	if payload != nil {
		copied = new(P)
		*copied = *payload
	}
	return b.bind(copied)
}

// quick binds what goes straight into slots.
func (b *Binder[P]) quick(payload *P) (Specification, bool) {
	r, ok := rowOf(b.layout.base, payload)
	if !ok || !b.direct {
		return Specification{}, false
	}
	switch len(b.claims) {
	case 0:
		return b.template.bound(bound{}), true
	case 1:
		if s, k, ok := b.claims[0].slot(r); ok {
			return b.template.bound(bound{a: s, kinds: uint64(k)}), true
		}
	case 2:
		if s, k, ok := b.claims[0].slot(r); ok {
			if s2, k2, ok := b.claims[1].slot(r); ok {
				return b.template.bound(bound{s, s2, uint64(k) | uint64(k2)<<8}), true
			}
		}
	}
	return Specification{}, false
}

// slot reads a claim that is direct. It is not ok where the definition has to decide.
func (c *claim) slot(r row) (slot, Kind, bool) {
	p, ok := c.column.at(r)
	if !ok {
		return slot{}, 0, false
	}
	switch c.column.form {
	case formString:
		s := readString(p)
		return textSlot(s), KindString, isPlain(s)
	case formInt:
		return numberSlot(uint64(c.int(p))), KindInt, true
	case formBool:
		return numberSlot(uint64(b2i(readBool(p)))), KindBool, true
	}
	return slot{}, 0, false
}

func (c *claim) int(p place) int64 {
	switch c.size {
	case 1:
		return readInt8(p)
	case 2:
		return readInt16(p)
	case 4:
		return readInt32(p)
	}
	return readInt64(p)
}

// isPlain reports whether a text is one that every value may hold, if that is quickly
// said: short, not empty, of ASCII without a NUL.
func isPlain(s string) bool {
	n := len(s)
	if n == 0 || n > 64 {
		return false
	}
	bad := uint64(0)
	for ; len(s) >= 8; s = s[8:] {
		bad |= irregular(word(s))
	}
	for i := range len(s) {
		bad |= uint64(s[i]|(s[i]-1)) & 0x80
	}
	return bad == 0
}

// word is the first eight bytes of a text, which must have as many.
func word(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// irregular is zero where none of eight bytes is 0 or above 127.
func irregular(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	return (w | (w - ones)) & highs
}

// bind binds by the definition.
func (b *Binder[P]) bind(payload *P) (Specification, error) {
	values := make([]Value, len(b.claims))
	r, ok := rowOf(b.layout.base, payload)
	if !ok {
		return Specification{}, &UnboundError{Name: b.template.name(0)}
	}
	for i := range b.claims {
		if values[i] = b.claims[i].read(r).constant(); values[i].saysNothing() {
			return Specification{}, &UnboundError{Name: b.template.vars[i]}
		}
	}
	return b.template.Bind(values...)
}

// saysNothing reports whether a claim, or an element of one, is null or empty, which is
// how most payloads spell "absent".
func (v Value) saysNothing() bool {
	switch v.kind {
	case KindNull:
		return true
	case KindString, KindBytes:
		return v.str == ""
	case KindUUID:
		return v.UUID() == [16]byte{}
	case KindList:
		return slices.ContainsFunc(v.elements(), Value.saysNothing)
	}
	return false
}
