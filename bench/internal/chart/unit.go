package chart

import (
	"math"
	"strconv"
	"strings"
)

// A Unit says how the numbers of an axis are written.
type Unit uint8

// The units. The zero Unit is Count.
const (
	Count       Unit = iota // 1,000
	Nanoseconds             // 1 µs
	Bytes                   // 1 kB
	Ratio                   // 1.0x
)

// Format writes a number in the unit, to three digits.
//
//	Count        1,500       1.5 M
//	Nanoseconds  1.5 µs
//	Bytes        1.5 kB
//	Ratio        1.5x
func (u Unit) Format(v float64) string {
	switch u {
	case Nanoseconds:
		return scaled(v, 1000, "ns", "µs", "ms", "s")
	case Bytes:
		return scaled(v, 1000, "B", "kB", "MB", "GB")
	case Ratio:
		return digits(v) + "x"
	}
	if v < 999_500 {
		return digits(v)
	}
	return scaled(v/1e6, 1000, "M", "G")
}

// scaled writes v with the largest of the units that leaves a whole part.
func scaled(v, step float64, units ...string) string {
	i := 0
	for i < len(units)-1 && rounded(v) >= step {
		v /= step
		i++
	}
	return digits(v) + " " + units[i]
}

// rounded returns v to three digits.
func rounded(v float64) float64 {
	if v <= 0 {
		return v
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-2)
	return math.Round(v/unit) * unit
}

// digits writes v to three digits, with commas between thousands.
func digits(v float64) string {
	v = rounded(v)
	text := strconv.FormatFloat(v, 'f', places(v), 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	whole, _, _ := strings.Cut(text, ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// places returns how many digits after the point are among the first three.
func places(v float64) int {
	if v <= 0 {
		return 0
	}
	return max(0, 2-int(math.Floor(math.Log10(v))))
}
