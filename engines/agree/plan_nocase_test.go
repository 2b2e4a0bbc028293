package agree_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

// folded are texts that collations of SQLite take for equal, or put between
// others where their bytes are not.
var folded = []string{
	"", " ", "a", "A", "a ", "A\t", "b", "Z", "z", "[", "_", "`", "{", "@", "@A", "@a", "aZ", "az", "a[", "a{", "aZz", "AzZ", "a_b", "A_B",
	"a.b", "A.b", "a.B", "a.b.c", "A.B.C", "a.bc", "a-b", "a/b", "a!b", "ab", "Ab", "ä", "Ä", "aÄ", "k", "K", "\u212a", "a\U0010ffff", "\U0010ffff", "x\x00y", "X\x00z",
}

// TestCollationsOfSQLite: columns with every collation there is, whether the table
// says so or not, find what memory finds, with an index of that collation.
func TestCollationsOfSQLite(t *testing.T) {
	fields := []spec.Field{{Name: "id", Kind: spec.KindInt}, {Name: "name", Kind: spec.KindString, Nullable: true}}
	sc, err := spec.NewSchema(fields...)
	if err != nil {
		t.Fatal(err)
	}
	noCase := sqlspec.Column("name", sqlspec.NoCase())
	for name, test := range map[string]struct {
		collation, suffix string
		opts              []sqlspec.Option
	}{
		"as declared":        {"NOCASE", "", []sqlspec.Option{noCase}},
		"as declared strict": {"NOCASE", "STRICT", []sqlspec.Option{noCase, sqlspec.Strict()}},
		"undeclared":         {"NOCASE", "", nil},
		"blanks":             {"RTRIM", "", nil},
		"bytes after all":    {"BINARY", "", []sqlspec.Option{noCase}},
		"strict":             {"BINARY", "STRICT", []sqlspec.Option{sqlspec.Strict()}},
	} {
		t.Run(name, func(t *testing.T) {
			table, err := sqlspec.NewTable("texts", sc, test.opts...)
			if err != nil {
				t.Fatal(err)
			}
			e := engine{dialect: sqlspec.SQLite, table: table, db: engines.SQLite(t)}
			exec(t, e.db, "CREATE TABLE texts (id INTEGER PRIMARY KEY, name TEXT COLLATE "+test.collation+") "+test.suffix)
			exec(t, e.db, "CREATE INDEX by_name ON texts (name)")
			rows := []map[string]any{{"id": int64(0), "name": nil}}
			exec(t, e.db, "INSERT INTO texts VALUES (0, NULL)")
			for i, text := range folded {
				rows = append(rows, map[string]any{"id": int64(i + 1), "name": text})
				exec(t, e.db, "INSERT INTO texts VALUES (?, ?)", i+1, text)
			}
			r, seen := rand.New(rand.NewPCG(*seed, 10)), 0
			for range *specs / 2 {
				s := spec.Or(foldedLeaf(r), foldedLeaf(r).And(foldedLeaf(r)))
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
				seen += len(want)
			}
			if seen == 0 {
				t.Error("no row was ever visible")
			}
		})
	}
}

func foldedLeaf(r *rand.Rand) spec.Specification {
	text := func() string {
		for {
			if text := pick(r, folded); !strings.Contains(text, "\x00") {
				return text
			}
		}
	}
	a, b := text(), text()
	s := pick(r, []spec.Specification{
		spec.Eq("name", a), spec.Ne("name", a), spec.Lt("name", a), spec.Gte("name", a), spec.Between("name", min(a, b), max(a, b)), spec.Distinct("name", a),
		spec.In("name", a, b), spec.HasPrefix("name", a), spec.HasSuffix("name", a), spec.Contains("name", a), spec.EqualFold("name", a),
	})
	if r.IntN(4) == 0 {
		s = spec.Under("name", pick(r, []string{"a", "A", "a.b", "A.B", "k", "Z"}))
	}
	if r.IntN(3) == 0 {
		return s.Not()
	}
	return s
}
