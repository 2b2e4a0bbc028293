package agree_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// The rows of these tests: a field of every kind, all but the id nullable, each
// filled from a pool of values that have led some engine astray.
var (
	fields = []spec.Field{
		{Name: "id", Kind: spec.KindInt},
		{Name: "truth", Kind: spec.KindBool, Nullable: true},
		{Name: "whole", Kind: spec.KindInt, Nullable: true},
		{Name: "real", Kind: spec.KindFloat, Nullable: true},
		{Name: "amount", Kind: spec.KindDecimal, Nullable: true},
		{Name: "cents", Kind: spec.KindDecimal, Nullable: true},
		{Name: "name", Kind: spec.KindString, Nullable: true},
		{Name: "mood", Kind: spec.KindString, Nullable: true, Labels: []string{"calm", "Calm", "cross"}},
		{Name: "raw", Kind: spec.KindBytes, Nullable: true},
		{Name: "at", Kind: spec.KindTime, Nullable: true},
		{Name: "local", Kind: spec.KindTime, Nullable: true},
		{Name: "day", Kind: spec.KindDate, Nullable: true},
		{Name: "key", Kind: spec.KindUUID, Nullable: true},
		{Name: "blob_key", Kind: spec.KindUUID, Nullable: true},
		{Name: "tags", Kind: spec.KindString, Nullable: true, List: true},
		{Name: "labels", Kind: spec.KindString, Nullable: true, List: true},
		{Name: "nums", Kind: spec.KindInt, Nullable: true, List: true},
		{Name: "sums", Kind: spec.KindDecimal, Nullable: true, List: true},
		{Name: "flags", Kind: spec.KindBool, Nullable: true, List: true},
		{Name: "path", Kind: spec.KindString, Nullable: true},
		{Name: "tree", Kind: spec.KindString, Nullable: true},
		{Name: "whole2", Kind: spec.KindInt, Nullable: true},
		{Name: "real2", Kind: spec.KindFloat, Nullable: true},
		{Name: "amount2", Kind: spec.KindDecimal, Nullable: true},
		{Name: "name2", Kind: spec.KindString, Nullable: true},
		{Name: "at2", Kind: spec.KindTime, Nullable: true},
		{Name: "size.width", Kind: spec.KindInt, Nullable: true},
	}
	schema = func() *spec.Schema {
		sc, err := spec.NewSchema(fields...)
		if err != nil {
			panic(err)
		}
		return sc
	}()
)

var texts = []string{
	"", " ", "a", "A", "ab", "aB", "abc", "abc ", " abc", "ä", "Ä", "a\u0308", "ß", "ss", "ſ", "s", "K", "k", "\u212a",
	"i", "İ", "ı", "%", "_", "a%b", "a_b", `\`, `a\b`, "!", "a!b", "*", "?", "[a]", "^", "'", `"`, "''", "''; DROP TABLE rows; --",
	"$1", "?", "a\nb", "a\n", "\t", "😀", "😁", "x😀", "\U0010ffff", "\ud7ff", "\ue000", "a\U0010ffff", "null", "NULL", "None", "true", "0", "007", "7", "1e3",
	"a.b", "a.bc", "a/b", "\u200b", "\u00ad", "abc\u200b", "日本", "日本語", "{a}", "{}", "[]", "[\"a\"]", `","`,
}

// paths and what is nearly below them.
var paths = []string{"1", "1.2", "1.20", "1.2.3", "1.2/3", "1.2.", "1-2", "a", "A", "a.b", "a.bc", "a.b.c", "a_b", "axb", "b.a.b", ""}

var trees = []string{"1", "1.2", "1.20", "1.2.3", "a", "A", "a.b", "a.bc", "a.b.c", "a_b", "b.a.b"}

var wholes = []int64{0, 1, -1, 2, 3, 7, 255, 1 << 31, -1 << 31, 1<<53 - 1, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64}

var reals = []float64{0, 1, -1, 0.1, 0.5, -0.5, 1.5, 1e-7, 1e300, -1e300, 0.1 + 0.2, 1 << 53, 1 << 62, math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64, 5.9}

var amounts = []string{
	"0", "1", "-1", "0.1", "-0.1", "1.5", "1.005", "100.01", "12345678901234567.123456", "12345678901234567.123457",
	"9007199254740993", "9223372036854775808", "-10000000000000000000000000000000.000001", "0.000000000000000000000000000001", "99.99", "0.01", "92233720368547758.07",
}

var days = []string{"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-07-01", "2024-07-02", "9999-12-31"}

var keys = []string{
	"00000000-0000-0000-0000-000000000000", "f8925348-ae8d-48f2-a5d1-37cfcc9978de", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B811-9DAD-11D1-80B4-00C04FD430C8", "ffffffff-ffff-ffff-ffff-ffffffffffff",
}

var (
	noon     = time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	berlin   = time.FixedZone("", 2*60*60)
	instants = []time.Time{
		noon, noon.In(berlin), noon.Add(time.Microsecond), noon.Add(999 * time.Nanosecond), noon.Add(-time.Microsecond), noon.Add(500 * time.Millisecond),
		time.Date(2024, 7, 2, 0, 30, 0, 0, berlin), time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC),
		time.Unix(0, 0), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC),
	}
)

func pick[T any](r *rand.Rand, pool []T) T { return pool[r.IntN(len(pool))] }

// scalar returns a value that a row of the kind can hold.
func scalar(r *rand.Rand, f spec.Field) any {
	switch f.Kind {
	case spec.KindBool:
		return r.IntN(2) == 0
	case spec.KindInt:
		return pick(r, wholes)
	case spec.KindFloat:
		return pick(r, reals)
	case spec.KindDecimal:
		if f.Name == "cents" {
			return spec.MustDecimal(fmt.Sprintf("%d.%02d", r.IntN(300)-150, r.IntN(100)))
		}
		return spec.MustDecimal(pick(r, amounts))
	case spec.KindBytes:
		return []byte(pick(r, texts) + pick(r, []string{"", "\x00", "\xff"}))
	case spec.KindTime:
		return pick(r, instants)
	case spec.KindDate:
		d, _ := spec.ParseDate(pick(r, days))
		return d
	case spec.KindUUID:
		return pick(r, keys)
	}
	switch {
	case len(f.Labels) > 0:
		return pick(r, f.Labels)
	case f.Name == "path":
		return pick(r, paths)
	case f.Name == "tree":
		return pick(r, trees)
	}
	return pick(r, texts)
}

func randomRow(r *rand.Rand, id int) map[string]any {
	row := map[string]any{"id": int64(id)}
	for _, f := range fields[1:] {
		var v any
		switch {
		case r.IntN(6) == 0: // null
		case f.List:
			list := make([]any, r.IntN(4))
			for i := range list {
				if r.IntN(6) > 0 {
					list[i] = scalar(r, spec.Field{Kind: f.Kind})
				}
			}
			v = list
		default:
			v = scalar(r, f)
		}
		if parent, child, nested := strings.Cut(f.Name, "."); nested {
			if v != nil || r.IntN(2) == 0 {
				row[parent] = map[string]any{child: v}
			}
			continue
		}
		row[f.Name] = v
	}
	return row
}

// stored returns what a program stores for a field of a row.
func stored(row map[string]any, f spec.Field, sqlite bool) any {
	v := any(row)
	for part := range strings.SplitSeq(f.Name, ".") {
		m, _ := v.(map[string]any)
		v = m[part]
	}
	if v == nil {
		return nil
	}
	if f.List {
		return storedList(v.([]any), f, sqlite)
	}
	switch x := v.(type) {
	case bool:
		if sqlite {
			return map[bool]int64{true: 1}[x]
		}
	case spec.Decimal:
		if f.Name == "cents" {
			whole := strings.Replace(x.String(), ".", "", 1)
			_, frac, _ := strings.Cut(x.String(), ".")
			return json.Number(whole + strings.Repeat("0", 2-len(frac)))
		}
		return x.String()
	case spec.Date:
		return x.String()
	case time.Time:
		if sqlite {
			return x.UnixMicro()
		}
		return x.UTC()
	case string:
		if f.Kind == spec.KindUUID {
			x = strings.ToLower(x)
			if sqlite && f.Name == "blob_key" {
				key, err := spec.ValueOf(x)
				if err != nil {
					panic(err)
				}
				return octets(key.Text())
			}
		}
		return x
	}
	return v
}

func octets(key string) []byte {
	var b []byte
	_, err := fmt.Sscanf(strings.ReplaceAll(key, "-", ""), "%x", &b)
	if err != nil {
		panic(err)
	}
	return b
}

func storedList(list []any, f spec.Field, sqlite bool) any {
	if sqlite || f.Name == "labels" {
		text, err := json.Marshal(list)
		if err != nil {
			panic(err)
		}
		return string(text)
	}
	elements := make([]string, len(list))
	for i, e := range list {
		if e == nil {
			elements[i] = "NULL"
			continue
		}
		elements[i] = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(fmt.Sprint(e)) + `"`
	}
	return "{" + strings.Join(elements, ",") + "}"
}
