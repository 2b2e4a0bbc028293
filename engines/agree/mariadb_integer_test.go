package agree_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// TestMariaDBIntegers asks columns of every width about integers that they
// cannot hold. For NOT IN, an index takes one below the least of the type for
// that least one, and loses its row.
func TestMariaDBIntegers(t *testing.T) {
	db := engines.MariaDB(t)
	r := rand.New(rand.NewPCG(*seed, 9))
	for bits, typ := range map[int]string{8: "tinyint", 16: "smallint", 24: "mediumint", 32: "int", 64: "bigint"} {
		for _, unsigned := range []bool{false, true} {
			low, high := int64(-1)<<(bits-1), int64(math.MaxInt64)>>(64-bits)
			kind := spec.KindInt
			name := fmt.Sprint(typ, bits)
			if unsigned {
				low, kind, name = 0, spec.KindUint, name+"u"
			}
			sc, err := spec.NewSchema(spec.Field{Name: "id", Kind: spec.KindInt}, spec.Field{Name: "v", Kind: kind, Nullable: true})
			if err != nil {
				t.Fatal(err)
			}
			table, err := sqlspec.NewTable(name, sc)
			if err != nil {
				t.Fatal(err)
			}
			e := engine{dialect: sqlspec.MariaDB, table: table.In(sqlspec.MariaDB), db: db}
			exec(t, db, "CREATE TABLE "+name+" (id int PRIMARY KEY, v "+typ+either(unsigned, " unsigned", "")+", KEY (v))")
			var rows []map[string]any
			for id, v := range []any{nil, low, low + 1, high, high - 1, int64(0), int64(1), int64(7)} {
				if slices.ContainsFunc(rows, func(row map[string]any) bool { return row["v"] == v }) {
					continue
				}
				rows = append(rows, map[string]any{"id": int64(id), "v": v})
				exec(t, db, "INSERT INTO "+name+" VALUES (?, ?)", id, v)
			}
			pool := []any{low, high, low + 1, int64(0), int64(1), int64(-1), int64(2), uint64(math.MaxUint64), uint64(1 << 63), nil}
			for _, width := range []int{7, 8, 15, 16, 23, 24, 31, 32, 62} {
				pool = append(pool, int64(1)<<width, int64(-1)<<width, int64(-1)<<width-1)
			}
			pool = append(pool, int64(math.MinInt64), int64(math.MaxInt64))
			for range 400 / scale {
				list := make([]any, r.IntN(4)+1)
				for i := range list {
					list[i] = pick(r, pool[:len(pool)-r.IntN(2)])
				}
				value, err := spec.ValueOf(list)
				if err != nil {
					t.Fatal(err)
				}
				s := spec.NewLeaf("v", spec.OpIn, value)
				if r.IntN(3) == 0 {
					s = spec.NewLeaf("v", spec.Op(r.IntN(int(spec.OpDistinct))+int(spec.OpEq)), value.List()[0])
				}
				if r.IntN(3) > 0 {
					s = s.Not()
				}
				m, err := spec.Compile[map[string]any](s, spec.WithSchema(sc))
				if err != nil {
					t.Fatal(err)
				}
				want := []int64{}
				for _, row := range m.Filter(rows) {
					want = append(want, row["id"].(int64))
				}
				if got, text, err := e.visible(s); err != nil || !slices.Equal(got, want) {
					t.Fatalf("%s: %v\n%s\n%v\n memory %v\nmariadb %v", name, s, text, err, want, got)
				}
			}
		}
	}
}
