package spec

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// MaxText is the longest text or bytes, in bytes, that a value may hold. A
// longer one is refused when the specification is built: engines cut or refuse
// long patterns, each at its own limit.
const MaxText = 16 << 10

// Value is one constant of a specification in canonical form: every integer is
// an int64 (a uint64 only above the largest int64), every instant is UTC and
// cut to microseconds, -0 is 0. A Value never changes.
//
// The zero Value is null. Comparing anything with null is unknown.
type Value struct {
	_    [0]func() // values are compared with Equal
	kind Kind
	num  uint64 // bool, int, uint, float bits, microseconds, date number
	str  string // string, bytes, decimal text, 16 octets, variable name, reason
	list *[]Value
}

// Null is the value that nothing equals, itself included.
var Null = Value{}

// Kind returns what the value holds.
func (v Value) Kind() Kind { return v.kind }

// IsNull reports whether the value is null.
func (v Value) IsNull() bool { return v.kind == KindNull }

// Equal reports whether v and w are the same value of the same kind. Unlike a
// comparison inside a specification it is two-valued: null equals null.
func (v Value) Equal(w Value) bool {
	if v.kind != w.kind || v.num != w.num || v.str != w.str {
		return false
	}
	return slices.EqualFunc(v.elements(), w.elements(), Value.Equal)
}

// Bool returns the value of a KindBool, and false for any other kind.
func (v Value) Bool() bool { return v.kind == KindBool && v.num != 0 }

// Int returns the value of a KindInt, and 0 for any other kind.
func (v Value) Int() int64 {
	if v.kind != KindInt {
		return 0
	}
	return int64(v.num)
}

// Uint returns the value of a KindUint, and 0 for any other kind.
func (v Value) Uint() uint64 {
	if v.kind != KindUint {
		return 0
	}
	return v.num
}

// Float returns the value of a KindFloat, and 0 for any other kind.
func (v Value) Float() float64 {
	if v.kind != KindFloat {
		return 0
	}
	return math.Float64frombits(v.num)
}

// Decimal returns what a number is worth as an exact decimal, and 0 for a value
// that is no number. A float that is no integer counts as its shortest text.
func (v Value) Decimal() Decimal {
	switch v.kind {
	case KindInt:
		return decimalOfInt(v.Int())
	case KindUint:
		return decimalOfUint(v.num)
	case KindFloat:
		return decimalOfFloat(v.Float())
	case KindDecimal:
		return Decimal{v.str}
	}
	return Decimal{}
}

// Text returns the value of a KindString, and "" for any other kind.
func (v Value) Text() string {
	if v.kind != KindString {
		return ""
	}
	return v.str
}

// Bytes returns a copy of the value of a KindBytes, and nil for any other kind.
func (v Value) Bytes() []byte {
	if v.kind != KindBytes {
		return nil
	}
	return []byte(v.str)
}

// Time returns the instant of a KindTime in UTC, and the zero time for any
// other kind.
func (v Value) Time() time.Time {
	if v.kind != KindTime {
		return time.Time{}
	}
	return time.UnixMicro(int64(v.num)).UTC()
}

// Date returns the day of a KindDate, and the zero Date for any other kind.
func (v Value) Date() Date {
	if v.kind != KindDate {
		return Date{}
	}
	return dateOfNumber(int64(v.num))
}

// UUID returns the octets of a KindUUID, and zeros for any other kind.
func (v Value) UUID() (octets [16]byte) {
	if v.kind == KindUUID {
		copy(octets[:], v.str)
	}
	return octets
}

// Variable returns the name of a KindVariable, and "" for any other kind.
func (v Value) Variable() string {
	if v.kind != KindVariable {
		return ""
	}
	return v.str
}

// List returns a copy of the elements of a KindList, and nil for any other kind.
func (v Value) List() []Value { return slices.Clone(v.elements()) }

// Len returns the number of elements of a KindList, and 0 for any other kind.
func (v Value) Len() int { return len(v.elements()) }

// At returns the element at i, which must be in the range [0, Len()), without a copy of
// the list.
func (v Value) At(i int) Value { return v.elements()[i] }

// Holds reports whether v is a list all of whose elements are of these kinds.
func (v Value) Holds(kinds ...Kind) bool {
	of, elements := kindsOf(kinds...), v.elements()
	for i := range elements {
		if !of.has(elements[i].kind) {
			return false
		}
	}
	return v.kind == KindList
}

// elements is List without the copy. Nobody may write to it.
func (v Value) elements() []Value {
	if v.list == nil {
		return nil
	}
	return *v.list
}

func boolValue(b bool) Value {
	if b {
		return Value{kind: KindBool, num: 1}
	}
	return Value{kind: KindBool}
}

func intValue(i int64) Value { return Value{kind: KindInt, num: uint64(i)} }

func uintValue(u uint64) Value {
	if u <= math.MaxInt64 {
		return intValue(int64(u))
	}
	return Value{kind: KindUint, num: u}
}

func floatValue(f float64) Value {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return invalidValue("a float that is not a finite number")
	}
	if f == 0 {
		f = 0 // drops the sign of -0
	}
	return Value{kind: KindFloat, num: math.Float64bits(f)}
}

func decimalValue(d Decimal) Value { return Value{kind: KindDecimal, str: d.s} }

func stringValue(s string) Value {
	switch {
	case len(s) > MaxText:
		return invalidValue("a text longer than 16384 bytes")
	case !utf8.ValidString(s):
		return invalidValue("a text that is not valid UTF-8")
	}
	for i := range len(s) {
		if s[i] == 0 {
			return invalidValue("a text that contains a NUL")
		}
	}
	return Value{kind: KindString, str: s}
}

func bytesValue(b []byte) Value {
	switch {
	case b == nil:
		return Null
	case len(b) > MaxText:
		return invalidValue("bytes longer than 16384")
	}
	return Value{kind: KindBytes, str: string(b)}
}

func timeValue(t time.Time) Value {
	if y := t.UTC().Year(); y < 1 || y > 9999 || time.UnixMicro(t.UnixMicro()).IsZero() {
		return invalidValue("an instant that is zero or outside the years 1 to 9999")
	}
	return Value{kind: KindTime, num: uint64(t.UnixMicro())}
}

func dateValue(d Date) Value {
	if !d.Valid() {
		return invalidValue("a date that is not a day of the years 1 to 9999")
	}
	return Value{kind: KindDate, num: uint64(d.number())}
}

func uuidValue(octets [16]byte) Value { return Value{kind: KindUUID, str: string(octets[:])} }

func listValue(elements []Value) Value {
	if reason := unusableList(elements, 1); reason != "" {
		return invalidValue(reason)
	}
	return Value{kind: KindList, list: &elements}
}

// unusableList says why a list is no value, "" where it is one.
func unusableList(elements []Value, depth int) (reason string) {
	if depth > MaxDepth {
		return "a list nested deeper than 100"
	}
	for _, e := range elements {
		switch e.kind {
		case kindInvalid:
			return e.str
		case kindOther:
			return "a list that holds " + e.str
		case KindList:
			if reason = unusableList(e.elements(), depth+1); reason != "" {
				return reason
			}
		}
	}
	return ""
}

// otherValue is something present that compares with nothing; what names it.
func otherValue(what string) Value { return Value{kind: kindOther, str: what} }

func invalidValue(reason string) Value { return Value{kind: kindInvalid, str: reason} }
