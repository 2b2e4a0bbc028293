package spec

// So many elements are as soon compared one by one.
const (
	fewTexts   = 8
	fewNumbers = 16
)

// set is the elements of a long In that are all of one kind, texts or integers.
type set struct {
	texts   map[string]struct{}
	numbers map[uint64]struct{}
}

// setList keeps the elements of an In: where they are few, as they are, which takes no
// memory. It is not ok where not all of them are of that kind: with a null or another
// kind among them, what is no member is unknown, not false, and the definition has to
// decide.
func (o *operand) setList(elements *[]Value, kind Kind) bool {
	if elements == nil {
		return false
	}
	all := *elements
	o.short, o.even = true, true
	for i := range all {
		e := &all[i]
		if e.kind != kind {
			return false
		}
		o.short = o.short && len(e.str) <= maxWords
		o.even = o.even && len(e.str) == len(all[0].str)
	}
	o.elements = elements
	switch {
	case kind == KindString && len(all) > fewTexts:
		o.set = &set{texts: make(map[string]struct{}, len(all))}
		for i := range all {
			o.set.texts[all[i].str] = struct{}{}
		}
	case kind == KindInt && len(all) > fewNumbers:
		o.set = &set{numbers: make(map[uint64]struct{}, len(all))}
		for i := range all {
			o.set.numbers[all[i].num] = struct{}{}
		}
	}
	return true
}

func (o *operand) hasText(s string) bool {
	if o.set != nil {
		_, ok := o.set.texts[s]
		return ok
	}
	for i := range *o.elements {
		if (*o.elements)[i].str == s {
			return true
		}
	}
	return false
}

func (o *operand) hasNumber(v uint64) bool {
	if o.set != nil {
		_, ok := o.set.numbers[v]
		return ok
	}
	for i := range *o.elements {
		if (*o.elements)[i].num == v {
			return true
		}
	}
	return false
}
