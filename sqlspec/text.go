package sqlspec

import (
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

func hexText(b []byte) string { return hex.EncodeToString(b) }

// textOf writes a value as PostgreSQL reads it in text form.
func textOf(v spec.Value) string {
	switch v.Kind() {
	case spec.KindString:
		return v.Text()
	case spec.KindBytes:
		return `\x` + hexText(v.Bytes())
	case spec.KindDecimal:
		return v.Decimal().String()
	}
	var room [64]byte
	return string(appendText(room[:0], v))
}

// appendText is textOf of what is neither text nor bytes.
func appendText(b []byte, v spec.Value) []byte {
	switch v.Kind() {
	case spec.KindBool:
		return strconv.AppendBool(b, v.Bool())
	case spec.KindInt:
		return strconv.AppendInt(b, v.Int(), 10)
	case spec.KindFloat:
		return strconv.AppendFloat(b, v.Float(), 'g', -1, 64)
	case spec.KindTime:
		return v.Time().AppendFormat(b, time.RFC3339Nano)
	case spec.KindDate:
		return append(b, v.Date().String()...)
	case spec.KindUUID:
		return appendUUID(b, v)
	}
	return append(b, v.Decimal().String()...) // uint, decimal
}

// uuidText writes a UUID in lower case, as RFC 9562 says.
func uuidText(v spec.Value) string { return string(appendUUID(make([]byte, 0, 36), v)) }

func appendUUID(b []byte, v spec.Value) []byte {
	octets := v.UUID()
	b = hex.AppendEncode(b, octets[:4])
	for i := 4; i < 10; i += 2 {
		b = hex.AppendEncode(append(b, '-'), octets[i:i+2])
	}
	return hex.AppendEncode(append(b, '-'), octets[10:])
}

// jsonText writes a value as JSON in the way encoding/json writes the Go type of
// its kind.
func jsonText(v spec.Value) string { return string(appendJSON(nil, v)) }

func appendJSON(b []byte, v spec.Value) []byte {
	switch v.Kind() {
	case spec.KindNull:
		return append(b, "null"...)
	case spec.KindInt:
		return strconv.AppendInt(b, v.Int(), 10)
	case spec.KindBool, spec.KindFloat, spec.KindUint:
		return appendText(b, v)
	case spec.KindDate, spec.KindUUID:
		return append(appendText(append(b, '"'), v), '"')
	case spec.KindString:
		if text := v.Text(); isPlainJSON(text) {
			return append(append(append(b, '"'), text...), '"')
		}
	}
	return append(b, jsonOf(textOf(v))...)
}

// isPlainJSON reports whether encoding/json writes a text as it is, in quotes.
func isPlainJSON(text string) bool {
	for i := range len(text) {
		switch c := text[i]; {
		case c < ' ', c > '~', c == '"', c == '\\', c == '<', c == '>', c == '&':
			return false
		}
	}
	return true
}

// jsonOf writes a text, an integer or a finite float as JSON.
func jsonOf(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // none of them fails
		return "null"
	}
	return string(text)
}

// asLength binds the length of a list.
func asLength(_ *column, v spec.Value) any { return int64(v.Len()) }

// asStandard binds a value in the form of PostgreSQL, which all engines read.
func asStandard(_ *column, v spec.Value) any { return textOf(v) }

// scaledBounds is a comparison with a decimal put in terms of the integers that
// store it. Between two of them lies no value of the column.
func scaledBounds(op spec.Op, d spec.Decimal, digits int) (spec.Op, int64) {
	units, exact, ok := scaled(d, digits)
	switch {
	case !ok: // beyond every int64, above or below
		if negative := strings.HasPrefix(d.String(), "-"); negative {
			return belowBounds(op)
		}
		return int64Bounds(op)
	case exact:
		return op, units
	}
	switch op { // units is the integer just below d
	case spec.OpEq:
		return int64Bounds(spec.OpEq)
	case spec.OpNe:
		return int64Bounds(spec.OpNe)
	case spec.OpLt, spec.OpLte:
		return spec.OpLte, units
	default:
		return spec.OpGt, units
	}
}

// belowBounds is int64Bounds for a number below every int64.
func belowBounds(op spec.Op) (spec.Op, int64) {
	switch op {
	case spec.OpEq, spec.OpLt, spec.OpLte:
		return int64Bounds(spec.OpEq)
	default:
		return int64Bounds(spec.OpNe)
	}
}

// scaled returns the greatest integer that is at most d * 10^digits, and whether
// it is equal; not ok where it is no int64.
func scaled(d spec.Decimal, digits int) (units int64, exact, ok bool) {
	whole, frac, _ := strings.Cut(d.String(), ".")
	padded := frac + strings.Repeat("0", max(0, digits-len(frac)))
	rest := padded[digits:]
	units, err := strconv.ParseInt(whole+padded[:digits], 10, 64)
	if err != nil {
		return 0, false, false
	}
	exact = rest == "" // a Decimal has no zeros at its end
	if !exact && strings.HasPrefix(whole, "-") {
		units--
	}
	return units, exact, true
}

// scaledElements turns decimals into the integers that store them; those that
// cannot be stored equal nothing and are left out.
func scaledElements(elements []spec.Value, digits int) []spec.Value {
	var units []spec.Value
	for _, e := range elements {
		if e.IsNull() {
			units = append(units, e)
		} else if u, exact, ok := scaled(e.Decimal(), digits); ok && exact {
			units = append(units, spec.Of(u))
		}
	}
	return units
}
