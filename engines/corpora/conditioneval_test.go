package corpora_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// truth says what a condition comes to in SQL: a comparison with a null that the
// condition does not ask for is unknown.
func (c condition) truth(row map[string]any) answer {
	answers := make([]answer, len(c.Terms))
	for i, term := range c.Terms {
		answers[i] = term.truth(row)
	}
	switch {
	case c.Type == "field":
		return c.comparison(row)
	case c.Operator == "and":
		return all(answers...)
	case c.Operator == "or":
		return some(answers...)
	}
	return all(answers...).not() // of one term
}

func (c condition) comparison(row map[string]any) answer {
	seen, _ := lookup(row, c.Field)
	operand := c.Value
	if other, ok := c.other(); ok {
		operand, _ = lookup(row, other)
	} else if operand == nil {
		return answerOf((seen == nil) == (c.Operator == "eq"))
	}
	if seen == nil || operand == nil {
		return unknown
	}
	text, _ := seen.(string)
	switch c.Operator {
	case "in":
		return answerOf(contains(operand.([]any), seen))
	case "startswith":
		return answerOf(strings.HasPrefix(text, operand.(string)))
	case "endswith":
		return answerOf(strings.HasSuffix(text, operand.(string)))
	case "contains":
		return answerOf(strings.Contains(text, operand.(string)))
	}
	order := orderOf(plain(seen), plain(operand))
	switch c.Operator {
	case "eq":
		return answerOf(order == 0)
	case "ne":
		return answerOf(order != 0)
	case "lt":
		return answerOf(order < 0)
	case "lte":
		return answerOf(order <= 0)
	case "gt":
		return answerOf(order > 0)
	case "gte", "ge":
		return answerOf(order >= 0)
	}
	panic(fmt.Sprintf("no operator %q", c.Operator))
}

func orderOf(a, b any) int {
	switch a := a.(type) {
	case string:
		return strings.Compare(a, b.(string))
	case float64:
		return cmp.Compare(a, b.(float64))
	}
	return cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)) // two truth values
}

// dataset returns rows for a condition: its fields with what it compares them
// with, what is nearly that, and null.
func (c condition) dataset(name string, random *rand.Rand) *dataset {
	found := shapes{}
	c.leaves(func(leaf condition) {
		s := found.of("request.resource." + leaf.Field)
		other, isField := leaf.other()
		if !isField {
			s.compare(leaf.Value)
			return
		}
		t := found.of("request.resource." + other)
		for _, s := range []*shape{s, t} { // two fields that are compared are of one kind
			s.compare(twoFields(leaf))
		}
	})
	fields := map[string]*shape{}
	for name, s := range found {
		fields[strings.TrimPrefix(name, ".")] = s
	}
	d := &dataset{name: name, rowType: rowTypeOf(fields)}
	d.generate(random, func(row map[string]any) { fill(row, fields, random) })
	return d
}

// twoFields is something to compare two fields with, so that they are often equal.
func twoFields(c condition) any {
	if c.Operator == "eq" || c.Operator == "ne" {
		return "same"
	}
	return json.Number("7")
}
