package spec_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// What another field holds may be unreadable, as the field itself may: then
// nobody knows whether the two differ, whichever stands first.
func TestDistinctFromAnUnreadableField(t *testing.T) {
	type row struct{ A, B *spec.Date }
	r := row{B: &spec.Date{}} // no day
	for _, s := range []spec.Specification{spec.Distinct("a", spec.Ref("b")), spec.Distinct("b", spec.Ref("a"))} {
		if have := verdict(t, s, r); have != spec.Unknown {
			t.Errorf("%v: have %v, want unknown", s, have)
		}
	}
}
