package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// recording follows a writer, to find out how much of what it writes depends on the
// values. There is one writer, and it tells by what it calls: an argument that it
// makes by a conversion leaves a hole in the text, which the value of another
// specification can fill. A leaf that is written in any other way looked at its value,
// and what was written holds for that alone.
type recording struct {
	values  []spec.Value // what the holes are filled with
	origins []int        // for each leaf in order: which of these is its value, or fixed
	leaf    int          // how many were begun
	holes   []hole
	opaque  bool // a value was looked at

	// Of the leaf that is being written:
	inside bool
	origin int
	value  spec.Value
	filled bool // it has a hole
}

// fixed is the origin of what stays as it is.
const fixed = -1

// record writes a leaf of the specification, once for each.
func (w *writer) record(l spec.Leaf, negated bool) {
	r := w.recording
	if r == nil || r.inside { // of what a leaf is put in terms of
		w.leaf(l, negated)
		return
	}
	r.begin(l.Value)
	w.leaf(l, negated)
	r.inside = false
	r.opaque = r.opaque || r.origin != fixed && !r.filled
}

func (r *recording) begin(v spec.Value) {
	r.inside, r.filled, r.origin, r.value = true, false, fixed, v
	if r.leaf < len(r.origins) {
		r.origin = r.origins[r.leaf]
	}
	r.leaf++
}

// looked says that what is written depends on the value in a way of which the
// arguments say nothing.
func (w *writer) looked() {
	if w.recording != nil {
		w.recording.opaque = true
	}
}

// bind notes an argument, whose placeholder is the text from start to end.
func (r *recording) bind(a argument, start, end int) {
	h := hole{start: start, end: end, origin: fixed, bound: a.bound}
	if r.inside && r.origin != fixed {
		if !a.isMade() || !a.value.Equal(r.value) || !a.column.takes(a.value) {
			r.opaque = true
			return
		}
		r.filled = true
		h.origin, h.kind, h.resolved = r.origin, r.values[r.origin].Kind(), a.value.Kind()
		h.as, h.format, h.isText, h.isNum, h.column, h.bound = a.as, a.format, a.isText, a.isNum, a.column, nil
	}
	r.holes = append(r.holes, h)
}

// isComplete reports whether all that was written is known: text, and holes in it.
func (r *recording) isComplete() bool { return !r.opaque && r.leaf == len(r.origins) }

// restart forgets what was written.
func (r *recording) restart() {
	if r != nil {
		*r = recording{values: r.values, origins: r.origins}
	}
}
