package spec_test

import (
	"math"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func integer(i int64) sample      { return sample{Int: &i} }
func unsigned(u uint64) sample    { return sample{Uint: &u} }
func float(f float64) sample      { return sample{Float: &f} }
func decimalRow(s string) sample  { return sample{Decimal: ptr(spec.MustDecimal(s))} }
func dec(s string) spec.Decimal   { return spec.MustDecimal(s) }
func boolean(b bool) sample       { return sample{Bool: &b} }
func tiny(f float64) (up float64) { return math.Nextafter(f, math.Inf(1)) }

const two53 = 1 << 53

var numberTests = []opTest{
	{"bool Eq", spec.Eq("bool", true), boolean(true), spec.True, "true is true"},
	{"bool order", spec.Lt("bool", true), boolean(false), spec.True, "false < true"},
	{"bool Gte", spec.Gte("bool", false), boolean(true), spec.True, "true > false"},
	{"bool Ne", spec.Ne("bool", true), boolean(true), spec.False, "true is true"},
	{"bool In", spec.In("bool", false, true), boolean(true), spec.True, "both there are"},

	{"int greatest", spec.Eq("int", int64(math.MaxInt64)), integer(math.MaxInt64), spec.True, "exact"},
	{"int greatest is not its neighbour", spec.Eq("int", int64(math.MaxInt64)), integer(math.MaxInt64 - 1), spec.False, "they are one float"},
	{"int least", spec.Lte("int", int64(math.MinInt64)), integer(math.MinInt64), spec.True, "exact"},
	{"int least below greatest", spec.Lt("int", int64(math.MaxInt64)), integer(math.MinInt64), spec.True, "the difference overflows, the order does not"},
	{"int beyond 2^53", spec.Eq("int", int64(two53+1)), integer(two53), spec.False, "they are one float"},
	{"int beside a float of 2^53", spec.Eq("int", float64(two53)), integer(two53 + 1), spec.False, "2^53+1 is not the float 2^53"},
	{"int beside a whole float", spec.Eq("int", 7.0), integer(7), spec.True, "7.0 is 7"},
	{"int beside a whole decimal", spec.Eq("int", dec("7.00")), integer(7), spec.True, "7.00 is 7"},
	{"int beside -0.0", spec.Eq("int", math.Copysign(0, -1)), integer(0), spec.True, "-0 is 0"},
	{"int In floats", spec.In("int", 1.0, 7.0), integer(7), spec.True, "each is converted"},
	{"int Eq a value beyond int64", spec.Eq("int", uint64(math.MaxUint64)), integer(-1), spec.False, "the same 64 bits, another number"},
	{"int Lt a value beyond int64", spec.Lt("int", uint64(1<<63)), integer(math.MaxInt64), spec.True, "everything in an int64 is less"},
	{"int Gt a value beyond int64", spec.Gt("int", uint64(1<<63)), integer(-1), spec.False, "everything in an int64 is less"},
	{"int Ne a value beyond int64", spec.Ne("int", uint64(1<<63)), integer(math.MinInt64), spec.True, "the same 64 bits, another number"},
	{"int In with one beyond int64", spec.In("int", uint64(7), uint64(math.MaxUint64)), integer(-1), spec.False, "the same 64 bits, another number"},
	{"int In with one beyond int64, member", spec.In("int", uint64(7), uint64(math.MaxUint64)), integer(7), spec.True, "7 is 7"},

	{"uint greatest", spec.Eq("uint", uint64(math.MaxUint64)), unsigned(math.MaxUint64), spec.True, "exact"},
	{"uint greatest is not its neighbour", spec.Eq("uint", uint64(math.MaxUint64)), unsigned(math.MaxUint64 - 1), spec.False, "they are one float"},
	{"uint beside -1", spec.Eq("uint", -1), unsigned(math.MaxUint64), spec.False, "the same 64 bits, another number"},
	{"uint above -1", spec.Gt("uint", -1), unsigned(0), spec.True, "everything unsigned is"},
	{"uint across 2^63", spec.Gt("uint", int64(math.MaxInt64)), unsigned(1 << 63), spec.True, "one is a KindUint, one a KindInt"},
	{"uint across 2^63, less", spec.Lt("uint", uint64(1<<63)), unsigned(math.MaxInt64), spec.True, "one is a KindInt, one a KindUint"},
	{"uint small", spec.Eq("uint", uint8(7)), unsigned(7), spec.True, "the width does not count"},
	{"uint beside a float of 2^64", spec.Lt("uint", uint64(math.MaxUint64)), unsigned(math.MaxUint64 - 1), spec.True, "exact"},

	{"float Eq", spec.Eq("float", 0.1), float(0.1), spec.True, "one double"},
	{"float is not rounded", spec.Eq("float", 0.3), float(tiny(0.3)), spec.False, "two doubles"},
	{"float beside an integer", spec.Eq("float", 7), float(7), spec.True, "7 is 7.0"},
	{"float beside a decimal", spec.Eq("float", dec("0.1")), float(0.1), spec.True, "the shortest text of the double"},
	{"float -0", spec.Eq("float", 0), float(math.Copysign(0, -1)), spec.True, "-0 is 0"},
	{"float Lt -0", spec.Lt("float", 0.0), float(math.Copysign(0, -1)), spec.False, "-0 is 0"},
	{"float value -0", spec.Eq("float", math.Copysign(0, -1)), float(0), spec.True, "-0 is 0"},
	{"float In -0", spec.In("float", math.Copysign(0, -1)), float(0), spec.True, "-0 is 0"},
	{"float +Inf", spec.Gt("float", math.MaxFloat64), float(math.Inf(1)), spec.True, "greater than every number"},
	{"float -Inf", spec.Lt("float", -math.MaxFloat64), float(math.Inf(-1)), spec.True, "less than every number"},
	{"float Inf Eq", spec.Eq("float", math.MaxFloat64), float(math.Inf(1)), spec.False, "not the greatest number"},
	{"float Inf is not null", spec.IsNull("float"), float(math.Inf(1)), spec.False, "it is there"},
	{"float Inf Distinct", spec.Distinct("float", 1), float(math.Inf(1)), spec.True, "it is not 1"},
	{"float NaN Eq", spec.Eq("float", 1), float(math.NaN()), spec.Unknown, "it compares with nothing"},
	{"float NaN Ne", spec.Ne("float", 1), float(math.NaN()), spec.Unknown, "it compares with nothing"},
	{"float NaN Lt", spec.Lt("float", 1), float(math.NaN()), spec.Unknown, "it compares with nothing"},
	{"float NaN Gt", spec.Gt("float", 1), float(math.NaN()), spec.Unknown, "PostgreSQL says it is the greatest"},
	{"float NaN In", spec.In("float", 1, 2), float(math.NaN()), spec.Unknown, "it compares with nothing"},
	{"float NaN Distinct", spec.Distinct("float", 1), float(math.NaN()), spec.Unknown, "it compares with nothing"},
	{"float NaN Distinct from null", spec.Distinct("float", spec.Null), float(math.NaN()), spec.True, "it is not null"},
	{"float NaN is not null", spec.IsNull("float"), float(math.NaN()), spec.False, "it is there"},

	{"decimal Eq", spec.Eq("decimal", dec("1.50")), decimalRow("1.5"), spec.True, "worth the same"},
	{"decimal beside a float", spec.Eq("decimal", 0.1), decimalRow("0.1"), spec.True, "the shortest text of the double"},
	{"decimal beside an integer", spec.Eq("decimal", 7), decimalRow("7.000"), spec.True, "7.000 is 7"},
	{"decimal beside its text", spec.Eq("decimal", "12.50"), decimalRow("12.5"), spec.True, "JSON writes decimals as text"},
	{"decimal digits beyond a double", spec.Eq("decimal", "12345678901234567.123457"), decimalRow("12345678901234567.123456"), spec.False, "they are one double"},
	{"decimal order of length", spec.Lt("decimal", 10), decimalRow("9.99"), spec.True, "not as text"},
	{"decimal order of fractions", spec.Gt("decimal", "0.05"), decimalRow("0.5"), spec.True, "not by the number of digits"},
	{"decimal negative order", spec.Lt("decimal", "-1.5"), decimalRow("-10"), spec.True, "-10 < -1.5"},
	{"decimal across zero", spec.Lt("decimal", "0.001"), decimalRow("-0.001"), spec.True, "a sign decides"},
	{"decimal -0", spec.Eq("decimal", 0), decimalRow("-0.00"), spec.True, "-0 is 0"},
	{"decimal zero above a negative", spec.Gt("decimal", "-0.1"), decimalRow("0"), spec.True, "0 > -0.1"},
	{"decimal of 38 digits", spec.Lt("decimal", "99999999999999999999999999999999999999"), decimalRow("99999999999999999999999999999999999998"), spec.True, "exact"},
	{"decimal beside a great float", spec.Eq("decimal", 1e40), decimalRow("10000000000000000303786028427003666890752"), spec.True, "every digit of the double"},
	{"decimal beside a tiny float", spec.Eq("decimal", math.SmallestNonzeroFloat64), decimalRow("0." + strings.Repeat("0", 323) + "5"), spec.True, "its shortest text"},
	{"decimal In", spec.In("decimal", "1.0", "2.50"), decimalRow("2.5"), spec.True, "worth the same"},
}

func TestNumbers(t *testing.T) { runOpTests(t, numberTests) }

// Without a schema nothing is converted, and numbers of every pair of kinds
// compare by what they are worth.
func TestNumbersOfBareMaps(t *testing.T) {
	ascending := [][]any{ // each line is one number in every kind that can hold it
		{math.Inf(-1)},
		{-1e300},
		{math.MinInt64, -9223372036854775808.0, dec("-9223372036854775808")},
		{-1, -1.0, dec("-1.00"), int8(-1), float32(-1)},
		{-0.5, dec("-0.5"), float32(-0.5)},
		{0, uint(0), 0.0, math.Copysign(0, -1), dec("0.00")},
		{0.1, dec("0.1")},
		{dec("0.1000000000000000055511151231257827021")}, // what the double 0.1 is in binary
		{tiny(0.1)},
		{7, uint8(7), 7.0, float32(7), dec("7")},
		{two53, float64(two53), dec("9007199254740992")},
		{two53 + 1, uint64(two53 + 1), dec("9007199254740993")},
		{math.MaxInt64, uint64(math.MaxInt64), dec("9223372036854775807")},
		{uint64(1 << 63), float64(1 << 63), dec("9223372036854775808")},
		{uint64(math.MaxUint64), dec("18446744073709551615")},
		{float64(1 << 63 * 2), dec("18446744073709551616")},
		{1e300},
		{math.Inf(1)},
	}
	for i, line := range ascending {
		for j, other := range ascending {
			for _, have := range line {
				for _, value := range other {
					v, err := spec.ValueOf(value)
					if err != nil {
						continue // infinite: a row alone can be
					}
					row := map[string]any{"n": have}
					for _, law := range []struct {
						s    spec.Specification
						want bool
					}{
						{spec.Eq("n", v), i == j}, {spec.Ne("n", v), i != j}, {spec.Lt("n", v), i < j}, {spec.Lte("n", v), i <= j},
						{spec.Gt("n", v), i > j}, {spec.Gte("n", v), i >= j}, {spec.Distinct("n", v), i != j}, {spec.In("n", v), i == j},
					} {
						if truth := verdict(t, law.s, row); truth == spec.Unknown || (truth == spec.True) != law.want {
							t.Errorf("%v of %T %v: have %v, want %v", law.s, have, have, truth, law.want)
						}
					}
				}
			}
		}
	}
}

// A number is refused where the field could not hold it exactly.
func TestNumbersRefused(t *testing.T) {
	for name, s := range map[string]spec.Specification{
		"2^53+1 beside a float":         spec.Eq("float", two53+1),
		"0.1 and a bit beside a float":  spec.Eq("float", "0.1000000000000000055511151231257827021"),
		"that decimal beside a float":   spec.Eq("float", dec("0.1000000000000000055511151231257827021")),
		"a fraction beside an int":      spec.Lt("int", 0.5),
		"a fraction beside a uint":      spec.Lt("uint", dec("0.5")),
		"2^64 beside an int":            spec.Lt("int", float64(1<<63*2)),
		"a number in words":             spec.Eq("decimal", "seven"),
		"an exponent beside a decimal":  spec.Eq("decimal", "1e3"),
		"401 digits":                    spec.Eq("decimal", "1."+strings.Repeat("1", 401)),
		"a bool beside an int":          spec.Eq("int", true),
		"an int beside a bool":          spec.Eq("bool", 1),
		"a text beside an int":          spec.Eq("int", "7"),
		"a text beside a bool":          spec.Eq("bool", "true"),
		"a fraction among the integers": spec.In("int", 1, 2.5),
	} {
		if m, err := spec.Compile[sample](s); err == nil || m != nil {
			t.Errorf("%s: %v compiles", name, s)
		}
	}
}

// No decimal is infinite: such a row compares with nothing.
func TestInfiniteFloatInADecimalField(t *testing.T) {
	declared := spec.WithSchema(must(spec.NewSchema(spec.Field{Name: "d", Kind: spec.KindDecimal}, spec.Field{Name: "ds", Kind: spec.KindDecimal, List: true}))(t))
	for _, inf := range []float64{math.Inf(1), math.Inf(-1)} {
		row := map[string]any{"d": inf, "ds": []any{inf}}
		less, more := verdict(t, spec.Lt("d", 12345), row, declared), verdict(t, spec.Gt("d", 9), row, declared)
		if less == more && less != spec.Unknown || less == spec.True && inf > 0 {
			t.Errorf("%v < 12345: %v, %v > 9: %v", inf, less, inf, more)
		}
		if have := verdict(t, spec.Lt("ds", listValue(12345)), row, declared); have == spec.True && inf > 0 {
			t.Errorf("[%v] < [12345]: have %v", inf, have)
		}
	}
}
