package agree_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// What a jsonb column may hold besides lists of its kind.
var jsonbLists = []any{
	nil, `null`, `"a"`, `1`, `{}`, `{"a":"a"}`, `{"1":1}`, `true`, `[]`, `[null]`, `[null,"a"]`, `["a"]`, `["A"]`, `["a "]`, `["a","b"]`, `[["a"]]`, `[{"a":1}]`,
	`["\u0061"]`, `["\u003c"]`, `["\"]"]`, `[0]`, `[1]`, `["1"]`, `[1,2]`, `[[1]]`, `[-1]`, `[9223372036854775807]`, `[9223372036854775808]`, `[18446744073709551615,1]`,
}

// TestJSONB: a list in a jsonb column holds what memory sees in it, read along a
// GIN index or row by row.
func TestJSONB(t *testing.T) {
	fields := []spec.Field{
		{Name: "id", Kind: spec.KindInt},
		{Name: "tags", Kind: spec.KindString, List: true, Nullable: true},
		{Name: "nums", Kind: spec.KindUint, List: true, Nullable: true},
	}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	table, err := sqlspec.NewTable("documents", sc, sqlspec.Column("tags", sqlspec.JSONB()), sqlspec.Column("nums", sqlspec.JSONB()))
	if err != nil {
		t.Fatal(err)
	}
	e := engine{dialect: sqlspec.Postgres, table: table, db: engines.Postgres(t)}
	e.db.SetMaxOpenConns(1) // for the setting below
	exec(t, e.db, "CREATE TABLE documents (id int8, tags jsonb, nums jsonb)")
	exec(t, e.db, "CREATE INDEX ON documents USING gin (tags)")
	exec(t, e.db, "CREATE INDEX ON documents USING gin (nums jsonb_path_ops)")
	var rows []map[string]any
	for id, stored := range jsonbLists {
		row := map[string]any{"id": int64(id)}
		for _, f := range fields[1:] {
			row[f.Name] = nil
			if text, ok := stored.(string); ok {
				d := json.NewDecoder(strings.NewReader(text))
				d.UseNumber()
				var decoded any
				if err := d.Decode(&decoded); err != nil {
					t.Fatal(err)
				}
				row[f.Name] = asRow(f, decoded)
			}
		}
		rows = append(rows, row)
		exec(t, e.db, "INSERT INTO documents VALUES ($1, $2::text::jsonb, $2::text::jsonb)", id, stored)
	}
	constants := map[string][]spec.Value{
		"tags": {spec.Null, spec.Of("a"), spec.Of("A"), spec.Of("b"), spec.Of("<"), spec.Of(`"]`), spec.Of("1"), spec.Of("")},
		"nums": {spec.Null, spec.Of(0), spec.Of(1), spec.Of(-1), spec.Of(int64(math.MaxInt64)), spec.Of(uint64(1 << 63)), spec.Of(uint64(math.MaxUint64))},
	}
	for _, way := range []string{"enable_indexscan = off; SET enable_bitmapscan = off", "enable_seqscan = off"} {
		exec(t, e.db, "RESET ALL")
		for statement := range strings.SplitSeq("SET "+way, ";") {
			exec(t, e.db, statement)
		}
		r, seen := rand.New(rand.NewPCG(*seed, 9)), 0
		for range *specs / 4 {
			f := pick(r, fields[1:])
			s := spec.Contains(f.Name, pick(r, constants[f.Name]))
			if r.IntN(2) == 0 {
				some := make([]spec.Value, r.IntN(3))
				for i := range some {
					some[i] = pick(r, constants[f.Name])
				}
				s = spec.Overlaps(f.Name, some...)
			}
			if r.IntN(2) == 0 {
				s = s.Not()
			}
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
				t.Fatalf("%s: %v\n%s\n%v\n  memory %v\npostgres %v", way, s, text, err, want, got)
			}
			seen += len(want)
		}
		if seen == 0 {
			t.Error("no row was ever visible")
		}
	}
}
