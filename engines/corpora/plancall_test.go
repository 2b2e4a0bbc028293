package corpora_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
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
		values := []any{element}
		if len(names) == 2 { // of a map, whose keys and values stand in rows
			pair, _ := element.(map[string]any)
			values = []any{field(pair, names[0]), field(pair, names[1])}
		}
		inner := v.bind(names, values)
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
	result := some(answers...)
	switch {
	case e.is("map") || e.is("filter"):
		return kept
	case e.is("all"):
		result = all(answers...)
	}
	if result == unknown && v.ours.twoValued && !e.operands[0].isClosed() {
		return false
	}
	return result.value()
}

func (v evaluator) bind(names []string, values []any) evaluator {
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
	case "timestamp":
		if _, isTime := args[0].(time.Time); isTime {
			return args[0]
		}
		return failed{}
	case "timeSince":
		return now.Sub(args[0].(time.Time)).Seconds()
	case "duration":
		length, err := time.ParseDuration(args[0].(string))
		if err != nil {
			return failed{}
		}
		return length.Seconds()
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
	b, ok2 := args[len(args)-1].([]any)
	both, onlyA := []any{}, []any{}
	for _, element := range a {
		if contains(b, element) {
			both = append(both, element)
		} else {
			onlyA = append(onlyA, element)
		}
	}
	result, known := map[string]any{
		"add": append(slices.Clone(a), b...), "intersect": both, "except": onlyA,
		"hasIntersection": len(both) > 0, "isSubset": len(onlyA) == 0,
	}[operator]
	switch {
	case !known:
		panic(fmt.Sprintf("no operator %q", operator))
	case !ok || !ok2:
		return failed{}
	}
	return result
}

func contains(list []any, v any) bool {
	return slices.ContainsFunc(list, func(element any) bool { return reflect.DeepEqual(element, v) })
}
