package sqlspec

import (
	"bytes"

	"github.com/rolespec/rolespec/spec"
)

// hole is the place of an argument.
type hole struct {
	start, end int       // of its placeholder, while the text is written
	origin     int       // which of the values it takes, or fixed
	kind       spec.Kind // of the value
	resolved   spec.Kind // of the same as the column takes it
	as         conversion
	format     format
	isText     bool
	isNum      bool
	isPicky    bool // not every value of the kind will do
	isWhole    bool // any will, as it is
	column     *column
	bound      any // what is fixed
}

// add appends the argument for a hole. It is not ok where it has none for its value.
func (h *hole) add(args *spec.Arguments, values []spec.Value) (ok bool) {
	if h.origin == fixed {
		args.Add(own(h.bound))
		return true
	}
	v := &values[h.origin]
	if h.isWhole {
		return args.Value(v, h.kind)
	}
	if v.Kind() != h.kind {
		return false
	}
	if h.isPicky && !h.column.takes(*v) {
		other := h.column.resolved(*v)
		if v = &other; v.Kind() != h.resolved || !h.column.takes(*v) {
			return false
		}
	}
	switch {
	case h.isText, h.isNum:
		return args.Value(v, h.resolved)
	case h.format != noList:
		args.Text(h.format.text(h.column, *v))
		return true
	}
	arg := h.as(h.column, *v)
	args.Add(arg)
	return arg != nil
}

// own returns an argument that nobody else can write to.
func own(arg any) any {
	if octets, ok := arg.([]byte); ok {
		return bytes.Clone(octets)
	}
	return arg
}
