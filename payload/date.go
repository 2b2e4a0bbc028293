package payload

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// NumericDate is a time claim: seconds since 1970 in JSON, possibly with a fraction. It
// is read exactly, without passing through a float64, and is in UTC. The zero
// NumericDate is an absent claim.
//
// Dates from 1970 to the end of the year 9999 are in range, with at most nine digits
// after the point. What lies beyond is a mistake, such as milliseconds taken for
// seconds, and is refused.
type NumericDate struct{ time.Time }

// lastSecond is the last second of the year 9999.
const lastSecond = 253402300799

var errDate = errors.New("payload: not a date between 1970 and 9999, in seconds")

// MarshalJSON writes the seconds, with a fraction if there is one, and null for the zero
// NumericDate. A date out of range is an error.
func (d NumericDate) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	seconds := d.Unix()
	if seconds < 0 || seconds > lastSecond {
		return nil, errDate
	}
	out := strconv.AppendInt(nil, seconds, 10)
	if nanos := d.Nanosecond(); nanos != 0 {
		digits := strconv.Itoa(1e9 + nanos)[1:]
		out = append(append(out, '.'), strings.TrimRight(digits, "0")...)
	}
	return out, nil
}

// UnmarshalJSON reads what MarshalJSON writes, and exponents. Null leaves the date as it
// is; any other value, and a date out of range, is an error.
func (d *NumericDate) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if !json.Valid(data) {
		return errDate
	}
	read, ok := readDate(data)
	if !ok {
		return errDate
	}
	*d = read
	return nil
}

// readDate reads a valid JSON value as a date in range.
func readDate(value []byte) (NumericDate, bool) {
	if bytes.ContainsAny(value, ".eE") {
		return readFraction(string(value))
	}
	seconds, err := strconv.ParseInt(string(value), 10, 64)
	if err != nil || seconds < 0 || seconds > lastSecond {
		return NumericDate{}, false
	}
	return NumericDate{time.Unix(seconds, 0).UTC()}, true
}

// readFraction reads a number with a point or an exponent. Its length and its exponent
// are bounded before any arithmetic is done with them.
func readFraction(number string) (NumericDate, bool) {
	const longest = 40
	_, exponent, _ := strings.Cut(strings.ToLower(number), "e")
	if len(number) > longest || len(strings.TrimLeft(exponent, "+-")) > 2 {
		return NumericDate{}, false
	}
	seconds, ok := new(big.Rat).SetString(number)
	if !ok {
		return NumericDate{}, false
	}
	nanos := seconds.Mul(seconds, big.NewRat(1e9, 1))
	last := big.NewInt(lastSecond + 1)
	if !nanos.IsInt() || nanos.Sign() < 0 || nanos.Num().Cmp(last.Mul(last, big.NewInt(1e9))) >= 0 {
		return NumericDate{}, false
	}
	whole, rest := new(big.Int).QuoRem(nanos.Num(), big.NewInt(1e9), new(big.Int))
	return NumericDate{time.Unix(whole.Int64(), rest.Int64()).UTC()}, true
}
