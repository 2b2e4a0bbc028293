package spec

import (
	"math"
	"slices"
)

// Arguments collects the arguments of a statement for a database: texts and numbers in
// pieces of memory that they share, where append needs one for each. It is for code
// that hands the values of specifications to a database.
//
// The zero Arguments is empty. Memory that holds an argument is never written to again,
// so what was handed out stays what it was.
type Arguments struct {
	all                []any
	texts              []string // room for texts, of which some are
	numbers            []uint64 // the same for numbers
	ofTexts, ofNumbers int      // how many are
}

// Reset begins anew, after the arguments given, with room for n more, so many texts and
// so many numbers among them. More of them are welcome; each has memory of its own.
func (a *Arguments) Reset(args []any, n, texts, numbers int) {
	a.ofTexts, a.ofNumbers = 0, 0
	switch {
	case numbers == 0:
		a.all, a.texts = roomForTexts(args, n, texts)
		a.numbers = nil
	case cap(args) == 0 && n <= 4 && texts <= 4 && numbers <= 2:
		room := new(struct {
			args    [4]any
			texts   [4]string
			numbers [2]uint64
		})
		a.all, a.texts, a.numbers = room.args[:0:n], room.texts[:texts], room.numbers[:numbers]
	case n <= 4 && texts <= 4 && numbers <= 2:
		room := new(struct {
			texts   [4]string
			numbers [2]uint64
		})
		a.all, a.texts, a.numbers = slices.Grow(args, n), room.texts[:texts], room.numbers[:numbers]
	default:
		a.all, a.texts = roomForTexts(args, n, texts)
		a.numbers = make([]uint64, numbers)
	}
}

// roomForTexts is Reset without numbers, in pieces that stay in registers.
func roomForTexts(args []any, n, texts int) (all []any, room []string) {
	switch {
	case n == 0:
		return args, nil
	case cap(args) > 0 || n > 4 || texts > 4:
		all = slices.Grow(args, n)
	case n <= 2 && texts <= 2:
		made := new(struct {
			args  [2]any
			texts [2]string
		})
		return made.args[:0:n], made.texts[:texts]
	case texts > 0:
		made := new(struct {
			args  [4]any
			texts [4]string
		})
		return made.args[:0:n], made.texts[:texts]
	default:
		all = make([]any, 0, n)
	}
	if texts > 0 {
		room = make([]string, texts)
	}
	return all, room
}

// Text appends a text.
func (a *Arguments) Text(text string) {
	i := a.ofTexts
	if i >= len(a.texts) {
		a.all = append(a.all, text)
		return
	}
	a.texts[i] = text
	a.all = append(a.all, boxed(&a.texts[i]))
	a.ofTexts = i + 1
}

// Int appends an int64.
func (a *Arguments) Int(i int64) {
	if uint64(i) < 256 || a.ofNumbers >= len(a.numbers) { // Go has the small ones ready
		a.all = append(a.all, i)
		return
	}
	n := &a.numbers[a.ofNumbers]
	*n = uint64(i)
	a.all = append(a.all, boxedInt(n))
	a.ofNumbers++
}

// Float appends a float64.
func (a *Arguments) Float(f float64) {
	if a.ofNumbers >= len(a.numbers) {
		a.all = append(a.all, f)
		return
	}
	n := &a.numbers[a.ofNumbers]
	*n = math.Float64bits(f)
	a.all = append(a.all, boxedFloat(n))
	a.ofNumbers++
}

// Value appends the text, the integer or the float of a value as it is. It is not ok for
// a value that is not of this kind, or of a kind that is none of these.
func (a *Arguments) Value(v *Value, kind Kind) (ok bool) {
	if v.kind != kind {
		return false
	}
	switch kind {
	case KindString:
		a.Text(v.str)
	case KindInt:
		a.Int(int64(v.num))
	case KindFloat:
		a.Float(math.Float64frombits(v.num))
	default:
		return false
	}
	return true
}

// Add appends any other argument.
func (a *Arguments) Add(arg any) { a.all = append(a.all, arg) }

// All returns the arguments, those that were there before among them.
func (a *Arguments) All() []any { return a.all }
