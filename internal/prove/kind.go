package prove

import (
	"strconv"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// group returns the kind for all kinds that compare with this one: numbers do with
// each other.
func group(k spec.Kind) spec.Kind {
	switch k {
	case spec.KindInt, spec.KindUint, spec.KindFloat:
		return spec.KindDecimal
	}
	return k
}

// kindOf returns the kind of a mark.
func kindOf(mark any) spec.Kind {
	switch mark.(type) {
	case bool:
		return spec.KindBool
	case string:
		return spec.KindString
	case []byte:
		return spec.KindBytes
	case time.Time:
		return spec.KindTime
	case spec.Date:
		return spec.KindDate
	case [16]byte:
		return spec.KindUUID
	}
	return spec.KindDecimal
}

// asRow returns a mark as a field of that kind holds it.
func asRow(kind spec.Kind, mark any) any {
	if d, ok := mark.(spec.Decimal); ok && kind == spec.KindFloat {
		f, _ := strconv.ParseFloat(d.String(), 64) // a constant that such a field takes is exact
		return f
	}
	return mark
}

// anyOf returns some value of a kind. It is the least where a kind has no value
// just below another.
func anyOf(kind spec.Kind) any {
	switch kind {
	case spec.KindBool:
		return false
	case spec.KindString:
		return ""
	case spec.KindBytes:
		return []byte{}
	case spec.KindTime:
		return time.Unix(0, 0).UTC()
	case spec.KindDate:
		return spec.DateOf(time.Unix(0, 0).UTC())
	case spec.KindUUID:
		return [16]byte{}
	case spec.KindFloat:
		return 0.0
	}
	return spec.Decimal{}
}
