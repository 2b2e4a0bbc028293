package spec

import (
	"cmp"
	"math"
	"strings"
	"time"
)

// shortcut returns a match that reads the column as its Go type and never makes
// a Value of it, or nil where there is none. It must give what the condition
// gives; the tests hold the two against each other.
func shortcut(c *column, cond condition, negated bool) match {
	if cond.op == OpIsNull {
		return isNull(c, negated)
	}
	switch k := cond.operand.kind; {
	case cond.op == OpDistinct || k == KindNull:
		return nil
	case c.form == formString && c.field.Kind == KindString:
		return present(c, readString, stringTest(cond), negated)
	case c.form == formBool && k == KindBool:
		return present(c, func(p place) int64 { return int64(b2i(readBool(p))) }, orderTest(cond.op, int64(cond.operand.num)), negated)
	case c.form == formInt:
		return present(c, intReader(c.typ), intTest(cond), negated)
	case c.form == formFloat && k == KindFloat:
		return floatMatch(c, cond, negated)
	case c.form == formTime && k == KindTime:
		return timeMatch(c, cond, negated)
	}
	return nil
}

// present matches where the column is not null and test differs from negated.
func present[V any](c *column, read func(place) V, test func(V) bool, negated bool) match {
	if test == nil {
		return nil
	}
	return func(r row) bool {
		p, ok := c.at(r)
		return ok && test(read(p)) != negated
	}
}

// isNull needs the value only where the Go type itself can be nil.
func isNull(c *column, negated bool) match {
	switch c.form {
	case formBool, formInt, formUint, formString, formOctets:
		return func(r row) bool {
			_, ok := c.at(r)
			return ok == negated
		}
	case formReflect, formFloat, formBytes, formTime, formValuer:
	}
	return nil
}

func orderTest[V cmp.Ordered](op Op, want V) func(V) bool {
	switch op {
	case OpEq:
		return func(v V) bool { return v == want }
	case OpNe:
		return func(v V) bool { return v != want }
	case OpLt:
		return func(v V) bool { return v < want }
	case OpLte:
		return func(v V) bool { return v <= want }
	case OpGt:
		return func(v V) bool { return v > want }
	case OpGte:
		return func(v V) bool { return v >= want }
	}
	return nil
}

func stringTest(cond condition) func(string) bool {
	want := cond.operand.str
	switch cond.op {
	case OpIn:
		return memberTest(cond.operand.elements(), KindString, func(v Value) string { return v.str })
	case OpContains:
		return func(s string) bool { return strings.Contains(s, want) }
	case OpHasPrefix:
		return func(s string) bool { return strings.HasPrefix(s, want) }
	case OpHasSuffix:
		return func(s string) bool { return strings.HasSuffix(s, want) }
	case OpMatches:
		return cond.pattern.MatchString
	case OpUnder:
		return func(s string) bool { return isUnder(s, want) }
	}
	return orderTest(cond.op, want)
}

func intTest(cond condition) func(int64) bool {
	if cond.op == OpIn {
		return memberTest(cond.operand.elements(), KindInt, Value.Int)
	}
	if cond.operand.kind != KindInt { // beyond int64: the definition knows
		return nil
	}
	return orderTest(cond.op, cond.operand.Int())
}

// memberTest looks a value up among elements that are all of one kind. With a
// null or another kind among them, what is no member is unknown, not false, and
// the definition has to decide.
func memberTest[V comparable](elements []Value, kind Kind, value func(Value) V) func(V) bool {
	set := make(map[V]struct{}, len(elements))
	for _, e := range elements {
		if e.kind != kind {
			return nil
		}
		set[value(e)] = struct{}{}
	}
	return func(v V) bool {
		_, ok := set[v]
		return ok
	}
}

func floatMatch(c *column, cond condition, negated bool) match {
	read, test := floatReader(c.typ), orderTest(cond.op, cond.operand.Float())
	if test == nil {
		return nil
	}
	return func(r row) bool {
		p, ok := c.at(r)
		if !ok {
			return false
		}
		f := read(p)
		return !math.IsNaN(f) && test(f) != negated
	}
}

func timeMatch(c *column, cond condition, negated bool) match {
	test := orderTest(cond.op, int64(cond.operand.num))
	if test == nil {
		return nil
	}
	return present(c, readTime, func(t time.Time) bool {
		return isStorable(t) && test(t.UnixMicro()) != negated
	}, false)
}
