package corpora_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// evaluator says what the expression language of the plans makes of a row: with
// two truth values and errors. An error is an answer of its own, which and, or
// and the quantifiers pass over where the rest decides, as Kleene's unknown.
// What it knows of specifications is the rules that we have instead; without
// them it is that language.
type evaluator struct {
	row   map[string]any
	local map[string]any // variables of lambdas
	ours  rules
}

// rules are ours where they are not those of the plans.
type rules struct {
	nullIsUnknown bool // null compared with a value: there it is unequal, here unknown
	missingIsNull bool // a table has no missing attributes: there a missing one is an error
	passesOver    bool // an element of a list that cannot be looked into: there it spoils the list
	twoValued     bool // what is asked of related rows is true or false: there it can be an error
}

var allRules = rules{true, true, true, true}

// failed is the value of an expression that has none.
type failed struct{}

func isFailed(v any) bool {
	_, is := v.(failed)
	return is
}

// truth evaluates an expression that must be a truth value.
func (v evaluator) truth(e expression) answer {
	if b, isBool := v.value(e).(bool); isBool {
		return answerOf(b)
	}
	return unknown
}

func (v evaluator) value(e expression) any {
	switch {
	case e.variable != "":
		return v.lookup(e)
	case e.operator == "":
		return plain(e.constant)
	}
	if result, ok := v.logic(e); ok {
		return result
	}
	args := make([]any, len(e.operands))
	for i, operand := range e.operands {
		args[i] = v.value(operand)
		if isFailed(args[i]) {
			return failed{}
		}
	}
	return v.call(e.operator, args)
}

// value of a truth: unknown has none.
func (a answer) value() any {
	if a == unknown {
		return failed{}
	}
	return a == yes
}

// logic evaluates what does not need all of its operands.
func (v evaluator) logic(e expression) (any, bool) {
	switch e.operator {
	case "and", "or":
		answers := make([]answer, len(e.operands))
		for i, operand := range e.operands {
			answers[i] = v.truth(operand)
		}
		if e.is("and") {
			return all(answers...).value(), true
		}
		return some(answers...).value(), true
	case "not":
		return v.truth(e.operands[0]).not().value(), true
	case "if":
		switch v.truth(e.operands[0]) {
		case yes:
			return v.value(e.operands[1]), true
		case no:
			return v.value(e.operands[2]), true
		}
		return failed{}, true
	case "eq":
		return v.equal(e).value(), true
	case "ne":
		return v.equal(e).not().value(), true
	case "all", "exists", "map", "filter":
		return v.quantifier(e), true
	case "get-field":
		object, _ := v.value(e.operands[0]).(map[string]any)
		return field(object, e.operands[1].variable), true
	}
	return nil, false
}

func (v evaluator) lookup(e expression) any {
	if name, ok := e.attribute(); ok {
		value := field(v.row, name)
		if isFailed(value) && v.ours.missingIsNull {
			return nil
		}
		return value
	}
	name, path, nested := strings.Cut(e.variable, ".")
	value := v.local[name]
	if object, isObject := value.(map[string]any); nested && isObject {
		value = field(object, path)
		if isFailed(value) && v.ours.missingIsNull {
			return nil
		}
	} else if nested {
		return failed{}
	}
	return value
}

func field(object map[string]any, name string) any {
	value, ok := object[name]
	if !ok {
		return failed{}
	}
	return plain(value)
}

// plain makes every number a float: those of the cases are all exact.
func plain(v any) any {
	switch x := v.(type) {
	case json.Number:
		f, _ := x.Float64()
		return f
	case int64:
		return float64(x)
	case []any:
		list := make([]any, len(x))
		for i, element := range x {
			list[i] = plain(element)
		}
		return list
	}
	return v
}

// equal compares two values of any kinds. A null that the plan itself asks for
// is asked for here as well.
func (v evaluator) equal(e expression) answer {
	a, b := v.value(e.operands[0]), v.value(e.operands[1])
	asked := slices.ContainsFunc(e.operands, func(o expression) bool { return o.text() == "null" })
	switch {
	case isFailed(a) || isFailed(b):
		return unknown
	case v.ours.nullIsUnknown && !asked && (a == nil || b == nil):
		return unknown
	}
	return answerOf(reflect.DeepEqual(a, b))
}
