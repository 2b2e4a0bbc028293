package corpora_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
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
	{"a null in a list", "the null elements of a list are passed over", 2},
	{"an order among the elements of a list", "a list has equality with its elements", 9},
	{"related rows", "a field of listed objects", 13},
}

// testConditions: a condition, written by what it means, has its result in memory
// and in every engine.
func testConditions(t *testing.T, dir string) {
	found, equal, shown := map[string][]string{}, 0, 0
	var sets []*dataset
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
		if visible, err := spec.Match(s, &c.Obj); err != nil || visible != c.Result {
			t.Errorf("%s: %v of %v, undeclared: have %v, want %v (%v)", c.ID, s, c.Obj, visible, c.Result, err)
		}
		sets = append(sets, d)
		equal++
		if c.Result {
			shown++
		}
	}
	t.Logf("115 conditions, %d written by their meaning: %d visible and %d not, all as the file says", equal, shown, equal-shown)
	checkCounts(t, "conditions that no specification says", unsaidConditions, found)
	agree(t, sets)
	t.Run("by name", func(t *testing.T) { testConditionsByName(t, dir) })
}

// specification writes the condition for its object, and the fields into d.
func (c conditionCase) specification(d *dataset) (spec.Specification, error) {
	declared := map[string]spec.Field{}
	s, err := c.Condition.join(func(leaf condition) (spec.Specification, error) {
		if err := leaf.beyond(); err != nil {
			return spec.None(), err
		}
		f, err := leaf.fieldOf(c.Obj)
		if err != nil {
			return spec.None(), err
		}
		declared[f.Name] = f
		return byMeaning(leaf, f)
	})
	for _, f := range declared {
		d.fields = append(d.fields, f)
	}
	return s, err
}

// beyond says why no specification can say this, whatever the object.
func (c condition) beyond() error {
	list, isList := c.Value.([]any)
	object, isObject := c.Value.(map[string]any)
	switch {
	case c.Operator == "mod":
		return inexpressible("a remainder")
	case c.Operator == "size":
		return inexpressible("the length of a list")
	case c.Operator == "elemMatch":
		return inexpressible("related rows")
	case c.Operator == "eq" && (isList || isObject && len(object) > 0):
		return inexpressible("identity")
	}
	for _, v := range list {
		if lost, isObject := v.(map[string]any); isObject && len(lost) == 0 {
			return inexpressible("a pattern that is not in the file")
		}
	}
	return nil
}

// fieldOf declares the field of a comparison by what the object has there or,
// where there is nothing, by the value that it is compared with.
func (c condition) fieldOf(obj map[string]any) (spec.Field, error) {
	parts := strings.Split(c.Field, ".")
	for i, part := range parts {
		if _, err := strconv.Atoi(part); err == nil {
			return spec.Field{}, inexpressible("an element by its place")
		}
		way, _ := lookup(obj, strings.Join(parts[:i], "."))
		if _, isList := way.([]any); i > 0 && isList {
			return spec.Field{}, inexpressible("related rows")
		}
	}
	f := spec.Field{Name: c.Field, Nullable: true}
	v, _ := lookup(obj, c.Field)
	list, isList := v.([]any)
	if isList && len(list) > 0 {
		v = list[0]
	}
	if operands, areMany := c.Value.([]any); v == nil && areMany {
		v = operands[0]
	} else if v == nil {
		v = c.Value
	}
	f.Kind, f.List = kindOf(v), isList || c.Operator == "all"
	return f, nil
}

func kindOf(v any) spec.Kind {
	switch x := v.(type) {
	case bool:
		return spec.KindBool
	case json.Number:
		if _, err := x.Int64(); err != nil {
			return spec.KindFloat
		}
		return spec.KindInt
	}
	return spec.KindString
}
