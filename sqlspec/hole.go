package sqlspec

import (
	"bytes"

	"github.com/rolespec/rolespec/spec"
)

// hole is the place of an argument.
type hole struct {
	start, end int        // of its placeholder, while the text is written
	origin     int        // which of the values it takes, or fixed
	kind       spec.Kind  // of the value
	resolved   spec.Kind  // of the same as the column takes it
	as         conversion // nil for a text as it is
	column     *column
	bound      any    // what is fixed
	text       string // the same, where it is a text
	isPicky    bool   // not every value of the kind will do
}

// of returns the argument for a hole, nil where it has none for its value.
func (h *hole) of(values []spec.Value) any {
	if h.origin == fixed {
		return own(h.bound)
	}
	v := values[h.origin]
	if v.Kind() != h.kind {
		return nil
	}
	if h.isPicky && !h.column.takes(v) {
		if v = h.column.resolved(v); v.Kind() != h.resolved || !h.column.takes(v) {
			return nil
		}
	}
	if h.as == nil {
		return v.Text()
	}
	return h.as(h.column, v)
}

// own returns an argument that nobody else can write to.
func own(arg any) any {
	if octets, ok := arg.([]byte); ok {
		return bytes.Clone(octets)
	}
	return arg
}
