package sqlspec_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// hostile are texts that a list has to keep apart from what is around them.
var hostile = []string{
	"", " ", "NULL", "null", `"`, `""`, `\`, `\\`, `\"`, `"\`, `","`, `{}`, `{`, `}`, `,`, `a,b`, `{"a","b"}`, `'`, `''`, "a\nb", "\t", "\x01", "\x7f",
	"é", "日本", "\U0010ffff", "\u2028", "<b>&", `[1,"x"]`, `\u0022`, "%_!", strings.Repeat(`"`, 40), strings.Repeat("x", 700), strings.Repeat(`\`, 700),
}

// What a list of a kept condition is written as has the elements of the list in it,
// whatever they are and however many, and what was written before stays what it was.
func TestKeptListOfHostileTexts(t *testing.T) {
	table := newKept()
	if _, _, err := table.SQL(spec.In("account", "plain", "texts"), sqlspec.Postgres); err != nil {
		t.Fatal(err)
	}
	var written, want []string
	check := func(texts ...string) {
		t.Helper()
		s := spec.In("account", texts...)
		sameAsNew(t, table, newKept(), s, sqlspec.Postgres)
		_, args, err := table.SQL(s, sqlspec.Postgres)
		if err != nil || len(args) != 1 || !sqlspec.IsKept(table, s, sqlspec.Postgres) {
			t.Fatalf("%q: %q, %v; it has to be kept", texts, args, err)
		}
		text, _ := args[0].(string)
		elements := readArray(t, text)
		if fmt.Sprintf("%q", elements) != fmt.Sprintf("%q", texts) {
			t.Errorf("%q is written as %s, which is %q", texts, text, elements)
		}
		written, want = append(written, text), append(want, strings.Clone(text))
	}
	for i, a := range hostile {
		check(a)
		for _, b := range hostile {
			check("x", a, b, "y")
		}
		check(append(make([]string, 0, 100), append(hostile[i:len(hostile):len(hostile)], hostile[:i]...)...)...)
	}
	for _, n := range []int{1, 31, 32, 33, 34, 1000} { // on the stack, and longer
		texts := make([]string, n)
		for i := range texts {
			texts[i] = fmt.Sprintf("element %04d", i)
		}
		check(texts...)
		for _, h := range hostile {
			texts[n/2] = h
			check(texts...)
		}
	}
	for i := range written {
		if written[i] != want[i] {
			t.Fatalf("the text of a list became %q", written[i])
		}
	}
}

// A list that is not one of texts takes the place of one that is, and the other way round.
func TestKeptListOfOtherElements(t *testing.T) {
	lists := [][]any{
		{"a", "b"}, {"a", nil}, {nil, "a"}, {nil}, {nil, nil}, {"NULL", nil, `"`}, {1, 2}, {"a", 1}, {1, nil}, {uint64(1 << 63)}, {1, uint64(1 << 63)},
		{uint64(1 << 63), nil}, {true, false}, {true, nil}, {0.5, 1e300}, {0.5, 1}, {[]byte{0, 255}, []byte("a")}, {[16]byte{15: 1}, [16]byte{1}}, {"calm", "cross"}, {"calm", "Calm"}, {"calm", nil},
		{spec.MustDecimal("0.1"), spec.MustDecimal("7")}, {spec.MustDecimal("0.1"), nil}, {spec.Date{Year: 2024, Month: 7, Day: 1}},
		{"00000000-0000-0000-0000-000000000001"}, {"0.5"}, {[]any{"a"}, []any{}},
	}
	for _, d := range dialects {
		for _, field := range []string{"account", "id", "count", "price", "weight", "key", "raw", "mood", "tags"} {
			for _, op := range []spec.Op{spec.OpIn, spec.OpOverlaps, spec.OpEq} {
				for first := 0; first < len(lists); first += 9 { // what comes first is kept
					table := newKept()
					for i := range lists {
						v, err := spec.ValueOf(lists[(first+i)%len(lists)])
						if err != nil {
							t.Fatal(err)
						}
						s := spec.NewLeaf(field, op, v)
						sameAsNew(t, table, newKept(), s, d)
						sameAsNew(t, table, newKept(), s.Not(), d)
					}
				}
			}
		}
	}
}

// A list holds what the column stores, when it is written first and ever after.
func TestListArguments(t *testing.T) {
	type row struct {
		On    bool         `spec:"on"`
		At    time.Time    `spec:"at"`
		Day   spec.Date    `spec:"day"`
		Cents spec.Decimal `spec:"cents"`
		Price spec.Decimal `spec:"price"`
		Key   [16]byte     `spec:"key"`
		N     int64        `spec:"n"`
	}
	table := sqlspec.MustTable[row]("rows", sqlspec.Column("cents", sqlspec.Scaled(2)))
	decimal := spec.MustDecimal
	for _, c := range []struct {
		d    sqlspec.Dialect
		s    spec.Specification
		want string
	}{
		{sqlspec.SQLite, spec.In("on", true, false), "[1,0]"},
		{sqlspec.SQLite, spec.In("at", time.Unix(1, 5000)), "[1000005]"},
		{sqlspec.SQLite, spec.In("day", spec.Date{Year: 2024, Month: 7, Day: 1}), `["2024-07-01"]`},
		{sqlspec.SQLite, spec.In("cents", decimal("0.5"), decimal("0.005"), decimal("-7")), "[50,-700]"},
		{sqlspec.SQLite, spec.In("cents", decimal("0.5"), decimal("-7")), "[50,-700]"},
		{sqlspec.SQLite, spec.In("key", [16]byte{15: 1, 4: 0xAB}), `["00000000-ab00-0000-0000-000000000001"]`},
		{sqlspec.Postgres, spec.In("on", true, false), `{"true","false"}`},
		{sqlspec.Postgres, spec.In("at", time.Unix(1, 5000)), `{"1970-01-01T00:00:01.000005Z"}`},
		{sqlspec.Postgres, spec.In("day", spec.Date{Year: 2024, Month: 7, Day: 1}), `{"2024-07-01"}`},
		{sqlspec.Postgres, spec.In("cents", decimal("0.5"), decimal("0.005"), decimal("-7")), `{"50","-700"}`},
		{sqlspec.Postgres, spec.In("price", decimal("0.5"), decimal("-7")), `{"0.5","-7"}`},
		{sqlspec.Postgres, spec.In("key", [16]byte{15: 1, 4: 0xAB}), `{"00000000-ab00-0000-0000-000000000001"}`},
		{sqlspec.Postgres, spec.In("n", 256, -1, math.MinInt64), `{"256","-1","-9223372036854775808"}`},
	} {
		for range 2 {
			if _, args, err := table.SQL(c.s, c.d); err != nil || len(args) != 1 || args[0] != c.want {
				t.Errorf("%v: %v: have %q, %v, want %q", c.d, c.s, args, err, c.want)
			}
		}
	}
}

// readArray reads an array of texts as PostgreSQL does: each is in quotes, where a
// backslash says that the next byte is meant as it is.
func readArray(t *testing.T, text string) (elements []string) {
	t.Helper()
	rest, ok := strings.CutPrefix(text, "{")
	for ok && rest != "}" {
		if len(elements) > 0 {
			if rest, ok = strings.CutPrefix(rest, ","); !ok {
				break
			}
		}
		if rest, ok = strings.CutPrefix(rest, `"`); !ok {
			break
		}
		var element []byte
		for rest != "" && rest[0] != '"' {
			if rest[0] == '\\' {
				rest = rest[1:]
			}
			element, rest = append(element, rest[0]), rest[1:]
		}
		rest, ok = strings.CutPrefix(rest, `"`)
		elements = append(elements, string(element))
	}
	if !ok {
		t.Fatalf("no array: %s (at %q)", text, rest)
	}
	return elements
}
