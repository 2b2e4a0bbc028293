package spec

// Fewer elements than these are as soon compared one by one.
const (
	fewTexts   = 8
	fewNumbers = 16
)

// list is the elements of an In that are all of one kind, texts or integers. Few short
// texts are kept as words.
type list struct {
	short   []shortText
	same    bool // the short texts are all as long as the first
	texts   map[string]struct{}
	few     []uint64
	numbers map[uint64]struct{}
}

// shortText is a text of at most 16 bytes.
type shortText struct {
	n    int
	a, b uint64
}

// newList returns nil where not all elements are of that kind: with a null or another
// kind among them, what is no member is unknown, not false, and the definition has to
// decide.
func newList(elements []Value, kind Kind) *list {
	l, short := &list{same: true}, len(elements) <= fewTexts
	for _, e := range elements {
		if e.kind != kind {
			return nil
		}
		short = short && len(e.str) <= maxWords
	}
	switch {
	case kind == KindString && short:
		l.short = make([]shortText, len(elements))
		for i, e := range elements {
			a, b := words(e.str)
			l.short[i] = shortText{len(e.str), a, b}
			l.same = l.same && l.short[i].n == l.short[0].n
		}
	case kind == KindString:
		l.texts = make(map[string]struct{}, len(elements))
		for _, e := range elements {
			l.texts[e.str] = struct{}{}
		}
	case len(elements) <= fewNumbers:
		l.few = make([]uint64, len(elements))
		for i, e := range elements {
			l.few[i] = e.num
		}
	default:
		l.numbers = make(map[uint64]struct{}, len(elements))
		for _, e := range elements {
			l.numbers[e.num] = struct{}{}
		}
	}
	return l
}

func (l *list) hasText(s string) bool {
	if l.texts != nil {
		_, ok := l.texts[s]
		return ok
	}
	if len(s) > maxWords {
		return false
	}
	a, b := words(s)
	for i := range l.short {
		if e := &l.short[i]; e.n == len(s) && e.a == a && e.b == b {
			return true
		}
	}
	return false
}

func (l *list) hasNumber(v uint64) bool {
	if l.numbers != nil {
		_, ok := l.numbers[v]
		return ok
	}
	for _, e := range l.few {
		if e == v {
			return true
		}
	}
	return false
}
