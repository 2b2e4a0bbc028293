package prove

import (
	"math"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// class is what kind of thing a row has in a field.
type class int

const (
	null       class = iota
	present          // a value of the kind
	stray            // something else: it is there, and compares with nothing
	unreadable       // nobody knows whether it is there
	classes          // how many there are
)

// value is what a row may have in a field, for itself or for all values between
// the same two marks.
type value struct {
	plain any
	class class
	alone bool // it stands for no other value
}

// What rows have where there is no value of a kind, so that package spec says what
// it compares with.
var (
	strayValue      = math.NaN()
	unreadableValue = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// values returns values for all that a row may hold, given the marks.
func (t typing) values(marks []any) []value {
	var values []value
	if t.declared == nil || t.declared.Nullable {
		values = append(values, value{nil, null, true})
	}
	if t.declared != nil && t.declared.List {
		return append(values, value{[]any{}, present, false})
	}
	for _, k := range t.kinds(marks) {
		values = append(values, t.valuesOf(k, marks)...)
	}
	if t.declared == nil {
		// Values of all other kinds, lists among them, which can be looked into.
		values = append(values, value{strayValue, present, false})
	}
	if t.declared == nil || mayStray(t.declared.Kind) {
		values = append(values, value{strayValue, stray, true})
	}
	if t.declared == nil || mayBeUnreadable(t.declared.Kind) {
		values = append(values, value{unreadableValue, unreadable, true})
	}
	return values
}

// mayStray reports whether a row that keeps its schema may hold something that is
// not of the kind: not-a-number, or a text that is declared to be of the kind.
func mayStray(k spec.Kind) bool {
	switch k {
	case spec.KindFloat, spec.KindDecimal, spec.KindTime, spec.KindDate, spec.KindUUID:
		return true
	}
	return false
}

// mayBeUnreadable reports whether it may hold something that is neither null nor
// a value: an instant or a day that is outside of the years 1 to 9999, such as
// the zero Date.
func mayBeUnreadable(k spec.Kind) bool { return k == spec.KindTime || k == spec.KindDate }

// valuesOf returns the marks of one kind, and for what is between, below and
// above them one value each.
func (t typing) valuesOf(kind spec.Kind, marks []any) []value {
	set := valueSet{seen: map[any]bool{}}
	if kind == spec.KindFloat || kind == spec.KindDecimal && t.declared == nil {
		set.add(math.Inf(-1), true)
		set.add(math.Inf(1), true)
	}
	var own []any
	for _, m := range marks {
		if kindOf(m) == group(kind) {
			own = append(own, asRow(kind, m))
		}
	}
	for _, m := range own {
		set.add(m, true)
	}
	set.add(anyOf(kind), false)
	digits := digits(kind, own)
	for _, m := range own {
		for _, v := range neighbours(m, digits) {
			set.add(v, false)
		}
	}
	return set.values
}

// valueSet is values, each once.
type valueSet struct {
	values []value
	seen   map[any]bool
}

func (s *valueSet) add(v any, alone bool) {
	key := v
	switch v := v.(type) {
	case []byte:
		key = string(v)
	case time.Time:
		key = v.UnixMicro()
	}
	if s.seen[key] {
		return
	}
	s.seen[key] = true
	s.values = append(s.values, value{v, present, alone})
}
