package spec

import (
	"database/sql/driver"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxDigits bounds the digits on each side of the point. Every float64 fits.
const maxDigits = 400

// Decimal is an exact decimal number of at most 400 digits before the point and
// 400 after it. The zero Decimal is 0. Two Decimals that are worth the same are ==: 1.50 is 1.5.
//
// It reads and writes itself as text, for JSON ("12.50") and for database/sql.
type Decimal struct {
	s string // canonical: -?int[.frac], no needless zero, "" for 0
}

// ParseDecimal reads -?digits[.digits]. An exponent, a sign "+", a space or
// more than 400 digits on one side of the point are errors.
func ParseDecimal(text string) (Decimal, error) {
	digits, neg := strings.CutPrefix(text, "-")
	whole, frac, point := strings.Cut(digits, ".")
	if !allDigits(whole) || point && !allDigits(frac) {
		return Decimal{}, fmt.Errorf("spec: decimal of %d bytes is not of the form -?digits[.digits]", len(text))
	}
	if max(len(whole), len(frac)) > maxDigits {
		return Decimal{}, fmt.Errorf("spec: decimal has more than %d digits on one side of the point", maxDigits)
	}
	return canonicalDecimal(neg, whole, frac), nil
}

// MustDecimal is [ParseDecimal] for constants of a program. It panics where
// ParseDecimal fails.
func MustDecimal(text string) Decimal {
	d, err := ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

// DecimalOf returns units * 10^-digits: DecimalOf(1250, 2) is 12.5. It reads what
// a column of integers stores, such as cents. Digits count as 0 below 0 and as 400
// above 400.
func DecimalOf(units int64, digits int) Decimal {
	text, neg := strings.CutPrefix(strconv.FormatInt(units, 10), "-")
	digits = min(max(digits, 0), maxDigits)
	text = strings.Repeat("0", max(0, digits+1-len(text))) + text
	point := len(text) - digits
	return canonicalDecimal(neg, text[:point], text[point:])
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func canonicalDecimal(neg bool, whole, frac string) Decimal {
	whole, frac = strings.TrimLeft(whole, "0"), strings.TrimRight(frac, "0")
	if whole == "" && frac == "" {
		return Decimal{}
	}
	if whole == "" {
		whole = "0"
	}
	if frac != "" {
		whole += "." + frac
	}
	if neg {
		whole = "-" + whole
	}
	return Decimal{whole}
}

func decimalOfInt(i int64) Decimal {
	if i == 0 {
		return Decimal{}
	}
	return Decimal{strconv.FormatInt(i, 10)}
}

func decimalOfUint(u uint64) Decimal {
	if u == 0 {
		return Decimal{}
	}
	return Decimal{strconv.FormatUint(u, 10)}
}

// decimalOfFloat returns what a finite float stands for beside exact numbers:
// an integer stands for itself, anything else for its shortest decimal text.
// Floats that are no integers lie below 2^53, where the shortest text keeps
// their order among themselves and among the integers.
func decimalOfFloat(f float64) Decimal {
	precision := -1 // the shortest that reads back as f
	if f == math.Trunc(f) {
		precision = 0 // every digit of the integer
	}
	text, neg := strings.CutPrefix(strconv.FormatFloat(f, 'f', precision, 64), "-")
	whole, frac, _ := strings.Cut(text, ".")
	return canonicalDecimal(neg, whole, frac)
}

// String returns the number without needless zeros, such as "-0.5".
func (d Decimal) String() string {
	if d.s == "" {
		return "0"
	}
	return d.s
}

// Compare returns -1, 0 or +1 as d is less than, equal to or greater than e.
func (d Decimal) Compare(e Decimal) int {
	a, aneg := strings.CutPrefix(d.String(), "-")
	b, bneg := strings.CutPrefix(e.String(), "-")
	switch {
	case aneg && !bneg:
		return -1
	case bneg && !aneg:
		return +1
	case aneg:
		return compareDigits(b, a)
	}
	return compareDigits(a, b)
}

// compareDigits compares canonical decimals that have no sign.
func compareDigits(a, b string) int {
	aw, af, _ := strings.Cut(a, ".")
	bw, bf, _ := strings.Cut(b, ".")
	switch {
	case len(aw) != len(bw):
		if len(aw) < len(bw) {
			return -1
		}
		return +1
	case aw != bw:
		return strings.Compare(aw, bw)
	}
	return strings.Compare(af, bf) // no trailing zeros: a prefix is the smaller
}

// integer returns the decimal as an int64 or a uint64 above the largest int64.
func (d Decimal) integer() (Value, bool) {
	if i, err := strconv.ParseInt(d.String(), 10, 64); err == nil {
		return intValue(i), true
	}
	if u, err := strconv.ParseUint(d.String(), 10, 64); err == nil {
		return uintValue(u), true
	}
	return Value{}, false
}

// scale returns the number of digits after the point.
func (d Decimal) scale() int {
	_, frac, _ := strings.Cut(d.s, ".")
	return len(frac)
}

// MarshalText returns the text of String. It never fails.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what [ParseDecimal] reads.
func (d *Decimal) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDecimal(string(text))
	return err
}

// Value implements [driver.Valuer]: the text of the number.
func (d Decimal) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements the Scanner of database/sql for text and integers. A float
// is refused: it has lost digits already. A column that stores cents is scanned
// into an int64, for [DecimalOf].
func (d *Decimal) Scan(src any) (err error) {
	switch x := src.(type) {
	case string:
		*d, err = ParseDecimal(x)
	case []byte:
		*d, err = ParseDecimal(string(x))
	case int64:
		*d, err = ParseDecimal(strconv.FormatInt(x, 10))
	default:
		err = fmt.Errorf("spec: cannot scan %T into a Decimal", src)
	}
	return err
}
