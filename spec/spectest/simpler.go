package spectest

import (
	"math"
	"slices"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// simpler returns what is simpler than a value of the same kind. Whoever goes
// from one to the next comes to an end.
func simpler(v any) []any {
	switch x := v.(type) {
	case string:
		return simplerText(x)
	case []byte:
		return simplerBytes(x)
	case int64:
		return simplerInt(x)
	case uint64:
		if x > 1 {
			return []any{uint64(0), uint64(1), x / 2}
		}
	case float64:
		return simplerFloat(x)
	case spec.Decimal:
		return simplerDecimal(x)
	case time.Time:
		return simplerTime(x)
	case []any:
		return simplerList(x)
	case map[string]any:
		var out []any
		for smaller := range rowReductions(x) {
			out = append(out, smaller)
		}
		return out
	}
	return nil
}

func simplerText(text string) (out []any) {
	runes := []rune(text)
	if len(runes) > 4 {
		out = append(out, string(runes[:len(runes)/2]), string(runes[len(runes)/2:]))
	}
	for i := range min(len(runes), 16) {
		out = append(out, string(slices.Delete(slices.Clone(runes), i, i+1)))
	}
	return out
}

func simplerBytes(b []byte) (out []any) {
	for i := range min(len(b), 16) {
		out = append(out, slices.Delete(slices.Clone(b), i, i+1))
	}
	return out
}

func simplerInt(i int64) []any {
	switch {
	case i == 0 || i == 1:
		return nil
	case i == -1:
		return []any{int64(0), int64(1)}
	}
	return []any{int64(0), int64(1), i / 2}
}

func simplerFloat(f float64) []any {
	switch {
	case f == 0 || f == 1:
		return nil
	case math.IsNaN(f) || math.IsInf(f, 0) || f == math.Trunc(f):
		return []any{0.0, 1.0}
	}
	return []any{0.0, 1.0, math.Trunc(f)}
}

func simplerDecimal(d spec.Decimal) (out []any) {
	text := d.String()
	if text == "0" || text == "1" {
		return nil
	}
	for _, smaller := range []string{"0", "1", text[:len(text)-1], text[1:]} {
		if e, err := spec.ParseDecimal(smaller); err == nil {
			out = append(out, e)
		}
	}
	return out
}

func simplerTime(t time.Time) (out []any) {
	if t.Location() != time.UTC {
		out = append(out, t.UTC())
	}
	if t.Nanosecond() != 0 {
		out = append(out, t.Truncate(time.Second))
	}
	return out
}

func simplerList(list []any) (out []any) {
	for i := range list {
		out = append(out, slices.Delete(slices.Clone(list), i, i+1))
	}
	for i, e := range list {
		for _, smaller := range simpler(e) {
			with := slices.Clone(list)
			with[i] = smaller
			out = append(out, with)
		}
	}
	return out
}

// Plain returns a constant as rows have it: nil, a bool, an int64, a uint64, a
// float64, a string, a []byte, a time.Time, a [16]byte, a spec.Date, a
// spec.Decimal, or a list of these. A variable and a field are themselves.
func Plain(v spec.Value) any {
	switch v.Kind() {
	case spec.KindNull:
		return nil
	case spec.KindBool:
		return v.Bool()
	case spec.KindInt:
		return v.Int()
	case spec.KindUint:
		return v.Uint()
	case spec.KindFloat:
		return v.Float()
	case spec.KindDecimal:
		return v.Decimal()
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
	case spec.KindList:
		list := []any{}
		for _, e := range v.List() {
			list = append(list, Plain(e))
		}
		return list
	}
	return v
}
