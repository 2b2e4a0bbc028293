package sqlspec

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// condition is the text of a specification with holes for its values. It was written
// once, and holds for every specification of the same shape, or that was bound from
// the same template, as long as each hole takes its value; see [recording]. A condition
// never changes.
type condition struct {
	marked   string   // with a question mark in each hole
	numbered string   // with $1, $2 ..., where the dialect has these
	pieces   []string // around the holes: one more than there are
	holes    []hole
	values   int // how many fill them
	maxArgs  int // of the dialect

	texts, numbers int     // among the arguments, where they are made for the values
	places         []uint8 // of the variables that any text is an argument of; nil where there is more to it
}

// maxKeptText is the longest text that is kept, in bytes. With the number of
// conditions it bounds what a table keeps.
const maxKeptText = 4 << 10

// conditionOf makes a condition of what a writer has written: the text from start on
// and the arguments. It is nil where other values might have made another text.
func (w *writer) conditionOf(start int, args []any) *condition {
	values := w.recording.values
	if !w.recording.isComplete() || len(w.text)-start > maxKeptText || len(values) > maxKeptLeaves {
		return nil
	}
	c := &condition{holes: slices.Clone(w.recording.holes), values: len(values), maxArgs: w.grammar.maxArgs()}
	text := string(w.text)
	for i := range c.holes {
		c.pieces = append(c.pieces, text[start:c.holes[i].start])
		start = c.holes[i].end
	}
	c.pieces = append(c.pieces, text[start:])
	c.marked = strings.Join(c.pieces, "?")
	if w.grammar.numbered() {
		c.numbered = string(c.number(nil, 0))
	}
	c.prepare()
	again, ok := c.fill(nil, values) // what was written is the proof of the conversions
	if !ok || len(again) != len(args) || len(args) > 0 && !reflect.DeepEqual(again, args) {
		return nil
	}
	return c
}

// number appends the text with placeholders whose numbers follow that one.
func (c *condition) number(text []byte, before int) []byte {
	for i, piece := range c.pieces {
		if i > 0 {
			text = strconv.AppendInt(append(text, '$'), int64(before+i), 10)
		}
		text = append(text, piece...)
	}
	return text
}

// fill appends the arguments for the values. It is not ok where one of them does not
// fit: then nothing is appended, and the text is not theirs.
func (c *condition) fill(args []any, values []spec.Value) (_ []any, ok bool) {
	var filled spec.Arguments
	filled.Reset(args, len(c.holes), c.texts, c.numbers)
	for i := range c.holes {
		if !c.holes[i].add(&filled, values) {
			return args, false
		}
	}
	return filled.All(), true
}

// fillBound is fill for the values of a template.
func (c *condition) fillBound(args []any, s spec.Specification) (_ []any, ok bool) {
	if c.places != nil {
		return s.AppendBound(args, c.places)
	}
	var room [8]spec.Value // on the stack, for nearly all templates
	values := room[:]
	if c.values > len(room) {
		values = make([]spec.Value, c.values)
	}
	values = values[:c.values]
	for i := range values {
		values[i] = s.Bound(i)
	}
	return c.fill(args, values)
}

// prepare writes down what is the same for all values.
func (c *condition) prepare() {
	simple := len(c.holes) > 0
	for i := range c.holes {
		h := &c.holes[i]
		if h.origin == fixed {
			h.bound, simple = own(h.bound), false
			continue
		}
		h.isPicky = h.kind != h.resolved || h.kind == spec.KindList || len(h.column.field.Labels) > 0
		h.isWhole = (h.isText || h.isNum) && !h.isPicky
		simple = simple && h.isText && !h.isPicky
		switch {
		case h.isText, h.format != noList:
			c.texts++
		case h.isNum:
			c.numbers++
		}
	}
	if !simple {
		return
	}
	for i := range c.holes {
		c.places = append(c.places, uint8(c.holes[i].origin))
	}
}

// native is the text with the placeholders of the dialect, from the first on.
func (c *condition) native() string {
	if c.numbered != "" {
		return c.numbered
	}
	return c.marked
}
