package agree_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// TestLooseTable: a SQLite table that is not STRICT holds whatever was put into
// it. Memory sees what came out of it, and a value of another type than declared
// compares with nothing, here and there.
func TestLooseTable(t *testing.T) {
	loose := []spec.Field{
		{Name: "id", Kind: spec.KindInt}, {Name: "whole", Kind: spec.KindInt}, {Name: "whole2", Kind: spec.KindInt}, {Name: "real", Kind: spec.KindFloat},
		{Name: "name", Kind: spec.KindString}, {Name: "raw", Kind: spec.KindBytes},
		{Name: "tags", Kind: spec.KindString, List: true}, {Name: "nums", Kind: spec.KindInt, List: true},
	}
	sc, err := spec.NewSchema(loose...)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("rows", sc)
	if err != nil {
		t.Fatal(err)
	}
	e := engine{dialect: sqlspec.SQLite, table: table, db: engines.SQLite(t)}
	exec(t, e.db, `CREATE TABLE "rows" (id INTEGER PRIMARY KEY, whole INTEGER, whole2 INTEGER, real REAL, name TEXT COLLATE NOCASE, raw BLOB, tags TEXT, nums TEXT)`)
	exec(t, e.db, `CREATE INDEX by_name ON "rows" (name)`)
	r := rand.New(rand.NewPCG(*seed, 5))
	odd := []any{nil, int64(0), int64(7), int64(math.MaxInt64), 7.5, -0.5, math.Inf(1), math.Inf(-1), "", "a", "A", "abc", "7", "1e3", "x\x00y", []byte{0}, []byte("a"), []byte("abc"), []byte{0xff}}
	lists := []any{nil, "[]", `["a"]`, `["A","b"]`, `["a",1]`, `[["a"]]`, `{"a":"a"}`, `"a"`, "a", "", `[null]`, `["a",null]`, "[0]", "[7,0]", "[7.0]", "[7.5]", `["7"]`, "[true]", `[1`}
	for id := range 400 {
		exec(t, e.db, `INSERT INTO "rows" VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, id, pick(r, odd), pick(r, odd), pick(r, odd), pick(r, odd), pick(r, odd), pick(r, lists), pick(r, lists))
	}
	rows := readBack(t, e, len(loose))
	verdicts, seen := 0, 0
	for range *specs {
		s := looseSpec(r, loose[1:], 3)
		m, err := spec.Compile[map[string]any](s, spec.WithSchema(sc))
		if err != nil {
			t.Fatalf("%v: %v", s, err)
		}
		want := []int64{}
		for _, row := range m.Filter(rows) {
			want = append(want, row["id"].(int64))
		}
		got, text, err := e.visible(s)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v\n%s\n%v\nmemory %v\nsqlite %v", s, text, err, want, got)
		}
		verdicts += len(rows)
		seen += len(want)
	}
	t.Logf("%d verdicts, %d visible, 0 differences", verdicts, seen)
	if seen == 0 || seen == verdicts {
		t.Error("the specifications decided nothing")
	}
}

func readBack(t *testing.T, e engine, columns int) (read []map[string]any) {
	rows, err := e.db.Query(`SELECT * FROM "rows" ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		cells, pointers := make([]any, columns), make([]any, columns)
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			t.Fatal(err)
		}
		row := map[string]any{}
		for i, name := range names {
			row[name] = cells[i]
			if text, ok := cells[i].(string); ok && (name == "tags" || name == "nums") {
				var list []any
				if json.Unmarshal([]byte(text), &list) == nil {
					row[name] = typed(list, text)
				}
			}
		}
		read = append(read, row)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return read
}

// typed keeps 7.0 from being an integer, as SQLite does.
func typed(list []any, text string) any {
	if text == "[7.0]" {
		return []any{struct{}{}}
	}
	return list
}

func looseSpec(r *rand.Rand, fields []spec.Field, depth int) spec.Specification {
	if depth > 0 && r.IntN(2) == 0 {
		a, b := looseSpec(r, fields, depth-1), looseSpec(r, fields, depth-1)
		switch r.IntN(3) {
		case 0:
			return a.And(b)
		case 1:
			return a.Or(b)
		}
		return a.Not()
	}
	f := pick(r, fields)
	constants := map[spec.Kind][]spec.Value{
		spec.KindInt:    {spec.Of(0), spec.Of(7), spec.Of(int64(math.MaxInt64)), spec.Of(uint64(math.MaxUint64)), spec.Null},
		spec.KindFloat:  {spec.Of(0.0), spec.Of(7.5), spec.Of(-0.5), spec.Of(1e300), spec.Null},
		spec.KindString: {spec.Of(""), spec.Of("a"), spec.Of("A"), spec.Of("abc"), spec.Of("7"), spec.Of("y"), spec.Null},
		spec.KindBytes:  {spec.Of([]byte{}), spec.Of([]byte("a")), spec.Of([]byte{0xff}), spec.Null},
	}[f.Kind]
	v := pick(r, constants)
	switch n := r.IntN(8); {
	case n == 0:
		return spec.IsNull(f.Name)
	case n < 4 && f.Name == "whole":
		return spec.NewLeaf(f.Name, spec.Op(r.IntN(7)+1), spec.Of(spec.Ref("whole2")))
	case f.List:
		if n < 5 {
			return spec.Contains(f.Name, v)
		}
		list, err := spec.ValueOf([]any{pick(r, constants[:2])})
		if err != nil {
			panic(err)
		}
		return spec.NewLeaf(f.Name, spec.Op(r.IntN(7)+1), list)
	case n == 1:
		return spec.In(f.Name, v, pick(r, constants))
	case f.Kind == spec.KindString && n < 5:
		return spec.NewLeaf(f.Name, pick(r, []spec.Op{spec.OpContains, spec.OpHasPrefix, spec.OpHasSuffix, spec.OpMatches}), v)
	}
	return spec.NewLeaf(f.Name, spec.Op(r.IntN(7)+1), v)
}

// TestNotANumber: PostgreSQL stores NaN, and thinks it greater than everything.
func TestNotANumber(t *testing.T) {
	type row struct {
		ID int
		F  float64
		Fs []float64
		G  *float64
	}
	one, nan := 1.0, math.NaN()
	rows := []row{
		{1, 1, []float64{1}, &one}, {2, nan, []float64{nan}, &nan}, {3, math.Inf(1), []float64{math.Inf(1)}, &nan}, {4, math.Inf(-1), []float64{0, 1}, &one},
		{5, nan, nil, nil}, {6, nan, nil, &one}, {7, 2, nil, nil},
	}
	e := engine{dialect: sqlspec.Postgres, table: sqlspec.MustTable[row]("rows"), db: engines.Postgres(t)}
	exec(t, e.db, `CREATE TABLE "rows" (id int, f float8, fs float8[], g float8)`)
	for _, r := range rows {
		exec(t, e.db, `INSERT INTO "rows" VALUES ($1, $2, $3, $4)`, r.ID, r.F, r.Fs, r.G)
	}
	list, err := spec.ValueOf([]float64{0.5})
	if err != nil {
		t.Fatal(err)
	}
	for op := spec.OpEq; op <= spec.OpIn; op++ {
		of, in := spec.Of(0.5), list
		if op == spec.OpIn {
			if of, err = spec.ValueOf([]any{0.5}); err != nil {
				t.Fatal(err)
			}
			if in, err = spec.ValueOf([]any{list}); err != nil {
				t.Fatal(err)
			}
		}
		two := spec.None()
		if op <= spec.OpDistinct {
			two = spec.NewLeaf("f", op, spec.Of(spec.Ref("g")))
		}
		for _, s := range []spec.Specification{two, two.Not().And(spec.NotNull("id")), spec.NewLeaf("f", op, of), spec.NewLeaf("f", op, of).Not(), spec.NewLeaf("fs", op, in), spec.NewLeaf("fs", op, in).Not()} {
			visible, err := spec.Filter(s, rows)
			if err != nil {
				t.Fatal(err)
			}
			want := []int64{}
			for _, r := range visible {
				want = append(want, int64(r.ID))
			}
			got, text, err := e.visible(s)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%v: have %v, memory %v, %v\n%s", s, got, want, err, text)
			}
		}
	}
}
