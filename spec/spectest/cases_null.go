package spectest

import "github.com/rolespec/rolespec/spec"

var nullCases = []Case{
	ask("equal to null", "a caller without an account must not see the rows without one", spec.Eq("whole", spec.Null), three, "UUU"),
	ask("not equal to null", "nor all the others", spec.Ne("whole", spec.Null), three, "UUU"),
	ask("less than null", "nothing compares with null", spec.Lt("whole", spec.Null), three, "UUU"),
	ask("equal to null, text", "IS NULL in the place of = NULL shows rows", spec.Eq("name", spec.Null), each("name", "", "a", nil), "UUU"),
	ask("equal to null, list", "a null list is not an empty one", spec.Eq("names", spec.Null), each("names", []any{}, []any{nil}, nil), "UUU"),
	ask("is null", "the only operators that speak of null are this one and Distinct", spec.IsNull("whole"), three, "FFT"),
	ask("is not null", "two-valued", spec.NotNull("whole"), three, "TTF"),
	ask("an empty text is not null", "some engines store '' as null", spec.IsNull("name"), each("name", "", nil, " "), "FTF"),
	ask("empty bytes are not null", "some drivers send them as null, and read them as null", spec.IsNull("raw"), each("raw", []byte{}, nil, []byte{0}), "FTF"),
	ask("an empty list is not null", "'{}' and null are two things", spec.IsNull("names"), each("names", []any{}, nil, []any{nil}), "FTF"),
	ask("a list of null is not null", "nor is it empty", spec.NotNull("wholes"), each("wholes", []any{}, nil, []any{nil}), "TFT"),
	ask("zero is not null", "the zero value of a language is a value", spec.IsNull("whole"), each("whole", 0, nil), "FT"),
	ask("false is not null", "three values need three", spec.IsNull("flag"), each("flag", false, nil, true), "FTF"),
	ask("between with a null bound", "false where the other bound says so, and then its negation is true", spec.Between("whole", spec.Of(2), spec.Null), each("whole", 1, 2, nil), "FUU"),
	ask("distinct from a value", "null differs from every value", spec.Distinct("whole", 1), three, "FTT"),
	ask("not distinct from a value", "and so its negation is not true of null", spec.Not(spec.Distinct("whole", 1)), three, "TFF"),
	ask("distinct from null", "two-valued: it is IS NOT NULL", spec.Distinct("whole", spec.Null), three, "TTF"),
	ask("not distinct from null", "it is IS NULL", spec.Not(spec.Distinct("whole", spec.Null)), three, "FFT"),
	ask("distinct text", "byte for byte, as Eq", spec.Distinct("name", "a"), each("name", "a", "A", "a ", nil), "FTTT"),
	ask("distinct bool", "two-valued over three", spec.Distinct("flag", true), each("flag", true, false, nil), "FTT"),
	ask("distinct under or", "an engine that rewrites (a = b OR both null) loses the unknown", spec.Not(spec.Or(spec.Distinct("whole", 1), second)), nine, "FTU FFF FFF"),
	ask("a null needle", "what is looked for is not known", spec.Contains("name", spec.Null), each("name", "", "a", nil), "UUU"),
	ask("a null prefix", "starts_with(x, NULL)", spec.HasPrefix("name", spec.Null), each("name", "", nil), "UU"),
	ask("a null needle in lists", "nothing is in the empty list, not even what nobody knows", spec.Contains("names", spec.Null), each("names", []any{}, []any{"a"}, []any{nil}, nil), "FUUU"),
	ask("null among what lists overlap with", "what a null overlaps with, nobody knows", spec.Overlaps("names", spec.Of("a"), spec.Null), each("names", []any{"a"}, []any{}, nil), "UUU"),
}

var memberCases = []Case{
	ask("in", "unknown for null", spec.In("whole", 1, 3), each("whole", 1, 2, 3, nil), "TFTU"),
	ask("not in", "a row without a value is not outside the list", spec.NotIn("whole", 1, 3), each("whole", 1, 2, 3, nil), "FTFU"),
	ask("in a list with null", "what is in it is, the rest is unknown", spec.In("whole", spec.Of(1), spec.Null), three, "TUU"),
	ask("not in a list with null", "the trap of NOT IN: no row at all", spec.NotIn("whole", spec.Of(1), spec.Null), three, "FUU"),
	ask("in a list of null alone", "always unknown", spec.In("whole", spec.Null), three, "UUU"),
	ask("in one value", "as Eq", spec.In("name", "a"), each("name", "a", "A", nil), "TFU"),
	ask("in texts", "byte for byte: a collation folds lists as well", spec.In("name", "abc", "x'y"), each("name", "abc", "ABC", "abc ", "x'y", nil), "TFFTU"),
	ask("in with doubles", "an element twice is one", spec.In("whole", 1, 1, 1), three, "TFU"),
	ask("in texts of hostile kinds", "elements must not become more, or end the list", spec.In("name", "a,b", `"`, `\`, "{}", "NULL"), each("name", "a,b", "a", "b", `"`, `\`, "{}", "NULL", nil), "TFFTTTTU"),
	ask("not in texts", "the index of a collation merges what it thinks equal", spec.NotIn("name", "abc"), each("name", "abc", "ABC", "Abc", nil), "FTTU"),
	ask("in two cases of a text", "ranges of an index that are equal in its collation are merged to one", spec.In("name", "abc", "ABC"), each("name", "abc", "ABC", "Abc"), "TTF"),
	ask("or of two cases of a text", "the same, written out", spec.Or(spec.Eq("name", "abc"), spec.Eq("name", "ABC")), each("name", "abc", "ABC", "Abc"), "TTF"),
	ask("in booleans", "lists of booleans", spec.In("flag", true, false), each("flag", true, false, nil), "TTU"),
	ask("in floats", "a list as text loses digits", spec.In("real", 0.1, 0.30000000000000004), each("real", 0.1, 0.3, 0.30000000000000004, nil), "TFTU"),
	ask("in bytes", "JSON has no bytes", spec.In("raw", []byte{0xff}, []byte{}), each("raw", []byte{0xff}, []byte{}, []byte{0xff, 0}, nil), "TTFU"),
	ask("in decimals", "exact in lists", spec.In("amount", spec.MustDecimal("0.1"), spec.MustDecimal("12345678901234567.123456")), each("amount", spec.MustDecimal("0.10"), spec.MustDecimal("12345678901234567.123457"), spec.MustDecimal("12345678901234567.123456")), "TFT"),
	ask("in integers of every size", "an element beyond 64 bits equals nothing, and harms nobody", spec.In("whole", spec.Of(1), spec.Of(uint64(1<<63))), three, "TFU"),
	ask("in integers beyond 64 bits alone", "still unknown for null", spec.In("whole", uint64(1<<63)), three, "FFU"),
	ask("in instants", "a list of instants as text has no one form", spec.In("at", noon, noon.Add(1000)), each("at", noon, noon.Add(2000), noon.Add(1000), nil), "TFTU"),
	ask("in days", "lists of days", spec.In("day", spec.Of("2024-07-01")), each("day", day("2024-07-01"), day("2024-07-02"), nil), "TFU"),
	ask("in uuids", "upper case or lower, a UUID is a UUID", spec.In("key", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), each("key", keys[1], keys[2], nil), "TFU"),
}

func day(text string) spec.Date {
	d, err := spec.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}
