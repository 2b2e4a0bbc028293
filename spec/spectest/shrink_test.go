package spectest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/spec/spectest"
)

// fails is a failure of every specification that has a leaf with the operator and
// a text that contains the part, over rows of which one has a % in that field.
func fails(op spec.Op, part string) func(spec.Specification, []spectest.Row) bool {
	return func(s spec.Specification, rows []spectest.Row) bool {
		for l := range s.Leaves() {
			if l.Op != op || !strings.Contains(l.Value.Text(), part) {
				continue
			}
			for _, row := range rows {
				if text, ok := spectest.Get(row, l.Field).(string); ok && strings.Contains(text, "%") {
					return true
				}
			}
		}
		return false
	}
}

// From anything that fails, what is left is one leaf, one row and one value.
func TestShrinkFindsTheCore(t *testing.T) {
	reduced := 0
	for seed := range uint64(scale(60)) {
		w := spectest.NewWorld(seed, 60)
		bug := fails(spec.OpContains, "a")
		for _, f := range w.Fields {
			leaf := spec.Or(w.Specification(), spec.Not(spec.And(spec.Contains(f.Name, "xab"), w.Specification())))
			s := spec.Or(leaf.And(w.Specification()), w.Specification(), w.Specification())
			if f.Kind != spec.KindString || !bug(s, w.Rows) {
				continue
			}
			reduced++
			before := fmt.Sprint(s, w.Rows)
			small, rows := spectest.Shrink(s, w.Rows, bug)
			if fmt.Sprint(s, w.Rows) != before {
				t.Fatal("the arguments were changed")
			}
			found, ok := small.Node().(spec.Leaf)
			if !ok || found.Op != spec.OpContains || found.Value.Text() != "a" {
				t.Errorf("seed %d: %v became %v", seed, s, small)
			}
			if len(rows) != 1 {
				t.Errorf("seed %d: %d rows are left", seed, len(rows))
				continue
			}
			keys := 0
			for range rows[0] {
				keys++
			}
			if keys != 2 || spectest.Get(rows[0], found.Field) != "%" {
				t.Errorf("seed %d: a row with %v is left for %v", seed, rows[0], small)
			}
		}
	}
	t.Logf("%d failures reduced", reduced)
	if reduced < scale(40) {
		t.Errorf("only %d failures were reduced", reduced)
	}
}

// Every node and every kind of value becomes smaller, and nothing becomes larger.
func TestShrinkComesToAnEnd(t *testing.T) {
	for seed := range uint64(scale(20)) {
		w := spectest.NewWorld(seed, 10)
		for range 10 {
			s, tries := w.Specification(), 0
			small, rows := spectest.Shrink(s, w.Rows, func(spec.Specification, []spectest.Row) bool { tries++; return true })
			if tries >= 3000 {
				t.Errorf("seed %d: %v does not come to an end", seed, s)
			}
			if len(rows) != 1 || len(rows[0]) != 1 {
				t.Errorf("seed %d: %v is left", seed, rows)
			}
			switch small.Node().(type) {
			case spec.Leaf, spec.Constant:
			default:
				t.Errorf("seed %d: %v became %v", seed, s, small)
			}
			same, all := spectest.Shrink(s, w.Rows, func(spec.Specification, []spectest.Row) bool { return false })
			if !same.Equal(s) || len(all) != len(w.Rows) {
				t.Errorf("seed %d: what never fails was reduced", seed)
			}
		}
	}
}
