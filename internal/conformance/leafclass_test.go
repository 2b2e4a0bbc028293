package conformance_test

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"

	"github.com/rolespec/rolespec/internal/conformance"
	"github.com/rolespec/rolespec/spec"
)

// leaf is one comparison of the file and what the row has at its field.
type leaf struct {
	op    string
	field string
	value any
	seen  any
	way   way
}

// way says how far the path to the field goes.
type way int

const (
	there   way = iota
	missing     // a key on the way, or the last, is not there or null
	blocked     // something on the way is there and is no object
)

func newLeaf(t conformance.Tree, obj map[string]any) leaf {
	l := leaf{op: t.Op, field: t.Field, value: t.Value}
	var here any = obj
	for part := range strings.SplitSeq(t.Field, ".") {
		m, isObject := here.(map[string]any)
		switch {
		case here == nil:
			l.way = missing
			return l
		case !isObject:
			l.way = blocked
			return l
		}
		var ok bool
		if here, ok = m[part]; !ok {
			l.way = missing
			return l
		}
	}
	l.seen = here
	return l
}

// leafClass is a rule on which we differ from the ancestor. It says what our
// answer has to be for every leaf it applies to, so it can be wrong in both
// directions; a leaf that no class applies to has the ancestor's answer.
type leafClass struct {
	difference // count: the leaves whose answer is not the ancestor's
	applies    func(leaf) bool
	want       func(leaf) answer
	err        error // of the refusal, where there is one to test for
}

// leafClasses is in order: the first that applies decides.
var leafClasses = []leafClass{{
	difference: difference{"text with NUL", "no SQL engine takes it as a parameter; refused when built", 25},
	applies:    func(l leaf) bool { return anyText(l.value, func(s string) bool { return strings.Contains(s, "\x00") }) },
	want:       always(refused),
}, {
	difference: difference{"pattern that is not RE2", "look-around, back-references, \\Z and patterns that are bad everywhere; refused when built", 93},
	applies: func(l leaf) bool {
		pattern, isText := l.value.(string)
		_, err := regexp.Compile(pattern)
		return l.op == "matches" && isText && err != nil
	},
	want: always(refused), err: spec.ErrPattern,
}, {
	difference: difference{"pattern that is no text", "the ancestor finds out when it meets a row; refused when built", 11},
	applies:    func(l leaf) bool { return l.op == "matches" && !isKind(l.value, "text", "null") },
	want:       always(refused), err: spec.ErrType,
}, {
	difference: difference{"in with no list", "a text would be searched for a substring; refused when built", 17},
	applies:    func(l leaf) bool { return l.op == "in" && !isKind(l.value, "list", "null") },
	want:       always(refused), err: spec.ErrType,
}, {
	difference: difference{"contains a list", "no list is an element of a list of scalars; refused when built", 26},
	applies:    func(l leaf) bool { return l.op == "contains" && isKind(l.value, "list") },
	want:       always(refused), err: spec.ErrType,
}, {
	difference: difference{"double underscore", "a__b is the name of a field, not a path; a schema refuses it", 42},
	applies:    func(l leaf) bool { return strings.Contains(l.field, "__") },
	want:       ofNothing,
}, {
	difference: difference{"missing field", "null in a map that nobody declared; a schema refuses it, the ancestor raises", 76},
	applies:    func(l leaf) bool { return l.way == missing },
	want:       ofNothing,
}, {
	difference: difference{"path through a scalar", "nobody knows what is there: unknown, even to isnone", 57},
	applies:    func(l leaf) bool { return l.way == blocked },
	want: func(l leaf) answer {
		if isEmptyIn(l) {
			return no
		}
		return unknown
	},
}, {
	difference: difference{"null in the row", "a comparison with null is unknown, as in SQL", 448},
	applies:    func(l leaf) bool { return l.seen == nil && l.op != "isnone" && !isEmptyIn(l) },
	want:       always(unknown),
}, {
	difference: difference{"null as the value", "a comparison with null is unknown, as in SQL; nothing at all is in the empty list", 332},
	applies:    func(l leaf) bool { return l.value == nil && l.op != "isnone" },
	want: func(l leaf) answer {
		if list, ok := l.seen.([]any); ok && l.op == "contains" && len(list) == 0 {
			return no
		}
		return unknown
	},
}, {
	difference: difference{"null in the list of an in", "what equals no member may equal the null: unknown", 28},
	applies: func(l leaf) bool {
		list, _ := l.value.([]any)
		return l.op == "in" && anyElement(list, func(e any) bool { return e == nil })
	},
	want: membership,
}, {
	difference: difference{"another kind in the list of an in", "the ancestor finds 1 equal to True; here they do not compare", 12},
	applies: func(l leaf) bool {
		list, _ := l.value.([]any)
		return l.op == "in" && anyElement(list, func(e any) bool { return !comparable(e, l.seen) })
	},
	want: membership,
}, {
	difference: difference{"contains in what has no inside", "a number, a bool or an object: unknown", 25},
	applies:    func(l leaf) bool { return l.op == "contains" && !isKind(l.seen, "text", "list") },
	want:       always(unknown),
}, {
	difference: difference{"contains something else than text in a text", "other kinds do not compare; the ancestor raises", 3},
	applies:    func(l leaf) bool { return l.op == "contains" && isKind(l.seen, "text") && !isKind(l.value, "text") },
	want:       always(unknown),
}, {
	difference: difference{"pattern for what is no text", "unknown; the ancestor raises", 31},
	applies:    func(l leaf) bool { return l.op == "matches" && !isKind(l.seen, "text") },
	want:       always(unknown),
}, {
	difference: difference{"classes of letters beyond ASCII", "\\w \\d \\s \\b and (?i) as in RE2 and PostgreSQL's C locale", 1},
	applies: func(l leaf) bool {
		pattern, _ := l.value.(string)
		text, _ := l.seen.(string)
		return l.op == "matches" && asciiClass.MatchString(pattern) && anyText(text, func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return r > 127 })
		})
	},
	want: func(l leaf) answer {
		pattern := regexp.MustCompile(`^(?:` + l.value.(string) + `)`)
		return boolAnswer(pattern.MatchString(l.seen.(string)))
	},
}, {
	difference: difference{"comparison of two kinds", "true is not 1, nothing equals an object: unknown", 163},
	applies:    func(l leaf) bool { return isComparison(l.op) && !comparable(l.value, l.seen) },
	want:       always(unknown),
}}

var asciiClass = regexp.MustCompile(`\\[wdsbWDSB]|\(\?i`)

func always(a answer) func(leaf) answer { return func(leaf) answer { return a } }

// ofNothing is the answer for a row that has nothing at the field.
func ofNothing(l leaf) answer {
	switch {
	case l.op == "isnone":
		return yes
	case isEmptyIn(l):
		return no
	}
	return unknown
}

func isEmptyIn(l leaf) bool {
	list, ok := l.value.([]any)
	return l.op == "in" && ok && len(list) == 0
}

func membership(l leaf) answer {
	a := no
	for _, e := range l.value.([]any) {
		switch {
		case e == nil || !comparable(e, l.seen):
			a = unknown
		case equal(e, l.seen):
			return yes
		}
	}
	return a
}

func isComparison(op string) bool {
	switch op {
	case "eq", "neq", "lt", "lte", "gt", "gte":
		return true
	}
	return false
}

func isKind(v any, kinds ...string) bool {
	for _, k := range kinds {
		if kindOf(v) == k {
			return true
		}
	}
	return false
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "bool"
	case json.Number:
		return "number"
	case string:
		return "text"
	case []any:
		return "list"
	}
	return "object"
}

// comparable reports whether two values that are not null have an order: of one
// kind, and no objects. Lists are compared up to the first difference.
func comparable(v, w any) bool {
	if kindOf(v) != kindOf(w) || kindOf(v) == "object" {
		return false
	}
	a, _ := v.([]any)
	b, _ := w.([]any)
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == nil || b[i] == nil: // null is greater than the rest, inside a list
			return true
		case !comparable(a[i], b[i]):
			return false
		case !equal(a[i], b[i]):
			return true
		}
	}
	return true
}

// equal is for two values that are comparable.
func equal(v, w any) bool {
	switch x := v.(type) {
	case json.Number:
		return number(x).Cmp(number(w.(json.Number))) == 0
	case []any:
		y := w.([]any)
		if len(x) != len(y) {
			return false
		}
		for i := range x {
			if (x[i] == nil) != (y[i] == nil) || x[i] != nil && (!comparable(x[i], y[i]) || !equal(x[i], y[i])) {
				return false
			}
		}
		return true
	}
	return v == w
}

func anyElement(list []any, f func(any) bool) bool {
	for _, e := range list {
		if f(e) {
			return true
		}
	}
	return false
}

func anyText(v any, f func(string) bool) bool {
	switch x := v.(type) {
	case string:
		return f(x)
	case []any:
		return anyElement(x, func(e any) bool { return anyText(e, f) })
	}
	return false
}

func boolAnswer(b bool) answer {
	if b {
		return yes
	}
	return no
}

// classOf returns the class of a leaf, nil for none.
func classOf(l leaf) *leafClass {
	if l.op == "empty" {
		return nil
	}
	for i := range leafClasses {
		if leafClasses[i].applies(l) {
			return &leafClasses[i]
		}
	}
	return nil
}

// ourAnswer builds the leaf and asks it of the row.
func ourAnswer(t conformance.Tree, obj map[string]any) (answer, error) {
	s, err := t.Specification()
	if err != nil {
		return refused, err
	}
	m, err := spec.Compile[map[string]any](s)
	if err != nil {
		return refused, errors.Join(errors.New("built but not compiled"), err)
	}
	return answer(m.Truth(&obj).String()), nil
}
