package spec

import "math"

// variable is a leaf whose value is the one at index of a template.
type variable struct {
	kernel *kernel
	slot   int // of its operand
	index  int
	plain  bool
}

// bind writes to operands, of which no more than these are there and which are zero, the
// operands for the values of s: it must be bound from the template of the program. It is
// not ok where a value does not fit the program; then s has to be compiled.
func (p *program) bind(s *Specification, to []operand) (_ []operand, ok bool) {
	to = p.room(to)
	for i := range p.variables {
		v := &p.variables[i]
		if !v.bind(&to[v.slot], s) {
			return nil, false
		}
	}
	return to, true
}

// room returns the operands of the program, in to where there is room, with those of
// the variables still zero.
func (p *program) room(to []operand) []operand {
	if len(p.operands) > len(to) {
		to = make([]operand, len(p.operands))
	}
	to = to[:len(p.operands)]
	if len(p.variables) < len(to) { // there are constants
		copy(to, p.operands)
	}
	return to
}

func (v *variable) bind(o *operand, s *Specification) bool {
	kind, text, num := s.core.scalar(v.index)
	switch {
	case kind == KindNull:
		value := s.core.at(v.index)
		return v.bindValue(o, &value)
	case !v.plain || kind != v.kernel.column.field.Kind:
		return v.kernel.bind(o, Value{kind: kind, str: text, num: num})
	case kind == KindString:
		o.text = text
		return true
	}
	return v.kernel.setNumber(o, kind, num)
}

func (v *variable) bindValue(o *operand, value *Value) bool {
	k := v.kernel
	switch {
	case v.plain && k.code == codeFloat && value.kind == KindInt:
		if f, ok := floatOf(int64(value.num)); ok {
			return k.setNumber(o, KindFloat, math.Float64bits(f))
		}
		return k.bind(o, *value)
	case v.plain && value.kind == KindList:
		return o.setList(value.list, k.column.field.Kind) || k.bind(o, *value)
	case !v.plain || value.kind != k.column.field.Kind:
		return k.bind(o, *value)
	case value.kind == KindString:
		o.text = value.str
		return true
	}
	return k.setNumber(o, value.kind, value.num)
}

// setNumber is for values of the kind of the column.
func (k *kernel) setNumber(o *operand, kind Kind, num uint64) bool {
	if k.code == codeFloat {
		o.setFloats(k.leaf.Op, num)
		return true
	}
	return o.setRange(k.leaf.Op, kind, num, k.width)
}

// isPlain reports whether a value of the kind of the column is the operand as it is.
func (k *kernel) isPlain() bool {
	if k.column == nil || len(k.column.field.Labels) > 0 || k.column.field.List {
		return false
	}
	switch k.code {
	case codeEqual, codePrefix, codeSuffix, codeContains, codeLess, codeLessEqual, codeUnder, codeListed, codeMember, codeRange, codeFloat:
		return true
	}
	return false
}

// bind makes the operand for a value of a variable. It is not ok where the value does
// not fit the kernel.
func (k *kernel) bind(o *operand, v Value) bool {
	leaf, err := k.in.leaf(Leaf{k.leaf.Field, k.leaf.Op, v})
	if err != nil {
		return false
	}
	if v = leaf.Value; v.kind == KindNull {
		return false
	}
	switch k.code {
	case codeEqual, codePrefix, codeSuffix, codeContains, codeLess, codeLessEqual, codeUnder:
		o.text = v.str
		return v.kind == KindString
	case codeOctets:
		o.text = v.str
		return v.kind == KindUUID
	case codeFloat:
		o.setFloats(k.leaf.Op, v.num)
		return v.kind == KindFloat
	case codeRange:
		fits := v.kind == k.column.field.Kind || v.kind == KindInt || v.kind == KindUint
		return fits && o.setRange(k.leaf.Op, v.kind, v.num, k.width)
	case codeListed, codeMember:
		return v.kind == KindList && o.setList(v.list, k.column.field.Kind)
	case codeDefinition:
		cond, err := newCondition(Leaf{k.leaf.Field, k.leaf.Op, v})
		o.cond = &cond
		return err == nil
	}
	return false // a pattern
}
