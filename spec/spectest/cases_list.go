package spectest

import "github.com/rolespec/rolespec/spec"

var listCases = []Case{
	ask("an element", "null elements are passed over, and the empty list has none", spec.Contains("names", "a"), each("names", []any{"a"}, []any{"b", "a"}, []any{nil, "a"}, []any{nil}, []any{}, []any{"b"}, nil), "TTTFFFU"),
	ask("no such element", "= ANY makes a list with a null element unknown, and its negation hides it", spec.Not(spec.Contains("names", "a")), each("names", []any{"a"}, []any{nil}, []any{"b", nil}, []any{}, nil), "FTTTU"),
	ask("an element, byte for byte", "a collation folds elements too", spec.Contains("names", "a"), each("names", []any{"A"}, []any{"a "}, []any{"ä"}, []any{"ab"}), "FFFF"),
	ask("an element with a comma", "lists as text are torn apart", spec.Contains("names", "a,b"), each("names", []any{"a,b"}, []any{"a", "b"}), "TF"),
	ask("elements that look like lists", "quotes, brackets and braces", spec.Contains("names", `["a"]`), each("names", []any{`["a"]`}, []any{"a"}, []any{`"a"`}), "TFF"),
	ask("an element NULL", "the text, not null", spec.Contains("names", "NULL"), each("names", []any{"NULL"}, []any{nil}, []any{"null"}), "TFF"),
	ask("an empty element", "the empty text is an element as others are", spec.Contains("names", ""), each("names", []any{""}, []any{}, []any{nil}, []any{" "}), "TFFF"),
	ask("an element of emoji", "beyond the BMP, which JSON writes as two", spec.Contains("names", "😀"), each("names", []any{"😀"}, []any{"😁"}), "TF"),
	ask("an element of JSON", "a column of JSON", spec.Contains("labels", "a"), each("labels", []any{"a", nil}, []any{nil}, []any{"A"}, []any{}, nil), "TFFFU"),
	ask("an element of another text type", "arrays of varchar are not arrays of text", spec.Contains("tags", "a"), each("tags", []any{"a", nil}, []any{nil}, []any{"A"}, nil), "TFFU"),
	ask("an integer in a list", "exact above 2^53", spec.Contains("wholes", int64(two53+1)), each("wholes", []any{int64(two53 + 1)}, []any{int64(two53)}, []any{nil}, nil), "TFFU"),
	ask("a boolean in a list", "true is not 1", spec.Contains("flags", true), each("flags", []any{true}, []any{false, nil}, []any{}, nil), "TFFU"),
	ask("false in a list", "nor is false null", spec.Contains("flags", false), each("flags", []any{false}, []any{nil}, []any{true}), "TFF"),
	ask("a decimal in a list", "1.50 is 1.5", spec.Contains("amounts", spec.MustDecimal("1.50")), each("amounts", []any{spec.MustDecimal("1.5")}, []any{spec.MustDecimal("15"), nil}, nil), "TFU"),
	ask("a float in a list", "0.1 + 0.2 is not 0.3", spec.Contains("reals", 0.3), each("reals", []any{0.3}, []any{0.30000000000000004}, []any{nil}, nil), "TFFU"),
	ask("a large float in a list", "JSON writes it as an integer, which is not what it is", spec.Contains("reals", float64(1<<62)), each("reals", []any{float64(1 << 62)}, []any{float64(1<<62) + 1024}, nil), "TFU"),
	ask("a day in a list", "a day", spec.Contains("days", day("2024-07-01")), each("days", []any{day("2024-07-01")}, []any{day("2024-07-02")}, nil), "TFU"),
	ask("a uuid in a list", "in either case", spec.Contains("keys", "6BA7B810-9DAD-11D1-80B4-00C04FD430C8"), each("keys", []any{keys[1]}, []any{keys[2], nil}, nil), "TFU"),
	ask("an integer beyond 64 bits in a list", "nothing is", spec.Contains("wholes", uint64(1<<63)), each("wholes", []any{1}, []any{}, nil), "FFU"),
}

var overlapCases = []Case{
	ask("overlaps", "a common element", spec.Overlaps("names", "a", "b"), each("names", []any{"b", "c"}, []any{"c"}, []any{"c", nil}, []any{}, []any{nil, "a"}, nil), "TFFFTU"),
	ask("does not overlap", "null elements do not make it unknown", spec.Not(spec.Overlaps("names", "a", "b")), each("names", []any{"b"}, []any{"c", nil}, []any{}, nil), "FTTU"),
	ask("overlaps integers", "lists of integers", spec.Overlaps("wholes", 1, 2), each("wholes", []any{2, 3}, []any{12}, []any{nil}, nil), "TFFU"),
	ask("overlaps beyond 64 bits", "an element that no row can have", spec.Overlaps("wholes", spec.Of(1), spec.Of(uint64(1<<63))), each("wholes", []any{1}, []any{2}, nil), "TFU"),
	ask("overlaps JSON", "a column of JSON", spec.Overlaps("labels", "a", `"`), each("labels", []any{`"`}, []any{"A"}, []any{}, nil), "TFFU"),
	ask("overlaps booleans", "lists of booleans", spec.Overlaps("flags", true), each("flags", []any{true, nil}, []any{false}, nil), "TFU"),
	ask("overlaps decimals", "exact", spec.Overlaps("amounts", spec.MustDecimal("0.10")), each("amounts", []any{spec.MustDecimal("0.1")}, []any{spec.MustDecimal("0.11")}, nil), "TFU"),
	ask("overlaps large floats", "the same", spec.Overlaps("reals", 0.25, float64(1<<62)), each("reals", []any{float64(1 << 62)}, []any{float64(1 << 61)}, nil), "TFU"),
	ask("overlaps, byte for byte", "a collation folds", spec.Overlaps("names", "abc"), each("names", []any{"ABC"}, []any{"abc "}, []any{"abc"}), "FFT"),
}

var listValueCases = []Case{
	ask("equal lists", "element by element, in their order", spec.Eq("names", List("a", "b")), each("names", []any{"a", "b"}, []any{"b", "a"}, []any{"a"}, []any{"a", "b", "c"}, []any{}, nil), "TFFFFU"),
	ask("equal to the empty list", "null is not empty", spec.Eq("names", List()), each("names", []any{}, []any{nil}, nil), "TFU"),
	ask("equal lists with null", "here, and only here, null equals null", spec.Eq("names", List("a", nil)), each("names", []any{"a", nil}, []any{nil, "a"}, []any{"a"}, nil), "TFFU"),
	ask("unequal lists", "three values", spec.Ne("wholes", List(1)), each("wholes", []any{1}, []any{2}, []any{1, 1}, []any{}, nil), "FTTTU"),
	ask("order of lists", "element by element, then the shorter", spec.Lt("wholes", List(1, 2)), each("wholes", []any{1}, []any{1, 2}, []any{1, 3}, []any{0, 9}, []any{}, []any{10}, nil), "TFFTTFU"),
	ask("order of lists with null", "null comes last", spec.Gt("wholes", List(5)), each("wholes", []any{nil}, []any{5, nil}, []any{4, nil}, []any{6}, nil), "TTFTU"),
	ask("order of lists of texts", "byte by byte", spec.Lt("names", List("a")), each("names", []any{"B"}, []any{"a"}, []any{"b"}, []any{}, nil), "TFFTU"),
	ask("equal lists of large floats", "as elements, and their order", spec.And(spec.Eq("reals", List(float64(1<<62), 0.5)), spec.Not(spec.Lt("reals", List(float64(1<<62))))), each("reals", []any{float64(1 << 62), 0.5}, []any{float64(1 << 62)}, nil), "TFU"),
	ask("distinct lists", "two-valued", spec.Distinct("names", List("a")), each("names", []any{"a"}, []any{"A"}, []any{}, nil), "FTTT"),
	ask("in lists", "a list among lists", spec.In("names", List("a"), List()), each("names", []any{"a"}, []any{}, []any{"b"}, nil), "TTFU"),
	ask("not in lists", "a list among lists, with null", spec.NotIn("names", List("a"), spec.Null), each("names", []any{"a"}, []any{"b"}, nil), "FUU"),
}

var fieldCases = []Case{
	ask("two fields equal", "unknown where either is null", spec.Eq("whole", spec.Ref("whole2")), nine, "TFU FTU UUU"),
	ask("two fields unequal", "created by one, approved by another", spec.Ne("whole", spec.Ref("whole2")), nine, "FTU TFU UUU"),
	ask("two fields in order", "which is less", spec.Lt("whole", spec.Ref("whole2")), nine, "FTU FFU UUU"),
	ask("two fields distinct", "two nulls are not", spec.Distinct("whole", spec.Ref("whole2")), nine, "FTT TFT TTF"),
	ask("a field and itself", "not true of null", spec.Eq("whole", spec.Ref("whole")), three, "TTU"),
	ask("two texts equal", "byte for byte, whatever the collations of the two", spec.Eq("name", spec.Ref("name2")),
		number(Row{"name": "a", "name2": "a"}, Row{"name": "a", "name2": "A"}, Row{"name": "a", "name2": "a "}, Row{"name": "", "name2": ""}, Row{"name": "", "name2": nil}), "TFFTU"),
	ask("two texts in order", "by their bytes", spec.Lt("name", spec.Ref("name2")), number(Row{"name": "B", "name2": "a"}, Row{"name": "a", "name2": "B"}, Row{"name": "ab", "name2": "ab\t"}), "TFT"),
	ask("two decimals", "exact", spec.Gte("amount", spec.Ref("amount2")),
		number(Row{"amount": spec.MustDecimal("1.50"), "amount2": spec.MustDecimal("1.5")}, Row{"amount": spec.MustDecimal("9"), "amount2": spec.MustDecimal("10")}, Row{"amount": spec.MustDecimal("1")}), "TFU"),
	ask("two instants", "in any zones", spec.Eq("at", spec.Ref("at2")), number(Row{"at": noon, "at2": noon.In(berlin)}, Row{"at": noon, "at2": noon.Add(1000)}), "TF"),
	ask("two uuids in order", "octet by octet", spec.Lt("key", spec.Ref("key2")), number(Row{"key": keys[4], "key2": keys[5]}, Row{"key": keys[5], "key2": keys[4]}), "TF"),
	ask("two labels", "enums have no order, but equality", spec.Ne("mood", spec.Ref("mood2")), number(Row{"mood": "calm", "mood2": "Calm"}, Row{"mood": "calm", "mood2": "calm"}, Row{"mood": "calm"}), "TFU"),
	ask("two of cents", "integers of the smallest unit", spec.Lt("cents", spec.Ref("cents2")), number(Row{"cents": spec.MustDecimal("0.9"), "cents2": spec.MustDecimal("0.91")}, Row{"cents": spec.MustDecimal("2"), "cents2": spec.MustDecimal("1.99")}), "TF"),
	ask("two of bytes", "the empty ones too", spec.Eq("raw", spec.Ref("raw2")), number(Row{"raw": []byte{}, "raw2": []byte{}}, Row{"raw": []byte{0}, "raw2": []byte{}}, Row{"raw": []byte{}}), "TFU"),
	ask("two days, not distinct", "the negation is two-valued", spec.Not(spec.Distinct("day", spec.Ref("day2"))), number(Row{"day": day("2024-07-01"), "day2": day("2024-07-01")}, Row{"day": day("2024-07-01")}, Row{}), "TFT"),
}

var nestedCases = []Case{
	ask("nested", "a dot leads into a part of the row", spec.Eq("size.width", 3), number(Row{"size": map[string]any{"width": 3}}, Row{"size": map[string]any{"width": 4}}, Row{"size": map[string]any{}}, Row{"size": nil}, Row{}), "TFUUU"),
	ask("nested null", "what leads to it may be missing", spec.IsNull("size.unit.name"), number(Row{"size": map[string]any{"unit": map[string]any{"name": "cm"}}}, Row{"size": map[string]any{"unit": nil}}, Row{}), "FTT"),
	ask("nested beside plain", "names with the same end are two fields", spec.And(spec.Eq("name", "a"), spec.Eq("size.unit.name", "b")), number(Row{"name": "a", "size": map[string]any{"unit": map[string]any{"name": "b"}}}, Row{"name": "b", "size": map[string]any{"unit": map[string]any{"name": "a"}}}, Row{"name": "a"}), "TFU"),
}
