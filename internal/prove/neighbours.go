package prove

import (
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// The least and the greatest integer that a row may hold. Columns and maps hold
// negative numbers in a field of kind uint, and great ones in one of kind int.
var (
	leastInteger    = spec.DecimalOf(math.MinInt64, 0)
	greatestInteger = spec.MustDecimal("18446744073709551615")
)

// neighbours returns the values next to a mark, or, where a kind has no value just
// below another, only the one above. A number is next to those that differ from it
// at the last of so many digits behind the point.
func neighbours(mark any, digits int) []any {
	switch m := mark.(type) {
	case bool:
		return []any{!m}
	case string:
		return []any{m + "\x00"}
	case []byte:
		return []any{append(m[:len(m):len(m)], 0)}
	case time.Time:
		return timesBeside(m)
	case spec.Date:
		return datesBeside(m)
	case [16]byte:
		return uuidsBeside(m)
	case float64:
		return []any{math.Nextafter(m, math.Inf(-1)), math.Nextafter(m, math.Inf(1))}
	case spec.Decimal:
		if digits == 0 {
			return integersBeside(m)
		}
		return decimalsBeside(m, digits)
	}
	return nil
}

func timesBeside(t time.Time) (beside []any) {
	for _, step := range []time.Duration{-time.Microsecond, time.Microsecond} {
		if n := t.Add(step); n.Year() >= 1 && n.Year() <= 9999 {
			beside = append(beside, n)
		}
	}
	return beside
}

func datesBeside(d spec.Date) (beside []any) {
	for _, step := range []int{-1, 1} {
		if n := spec.DateOf(time.Date(d.Year, d.Month, d.Day+step, 0, 0, 0, 0, time.UTC)); n.Valid() {
			beside = append(beside, n)
		}
	}
	return beside
}

func uuidsBeside(octets [16]byte) (beside []any) {
	for _, step := range []int64{-1, 1} {
		n := new(big.Int).SetBytes(octets[:])
		if n.Add(n, big.NewInt(step)); n.Sign() >= 0 && n.BitLen() <= 128 {
			beside = append(beside, [16]byte(n.FillBytes(make([]byte, 16))))
		}
	}
	return beside
}

func integersBeside(d spec.Decimal) (beside []any) {
	for _, n := range decimalsBeside(d, 0) {
		if d := n.(spec.Decimal); d.Compare(leastInteger) >= 0 && d.Compare(greatestInteger) <= 0 {
			beside = append(beside, n)
		}
	}
	return beside
}

func decimalsBeside(d spec.Decimal, digits int) (beside []any) {
	number, ok := new(big.Rat).SetString(d.String())
	if !ok {
		return nil
	}
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	for _, step := range []int64{-1, 1} {
		n := new(big.Rat).SetFrac(big.NewInt(step), unit)
		if next, err := spec.ParseDecimal(n.Add(n, number).FloatString(digits)); err == nil {
			beside = append(beside, next)
		}
	}
	return beside
}

// maxDigits is how many digits a Decimal has behind the point at most.
const maxDigits = 400

// digits returns how many of them it takes to write numbers between any two of the
// marks that a field of the kind has.
func digits(kind spec.Kind, marks []any) (n int) {
	if kind == spec.KindInt || kind == spec.KindUint {
		return 0
	}
	for _, m := range marks {
		if d, ok := m.(spec.Decimal); ok {
			_, fraction, _ := strings.Cut(d.String(), ".")
			n = max(n, len(fraction))
		}
	}
	return min(n+1, maxDigits)
}
