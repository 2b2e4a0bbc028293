package sqlguard

import (
	"database/sql"
	"reflect"
)

// replace puts one token in place of each condition that was recorded, with its
// arguments. It returns, by index, the numbers of the conditions: two can be alike.
func replace(tokens []token, args []any, conditions []recorded) (out []token, found map[int][]int) {
	found = map[int][]int{}
	for i := 0; i < len(tokens); {
		var numbers []int
		length := 1
		for n, c := range conditions {
			// Each is in parentheses, so two that begin here have one length.
			if c.matches(tokens[i:], args) {
				numbers, length = append(numbers, n), len(c.tokens)
			}
		}
		if numbers == nil {
			out = append(out, tokens[i])
		} else {
			found[len(out)] = numbers
			out = append(out, token{kind: condition})
		}
		i += length
	}
	return out, found
}

// matches reports whether the tokens begin with the condition and its arguments.
func (c recorded) matches(tokens []token, args []any) bool {
	if len(tokens) < len(c.tokens) || len(c.tokens) == 0 {
		return false
	}
	for i, t := range c.tokens {
		if !t.equal(tokens[i]) || t.kind == param && !sameArg(c.args, t.n, args, tokens[i].n) {
			return false
		}
	}
	return true
}

func sameArg(want []any, i int, have []any, j int) bool {
	if i >= len(want) || j >= len(have) {
		return false
	}
	if _, named := have[j].(sql.NamedArg); named {
		return false
	}
	return reflect.DeepEqual(want[i], have[j])
}
