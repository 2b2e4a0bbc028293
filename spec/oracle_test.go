package spec_test

import (
	"bytes"
	"cmp"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// The oracle is a second reading of the contract, by other means: rational
// numbers, a walk over the tree as it was written, nothing resolved, nothing
// compiled. It knows the fields of flat by their cells.
type oracle struct{ row map[string]any }

// An operand is nil (null), bool, *big.Rat, string, []byte, instant, day,
// [16]byte, []any, infinite, or one of the unknowables.
type (
	instant  int64 // microseconds
	day2     string
	infinite int
)

type unknowable int

const (
	present    unknowable = iota // something is there that compares with nothing
	unreadable                   // nobody knows what is there
)

func (o oracle) truth(n spec.Node) spec.Truth {
	switch n := n.(type) {
	case spec.Constant:
		if n {
			return spec.True
		}
		return spec.False
	case spec.Negation:
		return -o.truth(n.Term())
	case spec.Junction:
		t := o.truth(n.Term(0))
		for term := range n.Terms() {
			if n.Connective() == spec.Conjunction {
				t = min(t, o.truth(term))
			} else {
				t = max(t, o.truth(term))
			}
		}
		return t
	case spec.Leaf:
		return o.leaf(n)
	}
	panic("a node that should not be here")
}

func (o oracle) leaf(leaf spec.Leaf) spec.Truth {
	c := cells[slices.IndexFunc(cells, func(c cell) bool { return c.field == strings.TrimPrefix(leaf.Field, "deep.") })]
	x := operandOfRow(c, o.row[leaf.Field])
	if x == unreadable {
		return spec.Unknown
	}
	y := operand(c.kind, leaf.Value)
	if leaf.Value.Kind() == spec.KindField {
		y = operandOfRow(c, o.row[leaf.Value.Field()])
	}
	if y == unreadable {
		return spec.Unknown
	}
	switch leaf.Op {
	case spec.OpIsNull:
		return is(x == nil)
	case spec.OpDistinct:
		if x == nil || y == nil {
			return is((x == nil) != (y == nil))
		}
		return equal(x, y).Not()
	case spec.OpIn:
		t := spec.False
		for _, e := range y.([]any) {
			t = max(t, equal(x, e))
		}
		return t
	case spec.OpContains:
		if list, ok := x.([]any); ok {
			return containsElement(list, y)
		}
	case spec.OpOverlaps:
		if x == nil {
			return spec.Unknown
		}
		return is(slices.ContainsFunc(y.([]any), func(e any) bool { return containsElement(x.([]any), e) == spec.True }))
	}
	if x == nil || y == nil {
		return spec.Unknown
	}
	switch leaf.Op {
	case spec.OpContains:
		return is(strings.Contains(x.(string), y.(string)))
	case spec.OpHasPrefix:
		return is(strings.Index(x.(string), y.(string)) == 0)
	case spec.OpHasSuffix:
		return is(strings.HasPrefix(backwards(x.(string)), backwards(y.(string))))
	case spec.OpUnder:
		labels, top := strings.Split(x.(string), "."), strings.Split(y.(string), ".")
		return is(len(labels) >= len(top) && slices.Equal(labels[:len(top)], top))
	case spec.OpEqualFold:
		return is(strings.EqualFold(x.(string), y.(string)))
	case spec.OpContainsFold:
		return is(containsFold(x.(string), y.(string)))
	case spec.OpMatches:
		at := patterns[y.(string)].FindStringIndex(x.(string)) // the leftmost match
		return is(at != nil && at[0] == 0)
	}
	order, ok := compare(x, y)
	if !ok {
		return spec.Unknown
	}
	return is(map[spec.Op]bool{
		spec.OpEq: order == 0, spec.OpNe: order != 0, spec.OpLt: order < 0, spec.OpLte: order < 1, spec.OpGt: order > 0, spec.OpGte: order > -1,
	}[leaf.Op])
}

// containsFold looks at every part of the text.
func containsFold(s, part string) bool {
	for i := range len(s) + 1 {
		for j := i; j <= len(s); j++ {
			if strings.EqualFold(s[i:j], part) {
				return true
			}
		}
	}
	return false
}

func equal(x, y any) spec.Truth {
	order, ok := compare(x, y)
	if !ok || x == nil {
		return spec.Unknown
	}
	return is(order == 0)
}

func containsElement(list []any, y any) spec.Truth {
	if len(list) == 0 {
		return spec.False
	}
	if y == nil {
		return spec.Unknown
	}
	return is(slices.ContainsFunc(list, func(x any) bool { return equal(x, y) == spec.True }))
}

// compare orders two operands of one kind; null only beside null, in lists.
func compare(x, y any) (int, bool) {
	switch x := x.(type) {
	case bool:
		return b2i(x) - b2i(y == true), isA[bool](y)
	case *big.Rat:
		switch y := y.(type) {
		case *big.Rat:
			return x.Cmp(y), true
		case infinite:
			return -int(y), true
		}
	case infinite:
		if y, ok := y.(infinite); ok {
			return cmp.Compare(x, y), true
		}
		return int(x), isA[*big.Rat](y)
	case string:
		y, ok := y.(string)
		return strings.Compare(x, y), ok
	case []byte:
		y, ok := y.([]byte)
		return bytes.Compare(x, y), ok
	case instant:
		y, ok := y.(instant)
		return cmp.Compare(x, y), ok
	case day2:
		y, ok := y.(day2)
		return cmp.Compare(x, y), ok
	case [16]byte:
		y, ok := y.([16]byte)
		return bytes.Compare(x[:], y[:]), ok
	case []any:
		if y, ok := y.([]any); ok {
			return slices.CompareFunc(x, y, func(a, b any) int {
				if a == nil || b == nil {
					return b2i(a == nil) - b2i(b == nil)
				}
				order, _ := compare(a, b)
				return order
			}), true
		}
	}
	return 0, false
}

func isA[T any](v any) bool { _, ok := v.(T); return ok }

func is(b bool) spec.Truth {
	if b {
		return spec.True
	}
	return spec.False
}

func backwards(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// operand reads a value of a specification for a field of that kind.
func operand(kind spec.Kind, v spec.Value) any {
	switch v.Kind() {
	case spec.KindNull:
		return nil
	case spec.KindBool:
		return v.Bool()
	case spec.KindInt:
		return new(big.Rat).SetInt64(v.Int())
	case spec.KindUint:
		return new(big.Rat).SetInt(new(big.Int).SetUint64(v.Uint()))
	case spec.KindFloat:
		return operandOfFloat(v.Float())
	case spec.KindDecimal:
		return rational(v.Decimal().String())
	case spec.KindString:
		return operandOfText(kind, v.Text())
	case spec.KindBytes:
		return v.Bytes()
	case spec.KindTime:
		return instant(v.Time().UnixMicro())
	case spec.KindDate:
		return day2(v.Date().String())
	case spec.KindUUID:
		return v.UUID()
	}
	list := []any{}
	for _, e := range v.List() {
		list = append(list, operand(kind, e))
	}
	return list
}

func operandOfFloat(f float64) any {
	switch {
	case math.IsNaN(f):
		return present
	case math.IsInf(f, 0):
		return infinite(math.Copysign(1, f))
	case f == math.Trunc(f):
		return new(big.Rat).SetFloat64(f)
	}
	return rational(strconv.FormatFloat(f, 'g', -1, 64))
}

func rational(text string) any {
	if r, ok := new(big.Rat).SetString(text); ok && !strings.ContainsAny(text, "/_") {
		return r
	}
	return present
}

func operandOfText(kind spec.Kind, text string) any {
	switch kind {
	case spec.KindDecimal:
		return rational(text)
	case spec.KindTime:
		if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
			return instant(t.UnixMicro())
		}
		return present
	case spec.KindDate:
		return day2(text)
	case spec.KindUUID:
		var octets [16]byte
		n, ok := new(big.Int).SetString(strings.ReplaceAll(text, "-", ""), 16)
		if !ok || len(text) != 36 {
			return present
		}
		return [16]byte(n.FillBytes(octets[:]))
	}
	return text
}

// operandOfRow reads what a row holds in its map form.
func operandOfRow(c cell, v any) any {
	switch x := v.(type) {
	case float64:
		return operandOfFloat(x)
	case string:
		return operandOfText(c.kind, x)
	case time.Time:
		if y := x.UTC().Year(); y < 1 || y > 9999 || x.Unix() < -1e12 {
			return unreadable
		}
		return instant(x.UnixMicro())
	case spec.Date:
		if !x.Valid() {
			return unreadable
		}
	case nil:
		return nil
	}
	value, err := spec.ValueOf(v)
	if err != nil {
		panic(err)
	}
	return operand(c.kind, value)
}
