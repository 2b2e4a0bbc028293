package spec

import (
	"math"
	"time"
)

// setRange makes of a comparison the range of the numbers it holds for; of Ne, Gt and
// Gte, which are tested flipped, of the others. A range is the least number and how many
// more there are, modulo 2^64: signed and unsigned numbers are the same.
func (o *operand) setRange(op Op, kind Kind, want uint64, w width) bool {
	least, most := uint64(1)<<63, uint64(math.MaxInt64)
	switch {
	case w >= widthU64 && w <= widthU8:
		least, most = 0, math.MaxUint64
		if kind == KindInt && int64(want) < 0 { // below all of them
			o.none = true
			return op != OpDistinct
		}
	case kind == KindUint: // above all of them
		o.a, o.b, o.none = least, most-least, op == OpEq || op == OpNe
		return true
	}
	switch op {
	case OpEq, OpNe:
		o.a, o.b, o.none = want, 0, false
	case OpLt, OpGte:
		o.a, o.b, o.none = least, want-1-least, want == least
	case OpLte, OpGt:
		o.a, o.b, o.none = least, want-least, false
	default:
		return false
	}
	return true
}

func (o *operand) inRange(v uint64) bool { return v-o.a <= o.b && !o.none }

// setFloats makes of a comparison the closed range of the floats it holds for, and of
// Ne, Gt and Gte of the others but for what is not a number.
func (o *operand) setFloats(op Op, bits uint64) {
	want := math.Float64frombits(bits)
	low, high := math.Inf(-1), want
	switch op {
	case OpEq, OpNe:
		low = want
	case OpLt, OpGte:
		high = math.Nextafter(want, low)
	}
	o.a, o.b = math.Float64bits(low), math.Float64bits(high)
}

func (o *operand) inFloats(f float64, flip bool) bool {
	low, high := math.Float64frombits(o.a), math.Float64frombits(o.b)
	if flip {
		return f < low || f > high // not of a NaN
	}
	return f >= low && f <= high
}

// inTime reports whether an instant is in the range, or flipped, outside. One that
// nobody can store is neither.
func (o *operand) inTime(t time.Time, flip bool) bool {
	return isStorable(t) && o.inRange(uint64(t.UnixMicro())) != flip
}
