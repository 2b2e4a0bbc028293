package spec

import (
	"errors"
	"reflect"
	"regexp"
	"regexp/syntax"
	"slices"
	"unicode/utf8"
)

// maxField is the longest name of a field in bytes. Longer names cannot be
// columns anywhere.
const maxField = 256

// Text is what a text operator can look for.
type Text interface{ ~string | Value | Variable }

// Eq is true where the field equals the value, unknown where either is null.
// A string equals another byte for byte: case, accents and trailing blanks
// count on every engine.
func Eq[V Scalar](field string, value V) Specification { return newLeaf(field, OpEq, Of(value)) }

// Ne is true where the field and the value are known and differ. A row whose
// field is null is not "not equal": it stays hidden. See [Distinct].
func Ne[V Scalar](field string, value V) Specification { return newLeaf(field, OpNe, Of(value)) }

// Lt is true where the field is less than the value. Text is ordered by its
// bytes, which is the order of code points; false comes before true.
func Lt[V Scalar](field string, value V) Specification { return newLeaf(field, OpLt, Of(value)) }

// Lte is true where the field is less than or equal to the value.
func Lte[V Scalar](field string, value V) Specification { return newLeaf(field, OpLte, Of(value)) }

// Gt is true where the field is greater than the value.
func Gt[V Scalar](field string, value V) Specification { return newLeaf(field, OpGt, Of(value)) }

// Gte is true where the field is greater than or equal to the value.
func Gte[V Scalar](field string, value V) Specification { return newLeaf(field, OpGte, Of(value)) }

// Between is And(Gte(field, low), Lte(field, high)): both ends belong to it,
// and nothing lies between reversed bounds.
func Between[V Scalar](field string, low, high V) Specification {
	return And(Gte(field, low), Lte(field, high))
}

// Distinct is the SQL standard's IS DISTINCT FROM: two-valued, null differs from
// every value and not from null. With [IsNull] it is the only operator that
// makes a row visible because something is null.
func Distinct[V Scalar](field string, value V) Specification {
	return newLeaf(field, OpDistinct, Of(value))
}

// In is true where the field equals one of the values. In of no values is
// [None]. A null among the values makes what would be false unknown, so
// NotIn with a null is never true.
func In[V Scalar](field string, values ...V) Specification {
	elements := make([]Value, len(values))
	for i, v := range values {
		elements[i] = Of(v)
	}
	return newLeaf(field, OpIn, listValue(elements))
}

// NotIn is Not(In(field, values...)). NotIn of no values is [All].
func NotIn[V Scalar](field string, values ...V) Specification { return Not(In(field, values...)) }

// IsNull is true where the field is null or missing.
func IsNull(field string) Specification { return newLeaf(field, OpIsNull, Null) }

// NotNull is Not(IsNull(field)).
func NotNull(field string) Specification { return Not(IsNull(field)) }

// Contains is true where a text contains the value as a substring, byte for
// byte, or where a list has an element that equals it. The empty text is in
// every text that is not null, nothing is in the empty list. Null elements of a
// list are passed over.
func Contains[V Scalar](field string, value V) Specification {
	return newLeaf(field, OpContains, Of(value))
}

// HasPrefix is true where a text begins with the value, byte for byte.
func HasPrefix[V Text](field string, value V) Specification {
	return newLeaf(field, OpHasPrefix, ofText(value))
}

// HasSuffix is true where a text ends with the value, byte for byte.
func HasSuffix[V Text](field string, value V) Specification {
	return newLeaf(field, OpHasSuffix, ofText(value))
}

// Matches is true where the pattern (RE2, see the regexp package) matches at
// the start of a text; it need not reach its end. Write `^(?:...)$` to match the
// whole, `.*` in front to match anywhere.
func Matches[V Text](field string, pattern V) Specification {
	return newLeaf(field, OpMatches, ofText(pattern))
}

// EqualFold is true where a text equals the value but for case. Case is that of
// Unicode's simple folding, the same everywhere and in no language: K equals k
// and the Kelvin sign, ß does not equal ss.
func EqualFold[V Text](field string, value V) Specification {
	return newLeaf(field, OpEqualFold, ofText(value))
}

// ContainsFold is true where a text contains the value but for case, as in
// [EqualFold].
func ContainsFold[V Text](field string, value V) Specification {
	return newLeaf(field, OpContainsFold, ofText(value))
}

// Overlaps is true where a list and the values have an element in common. Null
// elements of the list are passed over. With a null among the values it is
// unknown, and with no values it is [None].
func Overlaps[V Scalar](field string, values ...V) Specification {
	elements := make([]Value, len(values))
	for i, v := range values {
		elements[i] = Of(v)
	}
	return newLeaf(field, OpOverlaps, listValue(elements))
}

// Under is true where a path equals the value or lies below it. A path is labels
// joined by dots, compared label by label: 1.20 is not under 1.2. A value that is
// no path (labels of letters, digits, "_" and "-") is an error.
func Under[V Text](field string, path V) Specification {
	return newLeaf(field, OpUnder, ofText(path))
}

func ofText[V Text](v V) Value {
	switch x := any(v).(type) {
	case string:
		return stringValue(x)
	case Value:
		return x
	case Variable:
		return x.value()
	}
	return stringValue(reflect.ValueOf(v).String()) // a named string type
}

// NewLeaf is the constructor for an operator that is only known at run time, as
// in code that reads specifications. It gives what the operator's own
// constructor gives; an operator outside the table is an error.
func NewLeaf(field string, op Op, value Value) Specification {
	if op == 0 || int(op) >= len(ops) {
		return rooted(invalidLeaf(field, op, ErrType, "no such operator"))
	}
	if op == OpIsNull {
		value = Null
	}
	return newLeaf(field, op, value)
}

func newLeaf(field string, op Op, value Value) Specification {
	if op.isPlain() && value.kind < KindList && isFieldName(field) { // as leafOf says, in one piece
		return Specification{core: core{root: rootedLeaf(Leaf{field, op, value})}}
	}
	return rooted(leafOf(field, op, value))
}

// isPlain reports whether an operator takes every value that is no list, variable or
// other field.
func (o Op) isPlain() bool { return o.isComparison() || o == OpIsNull }

// leafOf makes a leaf, or an Invalid that says why there is none.
func leafOf(field string, op Op, value Value) Node {
	switch {
	case !isFieldName(field):
		return invalidLeaf("", op, ErrUnknownField, "the name of the field is empty, too long or not UTF-8")
	case value.kind == kindInvalid:
		return invalidLeaf(field, op, ErrValue, value.str)
	case value.kind == kindOther:
		return invalidLeaf(field, op, ErrValue, "an object is no value")
	case value.kind == KindVariable:
		return Leaf{field, op, value}
	case value.kind == KindField:
		if !op.isComparison() {
			return invalidLeaf(field, op, ErrType, "cannot compare with another field")
		}
	case value.holdsField():
		return invalidLeaf(field, op, ErrType, "a list cannot hold another field")
	case op == OpIn || op == OpOverlaps:
		return membershipOf(field, op, value)
	case op.isText() && value.kind != KindString && value.kind != KindNull:
		return invalidLeaf(field, op, ErrType, "looks for a string, not for "+value.kind.String())
	case op == OpContains && value.kind == KindList:
		return invalidLeaf(field, op, ErrType, "looks for one value, not for a list")
	case op == OpUnder && value.kind == KindString && !isPath(value.str):
		return invalidLeaf(field, op, ErrValue, "a text that is no path: labels of letters, digits, _ and -, joined by dots")
	case op == OpMatches && value.kind == KindString:
		if _, err := CompilePattern(value.str); err != nil {
			return invalidLeaf(field, op, ErrPattern, "the pattern is not RE2: "+patternProblem(err))
		}
	}
	return Leaf{field, op, value}
}

func membershipOf(field string, op Op, value Value) Node {
	switch {
	case value.kind == KindNull:
		return Leaf{field, OpEq, Null} // unknown, as a list nobody knows is
	case value.kind != KindList:
		return invalidLeaf(field, op, ErrType, "needs a list, not "+value.kind.String())
	}
	if op == OpOverlaps && slices.ContainsFunc(value.elements(), Value.IsNull) {
		return Leaf{field, OpEq, Null} // what a null overlaps with, nobody knows
	}
	if len(value.elements()) == 0 {
		return Constant(false)
	}
	return Leaf{field, op, value}
}

func isFieldName(field string) bool {
	return field != "" && len(field) <= maxField && utf8.ValidString(field)
}

func (v Value) holdsField() bool {
	return slices.ContainsFunc(v.elements(), func(e Value) bool { return e.kind == KindField || e.holdsField() })
}

func invalidLeaf(field string, op Op, err error, reason string) Node {
	return Invalid{&FieldError{Field: field, Op: op, Reason: reason, err: err}}
}

// CompilePattern returns the regular expression that [Matches] uses for a
// pattern: anchored at the start, as a group. It is for code that gives an engine
// the same verdict. A pattern that would take long to compile is an error.
func CompilePattern(pattern string) (*regexp.Regexp, error) {
	// What parses alone is balanced and cannot reach outside the group. Printing
	// the parsed pattern instead would take seconds for a few hundred classes.
	if _, err := patternCost(pattern); err != nil {
		return nil, err
	}
	if re, err := regexp.Compile(`\A(?:` + pattern + `)`); err == nil {
		return re, nil
	}
	return regexp.Compile(`\A(?:` + pattern + `\E)`) // it ends inside \Q, which goes on to the end
}

// patternProblem is the syntax error without the pattern, which may be secret.
func patternProblem(err error) string {
	var syntaxErr *syntax.Error
	if errors.As(err, &syntaxErr) {
		return syntaxErr.Code.String()
	}
	return "it does not compile"
}
