package spec

import (
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"
)

// resolve checks that the operator fits the field and converts the value.
func (f Field) resolve(leaf Leaf) (Leaf, error) {
	if leaf.Op == OpIsNull || leaf.Value.IsNull() {
		return leaf, nil
	}
	reason := f.takes(leaf.Op)
	if reason == "" {
		leaf.Value, reason = f.operand(leaf.Op, leaf.Value)
	}
	if reason != "" {
		return leaf, &FieldError{leaf.Field, leaf.Op, reason, ErrType}
	}
	return leaf, nil
}

// takes says why the operator does not fit the field, whatever the value; "" where
// it does.
func (f Field) takes(op Op) (reason string) {
	text := f.Kind == KindString && len(f.Labels) == 0
	switch {
	case op.isOrder() && len(f.Labels) > 0:
		return "the labels of an enum have no order"
	case op.isText() && (f.List || !text):
		return "looks into a text, the field is " + f.describe()
	case op == OpOverlaps && !f.List:
		return "looks into a list, the field is " + f.describe()
	case op == OpContains && !f.List && !text:
		return "looks into a text or a list, the field is " + f.describe()
	}
	return ""
}

func (f Field) describe() string {
	switch {
	case f.List:
		return "a list of " + f.Kind.String()
	case len(f.Labels) > 0:
		return "an enum"
	}
	return "of kind " + f.Kind.String()
}

// operand converts the value of an operator, or says why it cannot.
func (f Field) operand(op Op, v Value) (Value, string) {
	switch {
	case op == OpIn:
		return convertAll(v, f.whole)
	case op == OpOverlaps:
		return convertAll(v, f.scalar)
	case op == OpContains:
		return f.scalar(v)
	}
	return f.whole(v)
}

// whole converts a value that stands for the whole field.
func (f Field) whole(v Value) (Value, string) {
	if !f.List || v.IsNull() {
		return f.scalar(v)
	}
	if v.kind != KindList {
		return v, "a list cannot be compared with " + v.kind.withArticle()
	}
	return convertAll(v, f.scalar)
}

// scalar converts one value, or one element of a list.
func (f Field) scalar(v Value) (Value, string) {
	w, reason := convert(v, f.Kind)
	if reason == "" && len(f.Labels) > 0 && w.kind == KindString && !slices.Contains(f.Labels, w.str) {
		return w, "the enum has no such label"
	}
	return w, reason
}

// convertAll converts the elements of a list, which stays the same if they all do.
func convertAll(v Value, one func(Value) (Value, string)) (Value, string) {
	var converted []Value
	for i, e := range v.elements() {
		w, reason := one(e)
		switch {
		case reason != "":
			return v, reason
		case converted == nil && (w.kind != e.kind || w.list != e.list):
			converted = slices.Clone(v.elements())
		}
		if converted != nil {
			converted[i] = w
		}
	}
	if converted == nil {
		return v, ""
	}
	return listValue(converted), ""
}

// convert brings v to the kind of a field without changing what it is worth. An
// integer field accepts integers beyond its range: they are greater or less
// than everything in it. The reason is empty where v fits.
func convert(v Value, to Kind) (Value, string) {
	switch {
	case v.kind == to || v.kind == KindNull:
		return v, ""
	case v.kind.isNumber() && to.isNumber():
		return convertNumber(v, to)
	case v.kind == KindString:
		w := parseAs(v.str, to)
		switch w.kind {
		case kindInvalid:
			return v, w.str
		case KindNull:
		default:
			return w, ""
		}
	}
	return v, v.kind.withArticle() + " cannot be compared with " + to.withArticle()
}

func convertNumber(v Value, to Kind) (Value, string) {
	if v.kind == KindFloat && math.IsInf(v.Float(), 0) {
		return v, "an infinite float"
	}
	if v.kind == KindInt && to == KindFloat {
		if f, ok := floatOf(v.Int()); ok {
			return floatValue(f), "" // as the rest would have it, by way of its text
		}
	}
	d := v.Decimal()
	switch to {
	case KindInt, KindUint:
		if w, ok := d.integer(); ok {
			return w, ""
		}
		if d.scale() == 0 {
			return v, "an integer beyond 64 bits"
		}
		return v, "a fraction cannot be compared with an integer field"
	case KindFloat:
		if f, ok := exactFloat(d); ok {
			return floatValue(f), ""
		}
		return v, "a number that a float field cannot hold exactly"
	}
	return decimalValue(d), ""
}

// floatOf returns an integer as a float, not ok beyond where a float64 holds every one.
func floatOf(i int64) (f float64, ok bool) {
	return float64(i), -1<<53 <= i && i <= 1<<53
}

// exactFloat returns the float that stands for d, if there is one.
func exactFloat(d Decimal) (float64, bool) {
	v := numberValue(d.String() + "e0")
	if v.kind != KindFloat || math.IsInf(v.Float(), 0) {
		return 0, false
	}
	return v.Float(), decimalOfFloat(v.Float()) == d
}

// parseAs reads the text forms that JSON and policies use for kinds which have
// no literal there. Null means that the kind has no text form.
func parseAs(text string, to Kind) Value {
	switch to {
	case KindTime:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil || !isRFC3339(text) {
			return invalidValue("a text that is not an instant of RFC 3339 with its zone")
		}
		return timeValue(t)
	case KindDate:
		d, err := ParseDate(text)
		if err != nil {
			return invalidValue("a text that is not a date YYYY-MM-DD")
		}
		return dateValue(d)
	case KindUUID:
		octets, ok := parseUUID(text)
		if !ok {
			return invalidValue("a text that is not a UUID")
		}
		return uuidValue(octets)
	case KindDecimal:
		d, err := ParseDecimal(text)
		if err != nil {
			return invalidValue("a text that is not a decimal")
		}
		return decimalValue(d)
	}
	return Null
}

// isRFC3339 refuses what time.Parse lets through: an hour of one digit, a comma
// before the fraction, a zone of 24 hours and more.
func isRFC3339(text string) bool {
	const clock = len("2006-01-02T15:04:05")
	if len(text) <= clock || text[clock-3] != ':' || strings.Contains(text, ",") {
		return false
	}
	zone := strings.TrimLeft(text[clock:], ".0123456789")
	return zone == "Z" || zone[1:] < "24" && zone[4:] < "60"
}

// parseUUID reads the 36 characters of RFC 9562, hexadecimal in either case.
func parseUUID(text string) (octets [16]byte, ok bool) {
	if len(text) != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' {
		return octets, false
	}
	digits := []byte(strings.ReplaceAll(text, "-", ""))
	if len(digits) != 32 {
		return octets, false
	}
	_, err := hex.Decode(octets[:], digits)
	return octets, err == nil
}
