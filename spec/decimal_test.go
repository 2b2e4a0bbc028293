package spec_test

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func TestParseDecimal(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "0.000": "0", "-0.0": "0", "00": "0", "1.50": "1.5", "01.5": "1.5", "-1.5": "-1.5", "0.05": "0.05", "100": "100", "100.0": "100",
		strings.Repeat("9", 38): strings.Repeat("9", 38), "0." + strings.Repeat("0", 37) + "1": "0." + strings.Repeat("0", 37) + "1",
	} {
		d, err := spec.ParseDecimal(text)
		if err != nil || d.String() != want {
			t.Errorf("%q: have %v (error %v), want %s", text, d, err, want)
		}
		if d != dec(want) {
			t.Errorf("%q: what is worth the same is not ==", text)
		}
	}
	for _, text := range []string{
		"", "-", ".", ".5", "5.", "-.5", "+1", " 1", "1 ", "1e3", "1E3", "1_000", "1,5", "0x1", "--1", "1.2.3", "1.-2", "NaN", "Inf", "-Infinity", "١", "1\n", "1\x00",
		strings.Repeat("9", 401), "0." + strings.Repeat("1", 401),
	} {
		if d, err := spec.ParseDecimal(text); err == nil || d != (spec.Decimal{}) {
			t.Errorf("%q: have %v, want an error", text, d)
		}
	}
	if (spec.Decimal{}).String() != "0" || (spec.Decimal{}) != dec("0") {
		t.Error("the zero Decimal is not 0")
	}
	defer func() {
		if recover() == nil {
			t.Error("MustDecimal does not panic")
		}
	}()
	spec.MustDecimal("x")
}

// The order is that of rational numbers.
func TestDecimalOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	digits := func(n int) string {
		var b strings.Builder
		for range 1 + random.IntN(n) {
			b.WriteByte("0001259"[random.IntN(7)])
		}
		return b.String()
	}
	draw := func() string {
		text := digits(3)
		if random.IntN(3) > 0 {
			text += "." + digits(3)
		}
		if random.IntN(2) > 0 {
			text = "-" + text
		}
		return text
	}
	for range 20_000 {
		a, b := draw(), draw()
		x, _ := new(big.Rat).SetString(a)
		y, _ := new(big.Rat).SetString(b)
		if have, want := dec(a).Compare(dec(b)), x.Cmp(y); have != want {
			t.Fatalf("%s beside %s: have %d, want %d", a, b, have, want)
		}
		if have, want := dec(a) == dec(b), x.Cmp(y) == 0; have != want {
			t.Fatalf("%s == %s: have %v, want %v", a, b, have, want)
		}
	}
}

func TestDecimalOf(t *testing.T) {
	for _, test := range []struct {
		units  int64
		digits int
		want   string
	}{
		{1250, 2, "12.5"}, {1250, 0, "1250"}, {1250, -3, "1250"}, {5, 2, "0.05"}, {-5, 2, "-0.05"}, {-1250, 2, "-12.5"}, {0, 2, "0"}, {100, 2, "1"},
		{-100, 3, "-0.1"}, {12, 2, "0.12"}, {math.MaxInt64, 18, "9.223372036854775807"}, {math.MaxInt64, 19, "0.9223372036854775807"},
		{math.MinInt64, 0, "-9223372036854775808"}, {math.MinInt64, 4, "-922337203685477.5808"}, {1, 30, "0.000000000000000000000000000001"},
	} {
		have := spec.DecimalOf(test.units, test.digits)
		if have != dec(test.want) || have.String() != test.want {
			t.Errorf("%d, %d digits: have %v, want %s", test.units, test.digits, have, test.want)
		}
	}
}

func TestDecimalElsewhere(t *testing.T) {
	type invoice struct{ Total spec.Decimal }
	text, err := json.Marshal(invoice{dec("12.50")})
	if err != nil || string(text) != `{"Total":"12.5"}` {
		t.Errorf("JSON: %s (error %v)", text, err)
	}
	var back invoice
	if err := json.Unmarshal(text, &back); err != nil || back.Total != dec("12.5") {
		t.Errorf("JSON: %v (error %v)", back, err)
	}
	if err := json.Unmarshal([]byte(`{"Total":"1e3"}`), &back); err == nil {
		t.Error("JSON: an exponent is accepted")
	}
	if v, err := dec("12.50").Value(); err != nil || v != "12.5" {
		t.Errorf("database: %v (error %v)", v, err)
	}
	for _, src := range []any{"12.50", []byte("12.50"), "12.5"} {
		var d spec.Decimal
		if err := d.Scan(src); err != nil || d != dec("12.5") {
			t.Errorf("scan of %v: %v (error %v)", src, d, err)
		}
	}
	var d spec.Decimal
	if err := d.Scan(int64(-7)); err != nil || d != dec("-7") {
		t.Errorf("scan of an integer: %v (error %v)", d, err)
	}
	for _, src := range []any{nil, 12.5, "x", []byte(nil), true} {
		if err := d.Scan(src); err == nil {
			t.Errorf("scan of %v: no error", src)
		}
	}
}

// It stays a number that ParseDecimal reads, however many digits are asked for.
func TestDecimalOfManyDigits(t *testing.T) {
	for _, digits := range []int{401, 5000, 1 << 60} {
		mustNotPanic(t, func() {
			d := spec.DecimalOf(1, digits)
			if _, err := spec.ParseDecimal(d.String()); err != nil {
				t.Errorf("%d digits: %v", digits, err)
			}
		})
	}
}
