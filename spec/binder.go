package spec

import "slices"

// Binder binds a template to the claims of payloads of type P: a struct, a pointer to
// one, or a map[string]any. It never changes and may be used by any number of
// goroutines at once. The nil Binder binds nothing.
type Binder[P any] struct {
	template *Template
	layout   *layout
	claims   []claim // one for each variable of the template
	direct   bool    // there are few, and each needs no more than to be read
	texts    bool    // they are texts too, in fields of the payload itself
	kinds    uint64  // of the claims, as in a core
}

// claim is where a payload has the value of a variable.
type claim struct {
	path   []step
	offset uintptr // the path in one step, where it leads through no pointer
	form   form
	width  width
	read   func(row) Value // by the definition
}

// NewBinder returns the binder of a template. Each of its variables must be a claim
// that P has, as for [ClaimGetter], which has the same options and errors.
func NewBinder[P any](template Specification, opts ...Option) (*Binder[P], error) {
	t, err := NewTemplate(template)
	if err != nil {
		return nil, err
	}
	b := &Binder[P]{template: t, direct: len(t.vars) <= 2 && !t.isConstant()}
	if len(t.vars) == 0 {
		return b, nil // the payload need not have fields at all
	}
	l, err := claimLayout[P](opts)
	if err != nil {
		return nil, err
	}
	b.layout = l
	for i, name := range t.vars {
		if _, err := l.claim(name); err != nil {
			return nil, err
		}
		c := claim{read: compiler{l}.reader(name)}
		if l.base != baseMap {
			column := l.column(name)
			c.path, c.form, c.width = column.path, column.form, widthOf(column)
			for _, st := range c.path {
				c.offset += st.offset
			}
			kind, ok := column.direct()
			b.direct = b.direct && ok && t.takes[i].has(kind)
			b.kinds |= uint64(kind) << (kindBits * i)
			b.texts = b.direct && (i == 0 || b.texts) && kind == KindString && column.isInPlace()
		} else {
			b.direct = false
		}
		b.claims = append(b.claims, c)
	}
	return b, nil
}

// direct returns the kind of a claim that needs no more than to be read.
func (c *column) direct() (Kind, bool) {
	switch k := c.field.Kind; c.form {
	case formString:
		return k, k == KindString
	case formInt:
		return k, k == KindInt
	case formBool:
		return k, k == KindBool
	case formFloat, formUint, formTime, formOctets, formBytes, formReflect, formValuer:
	}
	return KindNull, false
}

// isInPlace reports whether the column lies in the row itself, and cannot be null.
func (c *column) isInPlace() bool {
	return !slices.ContainsFunc(c.path, func(st step) bool { return st.deref || st.flag })
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
// something. A template without variables asks for no claim. Other errors are those of
// [Specification.Bind].
//
// It takes time in proportion to the number of variables, and with up to two texts,
// integers or truth values allocates nothing.
func (b *Binder[P]) Bind(payload *P) (Specification, error) {
	if b == nil {
		return Specification{}, &UnboundError{}
	}
	if !b.texts {
		return b.bind(payload)
	}
	// Texts in a struct, which most claims are, are bound without a call where they
	// have four to eight bytes.
	r, ok := rowOf(b.layout.base, payload)
	if !ok {
		return b.bind(payload)
	}
	first, second := readField(r, &b.claims[0]), ""
	if n := len(first); n < 4 || n > 8 || irregular(word4(first)|word4(first[n-4:])<<32) != 0 {
		if !isPlain(first) {
			return b.bind(payload)
		}
	}
	if len(b.claims) > 1 {
		second = readField(r, &b.claims[1])
		if n := len(second); n < 4 || n > 8 || irregular(word4(second)|word4(second[n-4:])<<32) != 0 {
			if !isPlain(second) {
				return b.bind(payload)
			}
		}
	}
	return Specification{core: packTexts(&b.template.root, first, second, b.kinds)}, nil
}

// bind binds claims of any kind.
func (b *Binder[P]) bind(payload *P) (Specification, error) {
	if b.direct {
		if len(b.claims) == 0 {
			return Specification{core: core{root: &b.template.root}}, nil
		}
		if r, ok := rowOf(b.layout.base, payload); ok {
			if c := b.scalars(r); c.root != nil {
				return Specification{core: c}, nil
			}
		}
	}
	var copied *P // so that only what comes here is on the heap
	if payload != nil {
		copied = new(P)
		*copied = *payload
	}
	return b.define(copied)
}

// scalars binds what needs no more than to be read. It has no root where the definition
// has to decide.
func (b *Binder[P]) scalars(r row) core {
	var values [2]Value
	for i := range b.claims {
		c := &b.claims[i]
		p, ok := follow(c.path, r)
		if !ok {
			return core{}
		}
		switch c.form {
		case formString:
			values[i] = Value{kind: KindString, str: readString(p)}
			if !isPlain(values[i].str) {
				return core{}
			}
		case formInt:
			values[i] = intValue(int64(c.width.read(p)))
		case formBool:
			values[i] = boolValue(readBool(p))
		default:
			return core{}
		}
	}
	return pack(&b.template.root, values[:len(b.claims)])
}

// isPlain reports whether a text is one that every value may hold, if that is quickly
// said: short, not empty, of ASCII without a NUL.
func isPlain(s string) bool {
	switch n := len(s); {
	case n > 64 || n == 0:
		return false
	case n >= 8:
		bad := irregular(word8(s[n-8:]))
		for ; len(s) >= 8; s = s[8:] {
			bad |= irregular(word8(s))
		}
		return bad == 0
	case n >= 4:
		return irregular(word4(s)|word4(s[n-4:])<<32) == 0
	default: // up to three bytes, of which these are all
		return irregular(uint64(s[0])|uint64(s[n/2])<<8|uint64(s[n-1])<<16|0x0101010101<<24) == 0
	}
}

// irregular is zero where none of eight bytes is 0 or above 127.
func irregular(w uint64) uint64 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	return (w | (w - ones)) & highs
}

// define binds by the definition.
func (b *Binder[P]) define(payload *P) (Specification, error) {
	if len(b.claims) == 0 {
		return b.template.bound(core{root: &b.template.root}), nil
	}
	values := make([]Value, len(b.claims))
	r, ok := rowOf(b.layout.base, payload)
	if !ok {
		return Specification{}, &UnboundError{Name: b.template.vars[0]}
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
