package spec

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// condition is a leaf made ready for rows: the one definition of what every
// operator means. The matchers for known Go types are shortcuts to it.
type condition struct {
	op      Op
	operand Value
	pattern *regexp.Regexp // of a Matches
	folded  string         // of an EqualFold or ContainsFold
	members *members       // of an In, where there are many
}

func newCondition(leaf Leaf) (condition, error) {
	c := condition{op: leaf.Op, operand: leaf.Value}
	if leaf.Op == OpEqualFold || leaf.Op == OpContainsFold {
		c.folded = fold(leaf.Value.str)
	}
	if leaf.Op == OpIn {
		c.members = membersOf(leaf.Value.elements())
	}
	if leaf.Op == OpMatches && leaf.Value.kind == KindString {
		re, err := CompilePattern(leaf.Value.str)
		if err != nil {
			return c, &FieldError{leaf.Field, leaf.Op, "the pattern is not RE2: " + patternProblem(err), ErrPattern}
		}
		c.pattern = re
	}
	return c, nil
}

// truth evaluates the condition for the value that a row has.
func (c condition) truth(v Value) Truth {
	switch {
	case v.kind == kindInvalid || c.operand.kind == kindInvalid: // nobody knows what is there
		return Unknown
	case c.op == OpIsNull:
		return truthOf(v.kind == KindNull)
	case c.op == OpDistinct:
		return distinct(v, c.operand)
	case c.op == OpContains && v.kind == KindList && len(v.elements()) == 0:
		return False // nothing is in it, not even null
	case v.kind == KindNull || c.operand.kind == KindNull:
		return Unknown
	}
	switch c.op {
	case OpIn:
		if t, ok := c.members.truth(v); ok {
			return t
		}
		return member(v, c.operand.elements())
	case OpContains:
		return contains(v, c.operand)
	case OpOverlaps:
		return overlaps(v, c.operand.elements())
	case OpHasPrefix, OpHasSuffix, OpMatches, OpUnder, OpEqualFold, OpContainsFold:
		return c.text(v)
	}
	order, ok := compare(v, c.operand)
	if !ok {
		return Unknown
	}
	return truthOf(c.op.holds(order))
}

func distinct(v, w Value) Truth {
	if v.kind == KindNull || w.kind == KindNull {
		return truthOf(v.kind != w.kind)
	}
	order, ok := compare(v, w)
	if !ok {
		return Unknown
	}
	return truthOf(order != 0)
}

func member(v Value, list []Value) Truth {
	t := False
	for _, e := range list {
		if order, ok := compare(v, e); !ok {
			t = Unknown // null, or of another kind
		} else if order == 0 {
			return True
		}
	}
	return t
}

func contains(v, needle Value) Truth {
	switch {
	case v.kind == KindString && needle.kind == KindString:
		return truthOf(strings.Contains(v.str, needle.str))
	case v.kind == KindList:
		return truthOf(slices.ContainsFunc(v.elements(), func(e Value) bool {
			order, ok := compare(e, needle)
			return ok && order == 0
		}))
	}
	return Unknown
}

func overlaps(v Value, list []Value) Truth {
	if v.kind != KindList {
		return Unknown
	}
	for _, e := range list {
		if contains(v, e) == True {
			return True
		}
	}
	return False
}

func (c condition) text(v Value) Truth {
	if v.kind != KindString {
		return Unknown
	}
	switch c.op {
	case OpHasPrefix:
		return truthOf(strings.HasPrefix(v.str, c.operand.str))
	case OpHasSuffix:
		return truthOf(strings.HasSuffix(v.str, c.operand.str))
	case OpMatches:
		return truthOf(c.pattern.MatchString(v.str))
	case OpUnder:
		return truthOf(isUnder(v.str, c.operand.str))
	case OpEqualFold:
		return truthOf(fold(v.str) == c.folded)
	case OpContainsFold:
		return truthOf(strings.Contains(fold(v.str), c.folded))
	}
	return Unknown
}

// compare orders two values. It is not ok where they cannot be compared: one is
// null, or they are of different kinds and not both numbers.
func compare(v, w Value) (order int, ok bool) {
	if v.kind != w.kind {
		if v.kind.isNumber() && w.kind.isNumber() {
			return compareNumbers(v, w), true
		}
		return 0, false
	}
	switch v.kind {
	case KindBool, KindUint:
		return cmp.Compare(v.num, w.num), true
	case KindInt, KindTime, KindDate:
		return cmp.Compare(int64(v.num), int64(w.num)), true
	case KindFloat:
		return cmp.Compare(v.Float(), w.Float()), true
	case KindDecimal:
		return v.Decimal().Compare(w.Decimal()), true
	case KindString, KindBytes, KindUUID:
		return strings.Compare(v.str, w.str), true
	case KindList:
		return compareLists(v.elements(), w.elements())
	}
	return 0, false
}

// compareNumbers compares numbers of different kinds by what they are worth.
func compareNumbers(v, w Value) int {
	if a, b := v.Float(), w.Float(); math.IsInf(a, 0) || math.IsInf(b, 0) {
		return cmp.Compare(a, b) // an infinite float of a row beside any number
	}
	return v.Decimal().Compare(w.Decimal())
}

// compareLists compares element by element, as PostgreSQL does for arrays: here,
// and only here, null is equal to null and greater than everything else.
func compareLists(a, b []Value) (int, bool) {
	if slices.ContainsFunc(a, isOther) || slices.ContainsFunc(b, isOther) {
		return 0, false
	}
	for i := range min(len(a), len(b)) {
		if an, bn := a[i].IsNull(), b[i].IsNull(); an || bn {
			if an != bn {
				return cmp.Compare(b2i(an), b2i(bn)), true
			}
			continue
		}
		order, ok := compare(a[i], b[i])
		if !ok || order != 0 {
			return order, ok
		}
	}
	return cmp.Compare(len(a), len(b)), true
}

func isOther(v Value) bool { return v.kind == kindOther }

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
