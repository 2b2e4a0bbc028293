package spectest

import (
	"math"

	"github.com/rolespec/rolespec/spec"
)

const two53 = 1 << 53

var boolCases = []Case{
	ask("equal to true", "unknown for null", spec.Eq("flag", true), each("flag", true, false, nil), "TFU"),
	ask("not equal to true", "null is not false", spec.Ne("flag", true), each("flag", true, false, nil), "FTU"),
	ask("less than true", "false comes before true", spec.Lt("flag", true), each("flag", true, false, nil), "FTU"),
	ask("at least false", "both are", spec.Gte("flag", false), each("flag", true, false, nil), "TTU"),
}

var intCases = []Case{
	ask("equal integers", "the simplest", spec.Eq("whole", 7), each("whole", 7, -7, 70, nil), "TFFU"),
	ask("unequal integers", "the row without a value stays hidden", spec.Ne("whole", 7), each("whole", 7, -7, nil), "FTU"),
	ask("less", "order", spec.Lt("whole", 7), each("whole", 6, 7, 8, -8, nil), "TFFTU"),
	ask("less or equal", "the bound belongs to it", spec.Lte("whole", 7), each("whole", 6, 7, 8, nil), "TTFU"),
	ask("greater", "the bound does not belong to it", spec.Gt("whole", 7), each("whole", 6, 7, 8, nil), "FFTU"),
	ask("greater or equal", "as numbers, not as texts: 10 > 9", spec.Gte("whole", 9), each("whole", 9, 10, 8, nil), "TTFU"),
	ask("between", "both bounds belong to it", spec.Between("whole", 2, 4), each("whole", 1, 2, 3, 4, 5, nil), "FTTTFU"),
	ask("between reversed bounds", "nothing is", spec.Between("whole", 4, 2), each("whole", 1, 2, 3, 4, nil), "FFFFU"),
	ask("above 2^53", "a float has no 2^53+1: compared as floats, both rows are equal", spec.Eq("whole", int64(two53+1)), each("whole", int64(two53), int64(two53+1), int64(two53+2)), "FTF"),
	ask("greater than 2^53", "the same for order", spec.Gt("whole", int64(two53)), each("whole", int64(two53), int64(two53+1), int64(two53-1)), "FTF"),
	ask("in above 2^53", "the same for lists, which travel as JSON", spec.In("whole", int64(two53+1)), each("whole", int64(two53), int64(two53+1)), "FT"),
	ask("the largest integer", "MaxInt64 as a float is 2^63", spec.Eq("whole", int64(math.MaxInt64)), each("whole", int64(math.MaxInt64), int64(math.MaxInt64-1)), "TF"),
	ask("the smallest integer", "its negation has no integer", spec.Lte("whole", int64(math.MinInt64)), each("whole", int64(math.MinInt64), int64(math.MinInt64+1), nil), "TFU"),
	ask("beyond 32 bits", "an integer column of 32 bits with a larger constant is an error in PostgreSQL", spec.Lt("whole", int64(3_000_000_000)), each("whole", 1, int64(3_000_000_000), nil), "TFU"),
	ask("equal to an integer beyond 64 bits", "no row is, and none without a value is not", spec.Eq("whole", uint64(1<<63)), each("whole", int64(math.MaxInt64), int64(math.MinInt64), nil), "FFU"),
	ask("unequal to an integer beyond 64 bits", "every row with a value is", spec.Ne("whole", uint64(1<<63)), each("whole", int64(math.MaxInt64), nil), "TU"),
	ask("less than an integer beyond 64 bits", "every row with a value is", spec.Lt("whole", uint64(1<<63)), each("whole", int64(math.MaxInt64), int64(-1), nil), "TTU"),
	ask("greater than an integer beyond 64 bits", "no row is", spec.Gt("whole", uint64(math.MaxUint64)), each("whole", int64(math.MaxInt64), int64(-1), nil), "FFU"),
	ask("a float that is an integer", "7.0 is 7", spec.Eq("whole", 7.0), each("whole", 7, 8), "TF"),
	ask("a decimal that is an integer", "7.00 is 7", spec.Eq("whole", spec.MustDecimal("7.00")), each("whole", 7, 70), "TF"),
	ask("a large float beside integers", "2^53 as a float is one integer, not three", spec.Eq("whole", float64(two53)), each("whole", int64(two53), int64(two53+1), int64(two53-1)), "TFF"),
}

var uintCases = []Case{
	ask("unsigned equal", "they compare as integers", spec.Eq("count", 7), each("count", uint64(7), uint64(0), nil), "TFU"),
	ask("unsigned and negative", "-1 is not the largest unsigned integer", spec.Gt("count", -1), each("count", uint64(0), uint64(math.MaxInt64), nil), "TTU"),
	ask("unsigned equal to a negative", "nothing is", spec.Eq("count", -1), each("count", uint64(0), uint64(math.MaxInt64), nil), "FFU"),
	ask("unsigned beyond 63 bits", "a driver that has only int64 refuses it", spec.Lt("count", uint64(math.MaxUint64)), each("count", uint64(0), uint64(math.MaxInt64), nil), "TTU"),
	ask("unsigned not in", "lists", spec.NotIn("count", spec.Of(0), spec.Of(uint64(math.MaxUint64))), each("count", uint64(0), uint64(1), nil), "FTU"),
}

var floatCases = []Case{
	ask("equal floats", "0.1 as it is stored", spec.Eq("real", 0.1), each("real", 0.1, 0.1+1e-17, 0.2, nil), "TTFU"),
	ask("sums of floats", "0.1 + 0.2 is not 0.3", spec.Eq("real", 0.3), each("real", 0.3, 0.30000000000000004), "TF"),
	ask("negative zero", "it is zero", spec.Eq("real", 0.0), each("real", 0.0, math.Copysign(0, -1), nil), "TTU"),
	ask("floats in order", "order", spec.Lt("real", -0.5), each("real", -0.5, -1.0, 0.5, nil), "FTFU"),
	ask("large floats", "text that is sent instead of a float may be cut", spec.Gte("real", math.MaxFloat64), each("real", math.MaxFloat64, 1e300, nil), "TFU"),
	ask("the smallest float", "it is not zero", spec.Gt("real", 0.0), each("real", math.SmallestNonzeroFloat64, 0.0), "TF"),
	ask("an integer beside floats", "1 is 1.0", spec.Eq("real", 1), each("real", 1.0, 1.5), "TF"),
	ask("a decimal beside floats", "0.5 is exact in both", spec.Lte("real", spec.MustDecimal("0.5")), each("real", 0.5, 0.25, 0.75), "TTF"),
	ask("infinite floats", "greater than every number; MariaDB cannot store them", spec.Gt("real", 1e300), each("real", math.Inf(1), math.Inf(-1), 1.0), "TFF"),
	ask("infinite floats are not null", "IS NULL is false of them", spec.IsNull("real"), each("real", math.Inf(1), nil), "FT"),
	ask("floats that are integers", "2^53+2 is one, 2^53+1 is none", spec.Eq("real", int64(two53+2)), each("real", float64(two53), float64(two53+2), float64(two53+4)), "FTF"),
}

var decimalCases = []Case{
	ask("decimals are exact", "SQLite's NUMERIC and every float lose the last digits", spec.Eq("amount", spec.MustDecimal("12345678901234567.123456")),
		each("amount", spec.MustDecimal("12345678901234567.123456"), spec.MustDecimal("12345678901234567.123457"), nil), "TFU"),
	ask("decimals of another scale", "1.50 is 1.5", spec.Eq("amount", spec.MustDecimal("1.50")), each("amount", spec.MustDecimal("1.5"), spec.MustDecimal("1.05"), spec.MustDecimal("15")), "TFF"),
	ask("decimals in order", "as numbers: as texts 10 comes before 9", spec.Gt("amount", spec.MustDecimal("9")), each("amount", spec.MustDecimal("10"), spec.MustDecimal("9.01"), spec.MustDecimal("9"), spec.MustDecimal("-10"), nil), "TTFFU"),
	ask("negative decimals", "as texts -10 comes after -1", spec.Lt("amount", spec.MustDecimal("-1")), each("amount", spec.MustDecimal("-10"), spec.MustDecimal("-1"), spec.MustDecimal("-0.5")), "TFF"),
	ask("a tiny decimal", "the thirtieth digit counts", spec.Gt("amount", spec.MustDecimal("0")), each("amount", spec.MustDecimal("0.000000000000000000000000000001"), spec.MustDecimal("0"), spec.MustDecimal("-0.1")), "TFF"),
	ask("a decimal finer than the column", "a parameter that is rounded to the column's scale equals what it does not", spec.Eq("amount", spec.MustDecimal("1.0000000000000000000000000000000000000001")), each("amount", spec.MustDecimal("1"), nil), "FU"),
	ask("a float beside decimals", "0.1 stands for the decimal 0.1", spec.Eq("amount", 0.1), each("amount", spec.MustDecimal("0.1"), spec.MustDecimal("0.10000000000000000555")), "TF"),
	ask("an integer beside decimals", "exact", spec.Eq("amount", int64(9007199254740993)), each("amount", spec.MustDecimal("9007199254740993"), spec.MustDecimal("9007199254740992")), "TF"),
	ask("an unsigned integer beside decimals", "beyond 64 bits there are decimals", spec.Eq("amount", uint64(1<<63)), each("amount", spec.MustDecimal("9223372036854775808"), spec.MustDecimal("9223372036854775807")), "TF"),
	ask("a decimal given as text", "JSON has no decimals", spec.Lte("amount", "0.10"), each("amount", spec.MustDecimal("0.1"), spec.MustDecimal("0.11")), "TF"),
	ask("unequal decimals", "three values", spec.Ne("amount", spec.MustDecimal("0")), each("amount", spec.MustDecimal("-0"), spec.MustDecimal("0.00"), spec.MustDecimal("0.01"), nil), "FFTU"),
}

var centsCases = []Case{
	ask("cents", "an integer of the smallest unit", spec.Eq("cents", spec.MustDecimal("1.01")), each("cents", spec.MustDecimal("1.01"), spec.MustDecimal("101"), nil), "TFU"),
	ask("between two cents", "no row can be equal to it, and its negation shows all the others", spec.Eq("cents", spec.MustDecimal("1.005")), each("cents", spec.MustDecimal("1"), spec.MustDecimal("1.01"), nil), "FFU"),
	ask("less than between two cents", "the bound is rounded to the side that keeps the answer", spec.Lt("cents", spec.MustDecimal("1.005")), each("cents", spec.MustDecimal("1"), spec.MustDecimal("1.01"), nil), "TFU"),
	ask("negative, between two cents", "and below zero to the other", spec.Gte("cents", spec.MustDecimal("-1.005")), each("cents", spec.MustDecimal("-1"), spec.MustDecimal("-1.01"), nil), "TFU"),
	ask("cents out of range", "more than any integer of cents", spec.Lt("cents", spec.MustDecimal("100000000000000000000")), each("cents", spec.MustDecimal("92233720368547758.07"), nil), "TU"),
	ask("in cents", "an element that no column of cents can hold", spec.In("cents", spec.MustDecimal("0.001"), spec.MustDecimal("0.01")), each("cents", spec.MustDecimal("0.01"), spec.MustDecimal("0"), nil), "TFU"),
	ask("not in cents", "lists", spec.NotIn("cents", spec.MustDecimal("0.001")), each("cents", spec.MustDecimal("0"), nil), "TU"),
}
