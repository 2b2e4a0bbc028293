package corpora_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// namesakes is what becomes of conditions that are written with our operator of
// the same name, without a thought. It is hidden where it is not the same.
var namesakes = []difference{
	{"equal", "visible exactly where the condition holds", 52},
	{"no such name", "no operator of ours is called so", 35},
	{"hidden: null equals null", "a comparison with null is unknown; IsNull asks for it", 2},
	{"hidden: some element of a list", "a list compares as a whole; Contains and Overlaps ask for elements", 10},
	{"hidden: a pattern anywhere", "a pattern matches at the start", 3},
	{"hidden: fields of listed objects", "a way through a list leads nowhere", 3},
	{"refused", "an object is no value", 9},
	{"visible: lists of equal elements", "lists are compared by their elements, not by where they are in memory", 1},
}

func testConditionsByName(t *testing.T, dir string) {
	found := map[string][]string{}
	for _, c := range load[conditionCase](t, dir, "ucast_js.jsonl", 115) {
		class := c.namesake(t)
		found[class] = append(found[class], c.ID)
	}
	checkCounts(t, "conditions by the name of their operator", namesakes, found)
}

var (
	errNoName  = errors.New("no operator of that name")
	errNoValue = errors.New("no value")
)

// namesake returns the class of a case whose operators are taken by their names.
func (c conditionCase) namesake(t *testing.T) string {
	s, err := c.Condition.join(byName)
	visible := false
	if err == nil {
		visible, err = spec.Match(s, &c.Obj)
	}
	switch {
	case errors.Is(err, errNoName):
		return "no such name"
	case errors.Is(err, errNoValue):
		return "refused"
	case err != nil:
		t.Errorf("%s: %v", c.ID, err)
		return "failed"
	case visible == c.Result:
		return "equal"
	case visible && isList(c.Condition.Value):
		return "visible: lists of equal elements"
	case visible:
		return "visible"
	}
	return c.hidden()
}

// hidden says why a field is hidden of which a condition holds.
func (c conditionCase) hidden() string {
	parent, _, _ := strings.Cut(c.Condition.Field, ".")
	above, _ := lookup(c.Obj, parent)
	switch seen, there := lookup(c.Obj, c.Condition.Field); {
	case isList(seen):
		return "hidden: some element of a list"
	case !there && isList(above):
		return "hidden: fields of listed objects"
	case c.Condition.Operator == "regex":
		return "hidden: a pattern anywhere"
	case c.Condition.Value == nil:
		return "hidden: null equals null"
	}
	return "hidden"
}

func byName(c condition) (spec.Specification, error) {
	value, err := spec.ValueOf(c.Value)
	switch op := operators[c.Operator]; {
	case err != nil:
		return spec.None(), errNoValue
	case c.Operator == "regex":
		return spec.Matches(c.Field, pattern.FindStringSubmatch(c.Value.(string))[1]), nil
	case c.Operator == "nin":
		return spec.Not(spec.NewLeaf(c.Field, spec.OpIn, value)), err
	case op != 0:
		return spec.NewLeaf(c.Field, op, value), nil
	}
	return spec.None(), errNoName
}

func isList(v any) bool {
	_, is := v.([]any)
	return is
}
