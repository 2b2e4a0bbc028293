package spec_test

import (
	"math"
	"regexp"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// What the rows hold: more than a value may.
var (
	rowTexts = []string{"", "a", "A", "ab", "ab ", "b", "ba", "é", "e\u0301", "%", "_", `a\`, "a\x00b", "\xff", "a\nb", "7", "a.b", "a.bc", "a.", "\u212a", "É"}
	rowTimes = []time.Time{
		{}, noon, noon.Add(999), noon.Add(time.Microsecond), noon.Add(time.Hour).In(tokyo), time.Date(1969, 7, 1, 0, 0, 0, 1999, time.UTC),
		time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Unix(-1<<60, 0),
	}
)

// constants are the values for the fields of a kind: of that kind and of every
// other that is converted to it.
var constants = map[spec.Kind][]spec.Value{
	spec.KindBool: values(false, true),
	spec.KindInt: append(values[any](-128, -1, 0, 1, 7, 127, int64(two53), int64(two53+1), int64(math.MinInt64), int64(math.MaxInt64), uint64(1<<63), uint64(math.MaxUint64)),
		values[any](-1.0, 7.0, math.Copysign(0, -1), float64(two53), dec("7.00"), dec("-1"), 255, math.MaxInt16, math.MaxInt32)...),
	spec.KindUint:    values[any](-1, 0, 1, 7, uint64(two53+1), int64(math.MaxInt64), uint64(1<<63), uint64(math.MaxUint64), 7.0, dec("1.0"), int64(math.MinInt64)),
	spec.KindFloat:   values[any](-1.5, 0, 0.0, math.Copysign(0, -1), 0.1, float64(float32(0.1)), 0.5, 1, 7, dec("0.1"), dec("7"), int64(two53), 1e300, math.MaxFloat64, -math.MaxFloat64),
	spec.KindDecimal: values[any](dec("-1.5"), -1.5, 0, "0.00", 0.1, "0.10", dec("0.1"), 1, "7.0", 7.0, int64(two53+1), uint64(math.MaxUint64), dec("0.0000001"), 1e-7),
	spec.KindString:  values("", "a", "A", "ab", "ab ", "b", "é", "e\u0301", "%", "_", `a\`, "10.0.0.1", "7", "-7", "k", "AB", "É"),
	spec.KindBytes:   values([]byte{}, []byte{0}, []byte("a"), []byte{255}, []byte("ab")),
	spec.KindTime: append(values(noon, noon.Add(1), noon.Add(time.Microsecond), noon.In(tokyo).Add(time.Hour), time.Date(1969, 7, 1, 0, 0, 0, 1000, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)),
		values("2024-07-01T14:00:00+02:00", "2024-07-01T12:00:00.000001Z", "0001-01-01T00:00:01Z")...),
	spec.KindDate: append(values(date(2024, 7, 1), date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)), values("2024-07-01", "2024-02-28")...),
	spec.KindUUID: append(values(id, [16]byte{}, [16]byte{255}), values(idText, "FF000000-0000-0000-0000-000000000000")...),
}

var (
	patternTexts = []string{"", "a", "a|b", "(?i)A", ".*b", "^$", `\Qa`, "[ab]+", "a$", "(?s)a.b", ".", `\d`, "é"}
	patterns     = map[string]*regexp.Regexp{}
	paths        = []string{"a", "a.b", "A", "7", "10.0", "a.b.c"}
)

func init() {
	for _, text := range patternTexts {
		patterns[text] = regexp.MustCompile(text)
	}
}

func values[V any](vs ...V) []spec.Value {
	all := make([]spec.Value, len(vs))
	for i, v := range vs {
		value, err := spec.ValueOf(v)
		if err != nil {
			panic(err)
		}
		all[i] = value
	}
	return all
}
