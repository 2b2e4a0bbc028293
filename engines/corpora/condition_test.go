package corpora_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"

	"github.com/rolespec/rolespec/spec"
)

// condition is a comparison of a field with a value, or terms that are joined.
type condition struct {
	Type     string // field or compound
	Operator string
	Field    string
	Value    any         // of a field: a value, or {"field": name}
	Terms    []condition // of a compound; of elemMatch, the one for the elements
	NoValue  bool        `json:"value_missing"`
}

// UnmarshalJSON reads what stands under "value" by the type of the condition.
func (c *condition) UnmarshalJSON(data []byte) error {
	type plain condition
	var raw struct {
		plain
		Value json.RawMessage
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*c = condition(raw.plain)
	switch {
	case c.Type == "compound":
		return json.Unmarshal(raw.Value, &c.Terms)
	case c.Operator == "elemMatch":
		c.Terms = make([]condition, 1)
		return json.Unmarshal(raw.Value, &c.Terms[0])
	}
	return newDecoder(bytes.NewReader(raw.Value)).Decode(&c.Value)
}

// leaves yields the comparisons from left to right.
func (c condition) leaves(yield func(condition)) {
	if c.Type != "compound" {
		yield(c)
		return
	}
	for _, term := range c.Terms {
		term.leaves(yield)
	}
}

// other returns the field that the value stands for.
func (c condition) other() (field string, ok bool) {
	m, isMap := c.Value.(map[string]any)
	field, isText := m["field"].(string)
	return field, isMap && isText && len(m) == 1
}

// operators are those that mean the same under another name.
var operators = map[string]spec.Op{
	"eq": spec.OpEq, "ne": spec.OpNe, "lt": spec.OpLt, "lte": spec.OpLte, "gt": spec.OpGt, "gte": spec.OpGte, "ge": spec.OpGte,
	"in": spec.OpIn, "within": spec.OpIn, "startswith": spec.OpHasPrefix, "endswith": spec.OpHasSuffix, "contains": spec.OpContains,
}

// join builds the specification of a condition whose leaves are built by leaf.
func (c condition) join(leaf func(condition) (spec.Specification, error)) (spec.Specification, error) {
	if c.Type == "field" {
		return leaf(c)
	}
	terms := make([]spec.Specification, len(c.Terms))
	for i, term := range c.Terms {
		s, err := term.join(leaf)
		if err != nil {
			return spec.None(), err
		}
		terms[i] = s
	}
	switch c.Operator {
	case "and":
		return spec.And(terms...), nil
	case "or":
		return spec.Or(terms...), nil
	case "not":
		return spec.Not(spec.And(terms...)), nil
	case "nor":
		return spec.Not(spec.Or(terms...)), nil
	}
	return spec.None(), fmt.Errorf("no operator %q", c.Operator)
}

// byMeaning returns a leaf that means what the condition means, for a field that
// is known.
func byMeaning(c condition, f spec.Field) (spec.Specification, error) {
	if field, ok := c.other(); ok {
		return spec.NewLeaf(c.Field, operators[c.Operator], spec.Of(spec.Ref(field))), nil
	}
	value, err := spec.ValueOf(c.Value)
	switch {
	case c.Operator == "exists" && c.Value == true:
		return spec.NotNull(c.Field), nil
	case c.Operator == "exists":
		return spec.IsNull(c.Field), nil
	case c.Operator == "regex":
		return spec.Matches(c.Field, anywhere(c.Value)), nil
	case f.List:
		return ofList(c, value)
	case c.Operator == "nin":
		return spec.Not(spec.NewLeaf(c.Field, spec.OpIn, value)), err
	case c.Value == nil && c.Operator == "eq":
		return spec.IsNull(c.Field), nil
	case c.Value == nil && c.Operator == "ne":
		return spec.NotNull(c.Field), nil
	case operators[c.Operator] == 0:
		return spec.None(), fmt.Errorf("no operator %q", c.Operator)
	}
	return spec.NewLeaf(c.Field, operators[c.Operator], value), err
}

// ofList returns a leaf for a field that is a list: the conditions mean that some
// element of it is as they say.
func ofList(c condition, value spec.Value) (spec.Specification, error) {
	switch c.Operator {
	case "eq":
		return spec.Contains(c.Field, value), nil
	case "within":
		return spec.NewLeaf(c.Field, spec.OpOverlaps, value), nil
	case "all":
		var each []spec.Specification
		for _, v := range value.List() {
			each = append(each, spec.Contains(c.Field, v))
		}
		return spec.And(each...), nil
	}
	return spec.None(), fmt.Errorf("no operator %q for a list", c.Operator)
}

// pattern is a regular expression between slashes, with a flag that is about
// searching again.
var pattern = regexp.MustCompile(`^/(.*)/g?$`)

// anywhere is a pattern that may match anywhere in a text.
func anywhere(v any) string {
	return `(?s:.*)(?:` + pattern.FindStringSubmatch(v.(string))[1] + `)`
}
