package duckdb_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// A column is a field, its type in DuckDB, and how it differs for the table.
type column struct {
	spec.Field
	typ    string
	option sqlspec.ColumnOption
}

// The rows of these tests: a column of every type, all but the id nullable, each
// filled from a pool of values that have led some engine astray.
var columns = []column{
	{Field: spec.Field{Name: "id", Kind: spec.KindInt}, typ: "BIGINT"},
	nullable("truth", spec.KindBool, "BOOLEAN"),
	nullable("whole", spec.KindInt, "BIGINT"),
	nullable("whole2", spec.KindInt, "BIGINT"),
	nullable("small", spec.KindInt, "TINYINT"),
	nullable("big", spec.KindUint, "UBIGINT"),
	nullable("big2", spec.KindUint, "UBIGINT"),
	nullable("real", spec.KindFloat, "DOUBLE"),
	nullable("real2", spec.KindFloat, "DOUBLE"),
	nullable("single", spec.KindFloat, "FLOAT"),
	nullable("amount", spec.KindDecimal, "DECIMAL(38,30)"),
	nullable("amount2", spec.KindDecimal, "DECIMAL(38,6)"),
	nullable("large", spec.KindDecimal, "DECIMAL(38,0)"),
	nullable("tiny", spec.KindDecimal, "DECIMAL(38,38)"),
	nullable("price", spec.KindDecimal, "DECIMAL(9,2)"),
	differing("cents", spec.KindDecimal, "BIGINT", sqlspec.Scaled(2)),
	nullable("name", spec.KindString, "VARCHAR"),
	nullable("name2", spec.KindString, "VARCHAR COLLATE NOCASE"),
	nullable("path", spec.KindString, "VARCHAR COLLATE NOACCENT"),
	enum("mood", `"mood type"`),
	enum("mood2", "VARCHAR"),
	nullable("raw", spec.KindBytes, "BLOB"),
	nullable("at", spec.KindTime, "TIMESTAMPTZ"),
	nullable("at2", spec.KindTime, "TIMESTAMPTZ"),
	differing("local", spec.KindTime, "TIMESTAMP", sqlspec.Timestamp()),
	nullable("day", spec.KindDate, "DATE"),
	nullable("key", spec.KindUUID, "UUID"),
	differing("blob_key", spec.KindUUID, "BLOB", sqlspec.Blob()),
	nullable("size.width", spec.KindInt, "INTEGER"),
	list("tags", spec.KindString, "VARCHAR[]"),
	list("nums", spec.KindInt, "BIGINT[]"),
	list("smalls", spec.KindInt, "TINYINT[]"),
	list("bigs", spec.KindUint, "UBIGINT[]"),
	list("reals", spec.KindFloat, "DOUBLE[]"),
	list("singles", spec.KindFloat, "FLOAT[]"),
	list("sums", spec.KindDecimal, "DECIMAL(38,6)[]"),
	list("fines", spec.KindDecimal, "DECIMAL(38,38)[]"),
	list("flags", spec.KindBool, "BOOLEAN[]"),
	list("raws", spec.KindBytes, "BLOB[]"),
	list("times", spec.KindTime, "TIMESTAMPTZ[]"),
	list("days", spec.KindDate, "DATE[]"),
	list("keys", spec.KindUUID, "UUID[]"),
}

func nullable(name string, kind spec.Kind, typ string) column {
	return column{Field: spec.Field{Name: name, Kind: kind, Nullable: true}, typ: typ}
}

func differing(name string, kind spec.Kind, typ string, option sqlspec.ColumnOption) column {
	c := nullable(name, kind, typ)
	c.option = option
	return c
}

func enum(name, typ string) column {
	c := nullable(name, spec.KindString, typ)
	c.Labels = []string{"calm", "Calm", "cross"}
	return c
}

func list(name string, kind spec.Kind, typ string) column {
	c := nullable(name, kind, typ)
	c.List = true
	return c
}

// element is the column that a list would be if it held one.
func (c column) element() column {
	c.List, c.typ = false, strings.TrimSuffix(c.typ, "[]")
	return c
}

var schema = func() *spec.Schema {
	fields := make([]spec.Field, len(columns))
	for i, c := range columns {
		fields[i] = c.Field
	}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		panic(err)
	}
	return sc
}()

var texts = []string{
	"", " ", "a", "A", "ab", "aB", "abc", "abc ", " abc", "ä", "Ä", "a\u0308", "ß", "ss", "ſ", "s", "K", "k", "\u212a",
	"i", "İ", "ı", "%", "_", "a%b", "a_b", `\`, `a\b`, "!", "a!b", "*", "?", "[a]", "^", "'", `"`, "''", "''; DROP TABLE rows; --",
	"$1", "?", "a\nb", "a\n", "\t", "😀", "😁", "x😀", "\U0010ffff", "\ud7ff", "\ue000", "a\U0010ffff", "null", "NULL", "None", "true", "0", "007", "7", "1e3",
	"a.b", "a.bc", "a/b", "\u200b", "\u00ad", "abc\u200b", "日本", "日本語", "{a}", "{}", "[]", "[\"a\"]", `","`, "a, b", "<a>&", "\u2028", `\x41`,
	"a text of more than twelve bytes", "a text of more than twelve bytes, with the same beginning", "A text of more than twelve bytes",
}

// paths and what is nearly below them.
var paths = []string{"1", "1.2", "1.20", "1.2.3", "1.2/3", "1.2.", "1-2", "a", "A", "a.b", "a.bc", "a.b.c", "a_b", "axb", "b.a.b", "", "ä", "A.b"}

var wholes = []int64{0, 1, -1, 2, 3, 7, 127, -128, 255, 1 << 31, -1 << 31, 1<<53 - 1, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MinInt64}

var bigs = []uint64{0, 1, 7, 1<<53 + 1, math.MaxInt64, 1 << 63, math.MaxUint64 - 1, math.MaxUint64}

var reals = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.5, -0.5, 1.5, 1e-7, 1e300, -1e300, 0.1 + 0.2, 1 << 53, 1 << 62, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, math.SmallestNonzeroFloat64, 5.9, float64(float32(0.1))}

var amounts = []string{
	"0", "1", "-1", "0.1", "-0.1", "1.5", "1.005", "100.01", "-99.99", "12345678901234567.123456", "12345678901234567.123457", "0.5", "-0.5", "0.05",
	"9007199254740993", "9223372036854775808", "-10000000000000000000000000000000.000001", "0.000000000000000000000000000001", "99.99", "0.01", "92233720368547758.07",
	"99999999999999999999999999999999999999", "-99999999999999999999999999999999999999", "100000000000000000000000000000000000000", "-100000000000000000000000000000000000000.5",
	"0.99999999999999999999999999999999999999", "-0.00000000000000000000000000000000000001", "0.000000000000000000000000000000000000001", "-0.500000000000000000000000000000000000001",
	"1.0000000000000000000000000000000000000000001", "-1.0000000000000000000000000000000000000000001", "9999999.99", "-9999999.99", "9999999.995",
}

var days = []string{"0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "2024-07-01", "2024-07-02", "9999-12-31"}

var keys = []string{
	"00000000-0000-0000-0000-000000000000", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "6BA7B811-9DAD-11D1-80B4-00C04FD430C8", "ffffffff-ffff-ffff-ffff-ffffffffffff",
	"80000000-0000-0000-0000-000000000000", "7fffffff-ffff-ffff-ffff-ffffffffffff",
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

// pickFor takes from the pool until a value fits.
func pickFor[T any](r *rand.Rand, pool []T, fits func(T) bool) T {
	for {
		if v := pick(r, pool); fits(v) {
			return v
		}
	}
}

// scalar returns a value that a column can hold.
func (c column) scalar(r *rand.Rand) any {
	switch c.Kind {
	case spec.KindBool:
		return r.IntN(2) == 0
	case spec.KindInt:
		bits := map[string]int{"TINYINT": 8, "INTEGER": 32}[c.typ]
		return pickFor(r, wholes, func(i int64) bool { return bits == 0 || i>>(bits-1) == 0 || i>>(bits-1) == -1 })
	case spec.KindUint:
		return pick(r, bigs)
	case spec.KindFloat:
		x := pick(r, reals)
		if c.typ == "FLOAT" {
			x = float64(float32(x))
		}
		return x
	case spec.KindDecimal:
		if c.Name == "cents" {
			return spec.MustDecimal(fmt.Sprintf("%d.%02d", r.IntN(300)-150, r.IntN(100)))
		}
		return spec.MustDecimal(pickFor(r, amounts, c.holds))
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
	case len(c.Labels) > 0:
		return pick(r, c.Labels)
	case c.Name == "path":
		return pick(r, paths)
	}
	return pick(r, texts)
}

// holds reports whether a column of decimals has room for every digit.
func (c column) holds(text string) bool {
	var width, scale int
	if _, err := fmt.Sscanf(c.typ, "DECIMAL(%d,%d)", &width, &scale); err != nil {
		panic(err)
	}
	whole, fraction, _ := strings.Cut(strings.TrimLeft(text, "-0"), ".")
	return len(fraction) <= scale && len(whole) <= width-scale
}

// random returns what a row may have in a column.
func (c column) random(r *rand.Rand) any {
	switch {
	case r.IntN(6) == 0:
		return nil
	case !c.List:
		return c.scalar(r)
	}
	elements := make([]any, r.IntN(4))
	for i := range elements {
		if r.IntN(6) > 0 {
			elements[i] = c.element().scalar(r)
		}
	}
	return elements
}

func randomRow(r *rand.Rand, id int) map[string]any {
	row := map[string]any{"id": int64(id)}
	for _, c := range columns[1:] {
		v := c.random(r)
		if parent, child, nested := strings.Cut(c.Name, "."); nested {
			if v != nil || r.IntN(2) == 0 {
				row[parent] = map[string]any{child: v}
			}
			continue
		}
		row[c.Name] = v
	}
	return row
}
