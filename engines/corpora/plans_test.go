package corpora_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// planKinds is what the plans are.
var planKinds = []difference{
	{"always allowed", "it is All", 22},
	{"always denied", "it is None", 22},
	{"conditional", "it is put to memory, to every engine and to an evaluator of its own", 72},
}

var unsaidPlans = []difference{
	{"exactly one", "related rows are looked for, not counted", 1},
}

// planVerdicts is how the rows that we show stand to those of the plan's own
// language, by plan.
var planVerdicts = []difference{
	{"equal", "the same rows, but for those below", 71},
	{"hidden: null compared", "a null is unequal to a value there, and unknown here", 12},
	{"visible: a missing attribute", "there asking for it is an error; in a table it is a null, which the plan asks for", 3},
	{"visible: an element without a value", "there the whole list is an error; the element that is asked for is in it", 3},
	{"never visible", "a contradiction, or an attribute of the caller that is not there", 3},
}

func testPlans(t *testing.T, dir string) {
	kinds, missing, verdicts := map[string][]string{}, map[string][]string{}, map[string][]string{}
	random := rand.New(rand.NewPCG(1, 2))
	var sets []*dataset
	compared := 0
	for i, c := range load[planCase](t, dir, "cerbos_planner.jsonl", 116) {
		kind, s, err := c.specification()
		kinds[kind] = append(kinds[kind], c.ID)
		if reason := unsaid(err); reason != "" {
			missing[reason] = append(missing[reason], c.ID)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		if c.compare(t, s) {
			compared++
		}
		if kind != "conditional" {
			continue
		}
		d := c.Want.Condition.dataset(fmt.Sprintf("plan_%d", i), random)
		sets = append(sets, d)
		for _, class := range c.put(t, d, s) {
			verdicts[class] = append(verdicts[class], c.ID)
		}
	}
	if compared != 96 {
		t.Errorf("%d specifications compared with the file's, want 96", compared)
	}
	checkCounts(t, "plans", planKinds, kinds)
	checkCounts(t, "plans that no specification says", unsaidPlans, missing)
	checkCounts(t, "rows by plan", planVerdicts, verdicts)
	agree(t, sets)
}

func (c planCase) specification() (kind string, s spec.Specification, err error) {
	switch c.Want.Kind {
	case "KIND_ALWAYS_ALLOWED":
		return "always allowed", spec.All(), nil
	case "KIND_ALWAYS_DENIED":
		return "always denied", spec.None(), nil
	case "KIND_CONDITIONAL":
		s, err = scope{}.specification(c.Want.Condition)
		return "conditional", s, err
	}
	return c.Want.Kind, spec.None(), fmt.Errorf("no kind %q", c.Want.Kind)
}

// compare holds the specification against the one in the file, which somebody
// else wrote for the same plan, and reports whether there is one.
func (c planCase) compare(t *testing.T, s spec.Specification) bool {
	t.Helper()
	if string(c.Spec) == "null" {
		return false
	}
	var tree conformance.Tree
	if err := newDecoder(bytes.NewReader(c.Spec)).Decode(&tree); err != nil {
		t.Fatal(err)
	}
	if theirs, err := tree.Specification(); err != nil || !s.Equal(theirs) {
		t.Errorf("%s: written as %v, in the file as %v (%v)", c.ID, s, theirs, err)
	}
	return true
}

// put asks memory about the rows. It must say what the plan says under our
// rules; how that stands to what the plan says under its own is the class.
func (c planCase) put(t *testing.T, d *dataset, s spec.Specification) (classes []string) {
	t.Helper()
	have, err := d.ask(t, c.ID, s)
	if err != nil {
		t.Errorf("%s: %v", c.ID, err)
		return []string{"refused"}
	}
	found, counts := map[string]bool{}, map[answer]int{}
	for i, row := range d.rows {
		want := evaluator{row: row, ours: allRules}.truth(c.Want.Condition)
		if have[i] != want {
			t.Errorf("%s: %v\nof %v: have %v, the plan says %v", c.ID, s, row, have[i], want)
		}
		counts[have[i]]++
		class := c.class(row, have[i])
		if !found[class] {
			classes = append(classes, class)
		}
		found[class] = true
	}
	switch counts[yes] {
	case 0:
		classes = append(classes, "never visible")
	case len(d.rows):
		classes = append(classes, "always visible")
	}
	return classes
}

// class says how a row stands to the plan's own language, and which of our rules
// alone makes the difference.
func (c planCase) class(row map[string]any, have answer) string {
	said := evaluator{row: row}.truth(c.Want.Condition)
	if (said == yes) == (have == yes) {
		return "equal"
	}
	shown := "hidden: "
	if have == yes {
		shown = "visible: "
	}
	for _, rule := range []struct {
		name string
		only rules
	}{
		{"null compared", rules{nullIsUnknown: true}},
		{"an element without a value", rules{passesOver: true}},
		{"a missing attribute", rules{missingIsNull: true}},
		{"a related row without a value", rules{twoValued: true}},
	} {
		if (evaluator{row: row, ours: rule.only}.truth(c.Want.Condition) == yes) == (have == yes) {
			return shown + rule.name
		}
	}
	return shown + "several"
}
