package corpora_test

import (
	"reflect"
	"slices"
	"strings"
)

// quantifier evaluates what a lambda says of the elements of a list.
func (v evaluator) quantifier(e expression) any {
	list, isList := v.value(e.operands[0]).([]any)
	if !isList {
		return failed{}
	}
	body, names := e.lambda()
	var answers []answer
	kept := []any{}
	for _, element := range list {
		inner := v.bind(names, element)
		switch e.operator {
		case "all", "exists":
			answers = append(answers, inner.truth(body))
			continue
		case "filter":
			if inner.truth(body) == yes {
				kept = append(kept, element)
			}
			if inner.truth(body) != unknown {
				continue
			}
		case "map":
			if value := inner.value(body); !isFailed(value) {
				kept = append(kept, value)
				continue
			}
		}
		if !v.ours.passesOver {
			return failed{}
		}
	}
	switch e.operator {
	case "all":
		return all(answers...).value()
	case "exists":
		return some(answers...).value()
	}
	return kept
}

func (v evaluator) bind(names []string, values ...any) evaluator {
	local := map[string]any{}
	for name, value := range v.local {
		local[name] = value
	}
	for i, name := range names {
		local[name] = values[i]
	}
	v.local = local
	return v
}

// call applies a function to values of which none has failed.
func (v evaluator) call(operator string, args []any) any {
	switch operator {
	case "in":
		list, isList := args[1].([]any)
		switch {
		case !isList:
			return failed{}
		case args[0] == nil && v.ours.nullIsUnknown:
			return failed{}
		}
		return contains(list, args[0])
	case "lt", "le", "gt", "ge":
		return order(operator, args)
	case "startsWith":
		return texts(args, func(a, b string) any { return strings.HasPrefix(a, b) })
	case "upperAscii":
		return texts(args, func(a, _ string) any { return strings.Map(upperASCII, a) })
	case "hierarchy":
		return texts(args, func(a, _ string) any { return strings.Split(a, ".") })
	case "ancestorOf":
		return ancestor(args)
	case "struct":
		object := map[string]any{}
		for _, field := range args {
			pair := field.([]any)
			object[pair[0].(string)] = pair[1]
		}
		return object
	case "set-field":
		return args
	}
	return lists(operator, args)
}

func upperASCII(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

func texts(args []any, f func(a, b string) any) any {
	a, ok := args[0].(string)
	b, ok2 := args[len(args)-1].(string)
	if !ok || !ok2 {
		return failed{}
	}
	return f(a, b)
}

func order(operator string, args []any) any {
	a, ok := args[0].(float64)
	b, ok2 := args[1].(float64)
	switch {
	case !ok || !ok2:
		return failed{}
	case operator == "lt":
		return a < b
	case operator == "le":
		return a <= b
	case operator == "gt":
		return a > b
	}
	return a >= b
}

// ancestor reports whether the labels of the one are the first of the other, and
// not all of them.
func ancestor(args []any) any {
	a, ok := args[0].([]string)
	b, ok2 := args[1].([]string)
	if !ok || !ok2 {
		return failed{}
	}
	return len(a) < len(b) && slices.Equal(a, b[:len(a)])
}

// lists applies a function of two lists.
func lists(operator string, args []any) any {
	a, ok := args[0].([]any)
	b, ok2 := args[1].([]any)
	if !ok || !ok2 {
		return failed{}
	}
	both, onlyA := []any{}, []any{}
	for _, element := range a {
		if contains(b, element) {
			both = append(both, element)
		} else {
			onlyA = append(onlyA, element)
		}
	}
	switch operator {
	case "add":
		return append(slices.Clone(a), b...)
	case "intersect":
		return both
	case "except":
		return onlyA
	case "hasIntersection":
		return len(both) > 0
	case "isSubset":
		return len(onlyA) == 0
	}
	return failed{}
}

func contains(list []any, v any) bool {
	return slices.ContainsFunc(list, func(element any) bool { return reflect.DeepEqual(element, v) })
}
