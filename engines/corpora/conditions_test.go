package corpora_test

import (
	"fmt"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// conditionCase is a condition, an object and whether the one holds of the other.
type conditionCase struct {
	ID        string
	Condition condition
	Obj       map[string]any
	Result    bool
}

var unsaidConditions = []difference{
	{"identity", "a list or an object is compared by where it is in memory: two cases with the same data have two results", 6},
	{"a remainder", "there is no arithmetic", 5},
	{"the length of a list", "lists are looked into, not counted", 6},
	{"a pattern that is not in the file", "the file has an empty object in its place", 7},
	{"an element by its place", "a list has elements, not places", 2},
}

// undeclaredConditions is how the rows stand to the results where no schema says
// what an object holds.
var undeclaredConditions = []difference{
	{"equal", "as the file says", 88},
	{"visible: one row", "a map that nobody declared is one related row; with a schema, as in SQL, it is no list of them", 1},
}

// testConditions: a condition, written by what it means, has its result in memory
// and in every engine.
func testConditions(t *testing.T, dir string) {
	found, undeclared, equal, shown := map[string][]string{}, map[string][]string{}, 0, 0
	var sets []*dataset
	var unstorable []string
	for i, c := range load[conditionCase](t, dir, "ucast_js.jsonl", 115) {
		d := &dataset{name: fmt.Sprintf("condition_%d", i), json: true, rows: []map[string]any{c.Obj}}
		s, err := c.specification(d)
		if reason := unsaid(err); reason != "" {
			found[reason] = append(found[reason], c.ID)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.ID, err)
			continue
		}
		truth, err := d.ask(t, c.ID, s)
		if err != nil || (truth[0] == yes) != c.Result {
			t.Errorf("%s: %v of %v: have %v, want %v (%v)", c.ID, s, c.Obj, truth, c.Result, err)
			continue
		}
		class := c.undeclared(t, s)
		undeclared[class] = append(undeclared[class], c.ID)
		if !d.storable(0) {
			unstorable = append(unstorable, c.ID)
		}
		sets = append(sets, d)
		if parted := d.apart(t); parted != nil {
			sets = append(sets, parted)
		}
		equal++
		if c.Result {
			shown++
		}
	}
	t.Logf("115 conditions, %d written by their meaning: %d visible and %d not, all as the file says", equal, shown, equal-shown)
	checkCounts(t, "conditions that no specification says", unsaidConditions, found)
	if len(unstorable) != 1 {
		t.Errorf("objects that no table holds: %q, want one", unstorable)
	}
	checkCounts(t, "conditions on maps that nobody declared", undeclaredConditions, undeclared)
	agree(t, sets)
	t.Run("by name", func(t *testing.T) { testConditionsByName(t, dir) })
}

// undeclared returns the class of a case whose object nobody declared.
func (c conditionCase) undeclared(t *testing.T, s spec.Specification) string {
	t.Helper()
	visible, err := spec.Match(s, &c.Obj)
	_, isObject := c.Obj[c.Condition.Field].(map[string]any)
	switch {
	case err == nil && visible == c.Result:
		return "equal"
	case err == nil && visible && c.Condition.Operator == "elemMatch" && isObject:
		return "visible: one row"
	}
	t.Errorf("%s: %v of %v, undeclared: have %v, want %v (%v)", c.ID, s, c.Obj, visible, c.Result, err)
	return "other"
}
