package sqlspec

import (
	"github.com/rolespec/rolespec/spec"
)

// How large a specification may be for its text to be kept: what is larger is rare,
// and comes from outside rather than from a policy.
const maxKeptKey, maxKeptLeaves = 1 << 10, 64

// shape is what the text of a specification depends on, where it depends on no value.
// Beside it are the values of the leaves from left to right.
type shape struct {
	key    []byte
	values []spec.Value
}

// shapeOf returns the shape of a specification, not ok where it is too large, or one
// whose faults the writer has to find.
func shapeOf(s spec.Specification) (_ shape, ok bool) {
	key, values, ok := spec.AppendShape(make([]byte, 0, maxKeptKey), make([]spec.Value, 0, maxKeptLeaves), s)
	return shape{key, values}, ok
}

// origins says of each value that it is the leaf's own. Null is part of the shape, and
// so is another field.
func (s *shape) origins() []int {
	origins := make([]int, len(s.values))
	for i, v := range s.values {
		origins[i] = i
		if kind := v.Kind(); kind == spec.KindNull || kind == spec.KindField {
			origins[i] = fixed
		}
	}
	return origins
}
