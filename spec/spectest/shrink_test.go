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
	for seed := range uint64(scale(100)) {
		w := spectest.NewWorld(seed, 60)
		bug := fails(spec.OpContains, "a")
		for _, f := range w.Fields {
			leaf := spec.Or(w.Specification(), spec.Not(spec.And(spec.Contains(f.Name, "xab"), w.Specification())))
			s := spec.Or(leaf.And(w.Specification()), w.Specification(), w.Specification())
			if f.Kind != spec.KindString || !bug(s, w.Rows) {
				continue
			}
			reduced++
			before := fmt.Sprint(s, flattened(t, w))
			small, rows := spectest.Shrink(w.Schema, s, w.Rows, bug)
			if fmt.Sprint(s, flattened(t, w)) != before {
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
			if spectest.Get(rows[0], found.Field) != "%" || values(t, w, rows) != 1 {
				t.Errorf("seed %d: %d values are left for %v", seed, values(t, w, rows), small)
			}
		}
	}
	t.Logf("%d failures reduced", reduced)
	if reduced < scale(40) {
		t.Errorf("only %d failures were reduced", reduced)
	}
}

func flattened(t *testing.T, w *spectest.World) spectest.Tables {
	t.Helper()
	tables, err := spectest.Flatten(w.Schema, w.Rows)
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// values counts what is in the rows but for ids, and in all that is related to them.
func values(t *testing.T, w *spectest.World, rows []spectest.Row) (n int) {
	t.Helper()
	tables, err := spectest.Flatten(w.Schema, rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, rows := range tables.Rows {
		for _, row := range rows {
			n += len(row) - 1 // without the id
		}
	}
	return n
}

// Every node and every kind of value becomes smaller, and nothing becomes larger.
func TestShrinkComesToAnEnd(t *testing.T) {
	for seed := range uint64(scale(20)) {
		w := spectest.NewWorld(seed, 6)
		for i := range 10 {
			s, tries := w.Specification(), 0
			small, rows := spectest.Shrink(w.Schema, s, w.Rows, func(spec.Specification, []spectest.Row) bool { tries++; return true })
			if tries >= 3000 {
				t.Errorf("seed %d: %v does not come to an end", seed, s)
			}
			if len(rows) != 1 || values(t, w, rows) != 0 {
				t.Errorf("seed %d: %d rows are left with %d values", seed, len(rows), values(t, w, rows))
			}
			switch n := small.Node().(type) {
			case spec.Leaf, spec.Constant:
			case spec.Quantified:
				if _, ok := n.Term().(spec.Constant); !ok {
					t.Errorf("seed %d: %v became %v", seed, s, small)
				}
			default:
				t.Errorf("seed %d: %v became %v", seed, s, small)
			}
			if i > 0 {
				continue
			}
			same, all := spectest.Shrink(w.Schema, s, w.Rows, func(spec.Specification, []spectest.Row) bool { return false })
			if !same.Equal(s) || len(all) != len(w.Rows) {
				t.Errorf("seed %d: what never fails was reduced", seed)
			}
		}
	}
}
