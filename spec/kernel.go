package spec

import "strings"

// kernel is a leaf without its value: the way to its column and how what lies there is
// tested.
type kernel struct {
	in      *layout
	leaf    Leaf    // without its value
	column  *column // nil for maps
	access  access
	read    func(row) Value // for the definition
	match   match           // of two fields
	code    code
	negated bool
	flip    bool // the test of the code is of the opposite
	width   width
	slot    int // of its operand
}

// match reports whether a row is true for two fields.
type match func(row) bool

func newKernel(in *layout, leaf Leaf, negated bool) *kernel {
	leaf.Value = Null
	k := &kernel{in: in, leaf: leaf, negated: negated, flip: negated}
	switch leaf.Op {
	case OpNe, OpGt, OpGte:
		k.flip = !negated
	}
	if in.base == baseMap {
		k.read = compiler{in}.reader(leaf.Field)
		return k
	}
	k.column = in.column(leaf.Field)
	k.access = accessOf(k.column.path)
	k.width = widthOf(k.column)
	return k
}

// holds reports whether the leaf, or its negation, is true of a row.
func (k *kernel) holds(ops []operand, r row) bool {
	switch k.code {
	case codeMatch:
		return k.match(r)
	case codeDefinition:
		return k.byDefinition(&ops[k.slot], r)
	}
	p, ok := k.access.at(r)
	if k.code == codeNull {
		return k.isNull(p, ok)
	}
	return ok && k.test(&ops[k.slot], p)
}

func (k *kernel) byDefinition(o *operand, r row) bool {
	var v Value
	if k.read != nil {
		v = k.read(r)
	} else {
		v = k.column.value(r)
	}
	want := True
	if k.negated {
		want = False
	}
	return o.cond.truth(v) == want
}

// isNull looks at the value only where the Go type itself can be nil, or hold what
// nobody knows.
func (k *kernel) isNull(p place, ok bool) bool {
	switch k.column.form {
	case formBytes:
		ok = ok && readBytes(p) != nil
	case formTime:
		if ok && !isStorable(readTime(p)) {
			return false
		}
	}
	return ok == k.negated
}

// test tests the value at a place.
func (k *kernel) test(o *operand, p place) bool {
	switch k.code {
	case codeEqual:
		return (readString(p) == o.text) != k.flip
	case codeRange:
		if k.width == widthTime {
			return o.inTime(readTime(p), k.flip)
		}
		return o.inRange(k.width.read(p)) != k.flip
	case codeFloat:
		return o.inFloats(k.width.readFloat(p), k.flip)
	case codeMember:
		return o.hasNumber(k.width.read(p)) != k.flip
	case codeOctets:
		octets := readOctets(p)
		return (string(octets[:]) == o.text) != k.flip
	}
	return k.testText(o, readString(p)) != k.flip
}

// testText is the test of a text before it is flipped.
func (k *kernel) testText(o *operand, s string) bool {
	switch k.code {
	case codeEqual:
		return s == o.text
	case codeLess:
		return s < o.text
	case codeLessEqual:
		return s <= o.text
	case codeListed:
		return o.hasText(s)
	case codeContains:
		return strings.Contains(s, o.text)
	case codePrefix:
		return strings.HasPrefix(s, o.text)
	case codeSuffix:
		return strings.HasSuffix(s, o.text)
	case codePattern:
		return o.cond.pattern.MatchString(s)
	case codeUnder:
		return isUnder(s, o.text)
	}
	return k.flip // no such code; neither it nor its negation holds
}
