package spectest

import (
	"math"
	"slices"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// Pool returns what the rows of a world hold in a field, or in the elements of
// one that is a list: values that have led some engine astray, and what is next
// to them. It depends on the kind, the labels and the [Stem] of the field.
func Pool(f spec.Field) []any {
	if len(f.Labels) > 0 {
		return anys(f.Labels)
	}
	switch f.Kind {
	case spec.KindBool:
		return []any{false, true}
	case spec.KindInt:
		return anys(wholes)
	case spec.KindUint:
		return anys(counts)
	case spec.KindFloat:
		if f.List { // JSON has no infinity
			return anys(finite)
		}
		return anys(slices.Concat(infinite, finite))
	case spec.KindDecimal:
		if Stem(f.Name) == "cents" {
			return decimals(cents)
		}
		return decimals(amounts)
	case spec.KindBytes:
		return anys(raws)
	case spec.KindTime:
		return anys(instants)
	case spec.KindDate:
		return dates(days)
	case spec.KindUUID:
		return anys(keys)
	}
	switch Stem(f.Name) {
	case "path":
		return anys(paths)
	case "tree":
		return anys(trees)
	}
	return anys(texts)
}

func anys[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

func decimals(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		out[i] = spec.MustDecimal(text)
	}
	return out
}

func dates(texts []string) []any {
	out := make([]any, len(texts))
	for i, text := range texts {
		d, err := spec.ParseDate(text)
		if err != nil {
			panic("spectest: " + err.Error())
		}
		out[i] = d
	}
	return out
}

var texts = []string{
	"", " ", "a", "A", "ab", "aB", "abc", "abc ", " abc", "ä", "Ä", "a\u0308", "ß", "ss", "ſ", "s", "K", "k", "\u212a",
	"i", "İ", "ı", "%", "_", "a%b", "a_b", `\`, `a\b`, "!", "a!b", "*", "?", "[a]", "^", "'", `"`, "''", "''; DROP TABLE rows; --",
	"$1", "a\nb", "a\n", "\t", "😀", "😁", "x😀", "\U0010ffff", "\ud7ff", "\ue000", "a\U0010ffff", "null", "NULL", "None", "true", "0", "007", "7", "1e3",
	"a.b", "a.bc", "a/b", "\u200b", "\u00ad", "abc\u200b", "日本", "日本語", "{a}", "{}", "[]", "[\"a\"]", `","`, "é", "e\u0301", "ab\t",
}

// paths and what is nearly below them.
var paths = []string{"1", "1.2", "1.20", "1.2.3", "1.2/3", "1.2.", "1-2", "a", "A", "a.b", "a.bc", "a.b.c", "a_b", "axb", "b.a.b", "a b", "A.b", ""}

var trees = []string{"1", "1.2", "1.20", "1.2.3", "a", "A", "a.b", "a.bc", "a.b.c", "a_b", "b.a.b", "axb"}

var wholes = []int64{0, 1, -1, 2, 3, 7, 255, 1 << 31, -1 << 31, 1<<53 - 1, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64}

// counts stop where the widest integer that every engine has stops.
var counts = []uint64{0, 1, 2, 7, 255, 1 << 32, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MaxInt64 - 1}

var (
	finite = []float64{
		0, 1, -1, 0.1, 0.5, -0.5, 1.5, 1e-7, 1e300, -1e300, 0.1 + 0.2, 0.3, 1 << 53, 1<<53 + 2, 1 << 62, 1 << 63, math.MaxFloat64,
		math.SmallestNonzeroFloat64, 5.9, 6, 7, 1e15, 1e16, 123456789.125, 2.5, 1e21,
	}
	infinite = []float64{math.Inf(1), math.Inf(-1)}
)

var amounts = []string{
	"0", "1", "-1", "0.1", "-0.1", "1.5", "1.005", "100.01", "12345678901234567.123456", "12345678901234567.123457",
	"9007199254740993", "9223372036854775808", "-10000000000000000000000000000000.000001", "0.000000000000000000000000000001", "99.99", "0.01", "92233720368547758.07",
}

var cents = []string{"0", "0.01", "-0.01", "0.1", "1", "1.01", "-1", "-1.5", "2.99", "7", "99.99", "100", "-100.99", "12345.67", "92233720368547758.07"}

var days = []string{"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-07-01", "2024-07-02", "9999-12-31"}

var keys = []string{
	"00000000-0000-0000-0000-000000000000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B811-9DAD-11D1-80B4-00C04FD430C8", "ffffffff-ffff-ffff-ffff-ffffffffffff",
	"00000001-0000-1000-8000-ffffffffffff", "ffffffff-0000-1000-8000-000000000001", "10000000-0000-7000-8000-00000000000a",
}

var raws = [][]byte{{}, {0}, []byte("a"), []byte("A"), []byte("ab"), []byte("a "), {'a', 0}, {'a', 0xff}, {0xff}, {0xff, 0xff}, []byte("ä"), []byte(`\x61`)}

var (
	noon     = time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	berlin   = time.FixedZone("", 2*60*60)
	instants = []time.Time{
		noon, noon.In(berlin), noon.Add(time.Microsecond), noon.Add(999 * time.Nanosecond), noon.Add(-time.Microsecond), noon.Add(500 * time.Millisecond),
		time.Date(2024, 7, 2, 0, 30, 0, 0, berlin), time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC),
		time.Unix(0, 0).UTC(), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC),
	}
)
