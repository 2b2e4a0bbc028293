package corpora_test

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// specification writes the condition for its object, and declares in d what the
// object holds.
func (c conditionCase) specification(d *dataset) (spec.Specification, error) {
	return c.Condition.join(func(leaf condition) (spec.Specification, error) {
		return d.leaf(leaf, d.rows)
	})
}

// leaf writes a comparison for these rows, and declares its field or the relation
// that leads there: a list of objects on the way to the field.
func (r *rowType) leaf(c condition, rows []map[string]any) (spec.Specification, error) {
	if err := c.beyond(); err != nil {
		return spec.None(), err
	}
	if c.Operator == "elemMatch" {
		return r.any(c.Field, rows, c.Terms[0])
	}
	parts := strings.Split(c.Field, ".")
	for i, part := range parts[1:] {
		way := strings.Join(parts[:i+1], ".")
		if !holdList(rows, way) {
			continue
		}
		if _, err := strconv.Atoi(part); err == nil {
			return spec.None(), inexpressible("an element by its place")
		}
		c.Field = strings.Join(parts[i+1:], ".")
		return r.any(way, rows, c)
	}
	f := c.fieldOf(rows)
	if isOrder := operators[c.Operator] >= spec.OpLt && operators[c.Operator] <= spec.OpGte; f.List && (isOrder || c.Value == nil) {
		c.Field = elementField
		return r.any(spread(f.Name, rows), rows, c)
	}
	r.declare(f)
	return byMeaning(c, f)
}

// any writes that some row of a relation is as the condition says.
func (r *rowType) any(relation string, rows []map[string]any, c condition) (spec.Specification, error) {
	var elements []map[string]any
	for _, row := range rows {
		v, _ := lookup(row, relation)
		for _, element := range listOf(v) {
			if object, isObject := element.(map[string]any); isObject {
				elements = append(elements, object)
			}
		}
	}
	inner := r.relate(relation)
	s, err := c.join(func(leaf condition) (spec.Specification, error) { return inner.leaf(leaf, elements) })
	return spec.Any(relation, s), err
}

// elementField is the one field of a row that stands for an element of a list.
const elementField = "element"

// spread puts beside a list of values the same as related rows, of which more can
// be asked than of a list, and returns the name of the relation.
func spread(field string, rows []map[string]any) (relation string) {
	relation = field + "_each"
	for _, row := range rows {
		if v, _ := lookup(row, field); isList(v) {
			each := []any{}
			for _, element := range listOf(v) {
				each = append(each, map[string]any{elementField: element})
			}
			put(row, relation, each)
		}
	}
	return relation
}

func holdList(rows []map[string]any, path string) bool {
	for _, row := range rows {
		if v, _ := lookup(row, path); isList(v) {
			return true
		}
	}
	return false
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

// fieldOf declares the field of a comparison by what the rows have there or,
// where there is nothing, by the value that it is compared with.
func (c condition) fieldOf(rows []map[string]any) spec.Field {
	f := spec.Field{Name: c.Field, Nullable: true, List: c.Operator == "all" || holdList(rows, c.Field)}
	values := []any{}
	for _, row := range rows {
		v, _ := lookup(row, c.Field)
		values = append(values, v)
		values = append(values, listOf(v)...)
	}
	values = append(append(values, c.Value), listOf(c.Value)...)
	f.Kind = spec.KindString
	for _, v := range values {
		if kind, ok := kindOf(v); ok {
			f.Kind = kind
			break
		}
	}
	return f
}

// kindOf is the kind of a scalar.
func kindOf(v any) (spec.Kind, bool) {
	switch x := v.(type) {
	case bool:
		return spec.KindBool, true
	case string:
		return spec.KindString, true
	case json.Number:
		if _, err := x.Int64(); err != nil {
			return spec.KindFloat, true
		}
		return spec.KindInt, true
	}
	return 0, false
}
