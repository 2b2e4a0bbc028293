package sqlspectest

import (
	"math"
	"math/rand/v2"
	"strings"
	"time"
	"unicode"

	"github.com/rolespec/rolespec/spec"
)

// near returns a value that is not v and nearly is: what an engine that folds,
// pads, cuts or rounds takes for it.
func near(r *rand.Rand, v any) any {
	switch x := v.(type) {
	case string:
		return nearText(r, x)
	case bool:
		return !x
	case int64:
		return moved(r, x)
	case uint64:
		return x + 1
	case float64:
		return one(r, []float64{x + 1, x - 1, math.Nextafter(x, math.MaxFloat64), -x})
	case spec.Decimal:
		return nearDecimal(r, x)
	case time.Time:
		return x.Add(one(r, []time.Duration{time.Microsecond, -time.Microsecond, time.Second, -time.Hour, 24 * time.Hour}))
	case spec.Date:
		day := time.Date(x.Year, x.Month, x.Day, 0, 0, 0, 0, time.UTC)
		return spec.DateOf(day.AddDate(0, 0, one(r, []int{1, -1, 365})))
	case []byte:
		return append(append([]byte{}, x...), one(r, []byte{0, ' ', 0xff}))
	case [16]byte:
		x[15] ^= 1
		return x
	case []any:
		if len(x) > 0 && r.IntN(2) == 0 {
			return x[:len(x)-1]
		}
		return append(append([]any{}, x...), nil)
	}
	return v
}

func moved(r *rand.Rand, i int64) any {
	if i > math.MinInt64 && (i == math.MaxInt64 || r.IntN(2) == 0) {
		return i - 1
	}
	return i + 1
}

func nearDecimal(r *rand.Rand, d spec.Decimal) any {
	text := d.String()
	if !strings.Contains(text, ".") {
		text += "."
	}
	e, err := spec.ParseDecimal(text + one(r, []string{"01", "1", "5"}))
	if err != nil {
		return d
	}
	return e
}

func nearText(r *rand.Rand, text string) string {
	runes := []rune(text)
	switch r.IntN(8) {
	case 0:
		return text + " "
	case 1:
		return " " + text
	case 2, 3:
		return swapCase(text)
	case 4:
		if len(runes) > 0 {
			return string(runes[:len(runes)-1])
		}
	case 5:
		if len(runes) > 0 {
			return string(runes[1:])
		}
	case 6:
		return strings.NewReplacer("a", "á", "e", "é", "o", "ö", "s", "ſ", "%", "x", "_", "x", ".", "x", "-", "_").Replace(text) + "x"
	}
	return text + "x"
}

func swapCase(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsUpper(c) {
			return unicode.ToLower(c)
		}
		return unicode.ToUpper(c)
	}, text)
}

// nextTo are the values next to one that a row has to have for most of what goes
// wrong to be seen.
func nextTo(v any) []any {
	if text, ok := v.(string); ok {
		return []any{text, text + " ", swapCase(text), " " + text, text + "x", text}
	}
	return []any{v, step(v, true), step(v, false)}
}

// step returns a value that is next to v in the order of its kind.
func step(v any, up bool) any {
	sign := int64(1)
	if !up {
		sign = -1
	}
	switch x := v.(type) {
	case int64:
		if (up && x < math.MaxInt64) || (!up && x > math.MinInt64) {
			return x + sign
		}
	case uint64:
		if up || x > 0 {
			return uint64(int64(x) + sign)
		}
	case float64:
		return x + float64(sign)
	case time.Time:
		return x.Add(time.Duration(sign) * time.Microsecond)
	case spec.Date:
		return spec.DateOf(time.Date(x.Year, x.Month, x.Day+int(sign), 0, 0, 0, 0, time.UTC))
	case spec.Decimal:
		return stepDecimal(x, up)
	case string:
		if up {
			return x + "a"
		}
		if x != "" {
			return x[:len(x)-len(string([]rune(x)[len([]rune(x))-1]))]
		}
	case bool:
		return up
	}
	return v
}

// stepDecimal adds a hundredth, or takes one away.
func stepDecimal(d spec.Decimal, up bool) any {
	for _, text := range []string{d.String() + ".01", d.String() + "01"} {
		negative := strings.HasPrefix(text, "-")
		if e, err := spec.ParseDecimal(text); err == nil && up != negative {
			return e
		}
	}
	if up {
		return spec.MustDecimal("0")
	}
	e, err := spec.ParseDecimal("-" + strings.TrimPrefix(d.String(), "-"))
	if err != nil || e == d {
		return d
	}
	return e
}

func one[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }
