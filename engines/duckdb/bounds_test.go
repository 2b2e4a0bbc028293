package duckdb_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/engines/duckdb"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestWideAndDeep(t *testing.T) {
	anyOf := make([]spec.Specification, 5000/scale)
	for i := range anyOf {
		anyOf[i] = spec.Eq("id", i*2)
	}
	long := make([]int64, 200000/scale)
	names := make([]string, len(long))
	for i := range long {
		long[i] = int64(i * 3)
		names[i] = fmt.Sprintf("%d'\"\\,{}", i)
	}
	deep := spec.Eq("id", 0)
	for i := range spec.MaxDepth/2 - 1 {
		deep = deep.Or(spec.Eq("id", i*5)).And(spec.Ne("id", i*7))
	}
	a := newAgreement(t, duckdb.Open(t), 120)
	for name, s := range map[string]spec.Specification{
		"wide or":                     spec.Or(anyOf...),
		"long list":                   spec.In("id", long...),
		"not in a long list":          spec.NotIn("whole", long...),
		"not in a long list of texts": spec.NotIn("name", names...),
		"long lists under an or":      spec.Or(spec.In("id", long...), spec.In("name", names...), spec.IsNull("whole")),
		"a long list and an element":  spec.Overlaps("tags", append([]string{"a"}, names...)...),
		"as deep as is allowed":       deep,
		"and negated":                 deep.Not(),
		"long list of floats":         spec.NotIn("real", make([]float64, 30000/scale)...),
		"longest text":                spec.Contains("name", strings.Repeat("a", spec.MaxText)),
		"longest bytes in a list":     spec.Overlaps("raws", []byte(strings.Repeat("\xff", spec.MaxText)), []byte("a")),
		"pattern as long as a text":   spec.Matches("name", strings.Repeat("a?", spec.MaxText/2)),
	} {
		want := a.inMemory(t, s)
		if got, _, err := a.visible(s); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v\nhave %v\nwant %v", name, err, got, want)
		}
	}
}

// TestLargePatterns: what is accepted, RE2 has room for.
func TestLargePatterns(t *testing.T) {
	a := newAgreement(t, duckdb.Open(t), 12)
	for _, piece := range []string{`\pL`, `[^\pL]`, ".", "(?s:.)", `\p{Greek}`, "(?i:k)", `[\x{10123}-\x{20456}\x{30789}-\x{40ABC}]`, "a", "(?:a|b?)", `\p{Lo}`, `\b`, "[^\\x00-\\x{10FFFF}]"} {
		accepted := 0
		for count := 1; count <= 1<<20; count *= 2 {
			pattern := strings.Repeat(fmt.Sprintf("(?:%s){%d}", piece, min(count, 512)), max(count/512, 1))
			s := spec.Matches("name", pattern+"|a")
			if s.Err() != nil { // longer than a text may be
				break
			}
			got, _, err := a.visible(s)
			if errors.Is(err, sqlspec.ErrUnsupported) {
				break
			}
			if want := a.inMemory(t, s); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: %v\nhave %v\nwant %v", pattern, err, got, want)
			}
			accepted = count
		}
		t.Logf("%s %d times", piece, accepted)
		if accepted < 32 {
			t.Errorf("%s is accepted only %d times", piece, accepted)
		}
	}
}

// TestLongLists: a list is bound, or sent as one argument, as its length allows.
func TestLongLists(t *testing.T) {
	r := rand.New(rand.NewPCG(*seed, 8))
	a := newAgreement(t, duckdb.Open(t), 120)
	for _, c := range columns {
		if len(c.Labels) > 0 || c.Kind == spec.KindBool {
			continue
		}
		for variant := 0; variant < 16; variant += 1 + scale/4 {
			var elements []spec.Value
			for range r.IntN(8) { // a few that rows have
				if v := operand(r, c.element()); !v.IsNull() {
					elements = append(elements, v)
				}
			}
			for i := range 1200 {
				elements = append(elements, other(c.Kind, i))
			}
			if variant&1 != 0 && !c.List {
				elements = append(elements, spec.Null)
			}
			s := spec.In(c.Name, elements...)
			if c.List {
				s = spec.Overlaps(c.Name, elements...)
			}
			if variant&2 != 0 {
				s = s.Not()
			}
			if variant&4 != 0 {
				s = s.Or(spec.Lt("id", 20)).And(spec.Gt("id", 5))
			}
			if variant&8 != 0 {
				s = s.And(spec.In("id", slices.Collect(numbers(1500))...)).Or(spec.IsNull(c.Name))
			}
			got, _, err := a.visible(s)
			if want := a.inMemory(t, s); err != nil || !slices.Equal(got, want) {
				t.Errorf("%s: variant %d: %v\nmemory %v\nduckdb %v", c.Name, variant, err, want, got)
			}
		}
	}
}

func numbers(n int64) func(yield func(int64) bool) {
	return func(yield func(int64) bool) {
		for i := int64(2); i < n && yield(i); i++ {
		}
	}
}

// other returns a value that few rows have.
func other(kind spec.Kind, i int) spec.Value {
	switch kind {
	case spec.KindInt, spec.KindUint:
		return spec.Of(int64(1000 + i))
	case spec.KindFloat:
		return spec.Of(1000.5 + float64(i))
	case spec.KindDecimal:
		return spec.Of(spec.DecimalOf(int64(100000+i), 2))
	case spec.KindBytes:
		return spec.Of([]byte{0xff, byte(i), byte(i >> 8)})
	case spec.KindTime:
		return spec.Of(time.Unix(int64(i), 5000))
	case spec.KindDate:
		return spec.Of(spec.DateOf(time.Unix(int64(i)*100000, 0)))
	case spec.KindUUID:
		return spec.Of([16]byte{9, byte(i), byte(i >> 8)})
	case spec.KindBool:
		return spec.Of(i%2 == 0)
	}
	return spec.Of(fmt.Sprint(i, `"\ '`, "\U0001F600"))
}

// What is wrong shows no row, and the row count of a statement whose error was
// ignored is none.
func TestIgnoredErrors(t *testing.T) {
	a := newAgreement(t, duckdb.Open(t), 120)
	for name, s := range map[string]spec.Specification{
		"zero specification":       {},
		"or of nothing":            spec.Or(),
		"in nothing":               spec.In[int]("id"),
		"unknown field":            spec.Eq("nope", 1),
		"negated unknown field":    spec.Not(spec.Eq("nope", 1)),
		"unknown field or all ids": spec.Or(spec.Gte("id", 0), spec.IsNull("nope")),
		"wrong type":               spec.Ne("id", "x"),
		"unbound variable":         spec.Not(spec.Eq("id", spec.Var("me"))),
		"bad value":                spec.Or(spec.All(), spec.Eq("name", "\xff")),
		"too large a pattern":      spec.Not(spec.Matches("name", `\pL{1000}`)).Or(spec.All()).And(spec.Matches("name", `\pL{1000}`)),
	} {
		text, args, _ := a.table.SQL(s, sqlspec.DuckDB)
		if ids, err := a.query(text, args); err != nil || len(ids) != 0 {
			t.Errorf("%s: rows %v, %v", name, ids, err)
		}
		query, args, _ := sq.Select("id").From(a.table.From()).Where(a.table.Where(s, sqlspec.DuckDB)).ToSql()
		if rows, err := a.db.Query(query, args...); err == nil {
			if rows.Next() {
				t.Errorf("%s: squirrel's text beside the error shows a row: %q", name, query)
			}
			rows.Close()
		}
		deleted, err := a.db.Exec("DELETE FROM "+a.table.From()+" WHERE "+text, args...)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if n, err := deleted.RowsAffected(); n != 0 || err != nil {
			t.Fatalf("%s: %d rows deleted, %v", name, n, err)
		}
	}
}

// UPDATE and DELETE through squirrel touch the visible rows and no other.
func TestWrites(t *testing.T) {
	s := spec.Or(spec.Gt("whole", 1), spec.Contains("name", "a"), spec.IsNull("tags"), spec.Gt("amount", 1.5))
	a := newAgreement(t, duckdb.Open(t), 120)
	want := int64(len(a.inMemory(t, s)))
	for name, statement := range map[string]sq.Sqlizer{
		"update": sq.Update(a.table.From()).Set("raw", []byte("x")).Where(a.table.Where(s, sqlspec.DuckDB)),
		"delete": sq.Delete(a.table.From()).Where(a.table.Where(s, sqlspec.DuckDB)),
	} {
		text, args, err := statement.ToSql()
		if err != nil {
			t.Fatal(err)
		}
		tx, err := a.db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		result, err := tx.Exec(text, args...)
		if err != nil {
			t.Fatal(err)
		}
		if have, err := result.RowsAffected(); err != nil || have != want || want == 0 || want == int64(len(a.rows)) {
			t.Errorf("%s: %d rows of %d, want %d: %v", name, have, len(a.rows), want, err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestHostileTexts: the text of a condition depends on its shape alone.
func TestHostileTexts(t *testing.T) {
	a := newAgreement(t, duckdb.Open(t), 120)
	shapes := map[string]func(string) spec.Specification{
		"equal":    func(s string) spec.Specification { return spec.Eq("name", s) },
		"in":       func(s string) spec.Specification { return spec.In("name", s, "x") },
		"long in":  func(s string) spec.Specification { return spec.In("name", append(make([]string, 1500), s)...) },
		"contains": func(s string) spec.Specification { return spec.Contains("name", "x"+s) },
		"prefix":   func(s string) spec.Specification { return spec.HasPrefix("name", "x"+s) },
		"suffix":   func(s string) spec.Specification { return spec.HasSuffix("name", "x"+s) },
		"fold":     func(s string) spec.Specification { return spec.EqualFold("name", s) },
		"element":  func(s string) spec.Specification { return spec.Contains("tags", s) },
		"overlap":  func(s string) spec.Specification { return spec.Overlaps("tags", s, "x") },
		"raw":      func(s string) spec.Specification { return spec.Overlaps("raws", []byte(s), []byte("x")) },
	}
	for name, shape := range shapes {
		want, _, err := a.table.SQL(shape("plain"), sqlspec.DuckDB)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range append(slices.Clone(texts), "') OR 1=1 --", "$1", "?", "??", ":a", "\\'; DROP TABLE \"rows\"", `"]') OR ('`) {
			s := shape(text)
			have, _, err := a.table.SQL(s, sqlspec.DuckDB)
			if err != nil || have != want {
				t.Errorf("%s: %q: %v\nhave %s\nwant %s", name, text, err, have, want)
			}
			if got, _, err := a.visible(s); err != nil || !slices.Equal(got, a.inMemory(t, s)) {
				t.Errorf("%s: %q: %v\nhave %v\nwant %v", name, text, err, got, a.inMemory(t, s))
			}
		}
	}
}
