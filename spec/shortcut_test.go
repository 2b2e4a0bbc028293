package spec_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
)

// everyShortcut is what shortcut.go offers: a Go type, an operator, and whether
// it is negated.
func everyShortcut() map[string]bool {
	const order = "Eq Ne Lt Lte Gt Gte"
	all := map[string]bool{}
	for types, operators := range map[string]string{
		"string": order + " In Contains HasPrefix HasSuffix Matches Under IsNull",
		"bool":   order + " IsNull", "int int8 int16 int32 int64 uint8 uint16 uint32": order + " In IsNull", "uint uint64": order + " IsNull",
		"float32 float64 time": order + " IsNull", "array": "Eq Ne IsNull", "slice": "IsNull",
	} {
		for goType := range strings.FieldsSeq(types) {
			for op := range strings.FieldsSeq(operators) {
				all[goType+" "+op], all[goType+" "+op+" negated"] = true, true
			}
		}
	}
	return all
}

// The struct path takes shortcuts and Explain takes none, so that agree holds
// each shortcut against the definition. Here is that the random specifications
// reach every one of them, with every outcome it can have.
func TestEveryShortcutIsReached(t *testing.T) {
	type outcomes map[spec.Truth]int
	reached := map[string]outcomes{}
	d, taken, verdicts := seeded(4), 0, 0
	for range scale(400) {
		rows := drawRows(d, 30)
		for range 40 {
			s := drawLeaf(d)
			if d(2) == 0 {
				s = s.Not()
			}
			agree(t, s, rows)
			name := spec.ShortcutsOf[wide](s)[0]
			verdicts += len(rows)
			if name == "" {
				continue
			}
			if reached[name] == nil {
				reached[name] = outcomes{}
			}
			for _, truth := range truths(t, s, rows) {
				reached[name][truth]++
				taken++
			}
		}
	}
	t.Logf("%d shortcuts, taken %d times in %d verdicts", len(reached), taken, verdicts)
	if withRace || testing.Short() {
		return // too few to reach all of them
	}
	have := map[string]bool{}
	for name, outcomes := range reached {
		have[name] = true
		for truth := spec.False; truth <= spec.True; truth++ {
			if outcomes[truth] == 0 && !(truth == spec.Unknown && strings.Contains(name, "IsNull")) {
				t.Errorf("%s is never %v", name, truth)
			}
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(everyShortcut())), slices.Sorted(maps.Keys(have))); diff != "" {
		t.Errorf("shortcuts (-of shortcut.go +reached):\n%s", diff)
	}
}

// Those of a specification are found under its negations.
func TestShortcutsOfSpecification(t *testing.T) {
	s := spec.And(spec.Eq("text", "a"), spec.Not(spec.Or(spec.Lt("i8", 1), spec.NotNull("uuid"))), spec.Eq("u", 1), spec.In("text", spec.Of("a"), spec.Null))
	want := []string{"string Eq", "int8 Lt negated", "array IsNull", "uint Eq", ""}
	if diff := cmp.Diff(want, spec.ShortcutsOf[wide](s)); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}
