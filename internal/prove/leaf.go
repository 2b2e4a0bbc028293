package prove

import (
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// isConstant reports whether nothing but the field decides what a leaf is.
func isConstant(n spec.Leaf) bool {
	open := func(v spec.Value) bool { return v.Kind() == spec.KindVariable || v.Kind() == spec.KindField }
	return !open(n.Value) && !holds(n.Value, open)
}

// holds reports whether one of the elements of a list, at any depth, is so.
func holds(v spec.Value, so func(spec.Value) bool) bool {
	return slices.ContainsFunc(v.List(), func(e spec.Value) bool { return so(e) || holds(e, so) })
}

// isComplete reports whether a constant leaf is the same of all values between
// two neighbouring marks: it compares, and with no list.
func isComplete(n spec.Leaf) bool {
	switch n.Op {
	case spec.OpIsNull:
		return true
	case spec.OpIn:
		return !slices.ContainsFunc(n.Value.List(), func(e spec.Value) bool { return e.Kind() == spec.KindList })
	case spec.OpEq, spec.OpNe, spec.OpLt, spec.OpLte, spec.OpGt, spec.OpGte, spec.OpDistinct, spec.OpHasPrefix, spec.OpUnder:
		return n.Value.Kind() != spec.KindList
	}
	return false
}

// marks returns the values at which a leaf can change.
func marks(n spec.Leaf) []any {
	if !isConstant(n) || !isComplete(n) || n.Op == spec.OpIsNull {
		return nil
	}
	values := []spec.Value{n.Value}
	if n.Op == spec.OpIn {
		values = n.Value.List()
	}
	var marks []any
	for _, v := range values {
		if v.IsNull() {
			continue
		}
		marks = append(marks, plain(v))
		switch n.Op { // both are intervals in the order of bytes
		case spec.OpHasPrefix:
			marks = append(marks, behindPrefix(v.Text())...)
		case spec.OpUnder:
			marks = append(marks, v.Text()+".", v.Text()+"/") // the slash follows the dot
		}
	}
	return marks
}

// behindPrefix returns the least text that is greater than all that begin with a
// prefix, if there is one.
func behindPrefix(prefix string) []any {
	end := []byte(prefix)
	for len(end) > 0 && end[len(end)-1] == 0xff {
		end = end[:len(end)-1]
	}
	if len(end) == 0 {
		return nil
	}
	end[len(end)-1]++
	return []any{string(end)}
}

// plain returns a scalar constant as a row has it, a number as a decimal.
func plain(v spec.Value) any {
	switch v.Kind() {
	case spec.KindBool:
		return v.Bool()
	case spec.KindString:
		return v.Text()
	case spec.KindBytes:
		return v.Bytes()
	case spec.KindTime:
		return v.Time()
	case spec.KindDate:
		return v.Date()
	case spec.KindUUID:
		return v.UUID()
	}
	return v.Decimal()
}
