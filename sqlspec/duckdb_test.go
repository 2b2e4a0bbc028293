package sqlspec_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type parcel struct {
	ID     int64
	Size   uint64
	Name   string
	Other  string
	Mood   string `spec:"mood,enum=calm|cross"`
	Weight float64
	Length float64
	Price  spec.Decimal
	Cost   spec.Decimal
	Cents  spec.Decimal
	Key    [16]byte
	Token  [16]byte
	Raw    []byte
	Tags   []string
	Nums   []int64
	Reals  []float64
	Sums   []spec.Decimal
}

var parcels = sqlspec.MustTable[parcel]("store.parcels", sqlspec.As("p"),
	sqlspec.Column("cents", sqlspec.Scaled(2)), sqlspec.Column("token", sqlspec.Blob()))

// TestDuckDBText: what the text means is for the engine to say; this shows what
// it looks like.
func TestDuckDBText(t *testing.T) {
	long := make([]int64, 1001)
	tests := []struct {
		spec spec.Specification
		want string
		args []any
	}{
		{spec.Eq("id", 7), `("p"."id" = CAST(? AS BIGINT))`, []any{int64(7)}},
		{spec.Not(spec.Lt("id", 7)), `("p"."id" >= CAST(? AS BIGINT))`, []any{int64(7)}},
		{spec.Gt("id", uint64(math.MaxUint64)), `("p"."id" > CAST(? AS HUGEINT))`, []any{"18446744073709551615"}},
		{spec.Eq("name", "x"), `("p"."name" COLLATE "C" = CAST(? AS VARCHAR))`, []any{"x"}},
		{spec.Eq("mood", "calm"), `(CAST("p"."mood" AS VARCHAR) COLLATE "C" = CAST(? AS VARCHAR))`, []any{"calm"}},
		{spec.HasPrefix("name", "x"), `(starts_with("p"."name" COLLATE "C", CAST(? AS VARCHAR)))`, []any{"x"}},
		{spec.Not(spec.Contains("name", "%")), `(NOT contains("p"."name" COLLATE "C", CAST(? AS VARCHAR)))`, []any{"%"}},
		{spec.HasSuffix("name", ""), `("p"."name" IS NOT NULL)`, nil},
		{spec.Matches("name", `(?i)k\b`), `(regexp_matches("p"."name", CAST(? AS VARCHAR)))`, []any{"(\\A(?:[Kk\u212a]\\b))"}},
		{spec.EqualFold("name", "ab"), `(regexp_matches("p"."name", CAST(? AS VARCHAR)))`, []any{`(\A[aA][bB]\z)`}},
		{spec.Under("name", "a.b"), `("p"."name" COLLATE "C" = CAST(? AS VARCHAR) OR ("p"."name" COLLATE "C" >= CAST(? AS VARCHAR) AND "p"."name" COLLATE "C" < CAST(? AS VARCHAR)))`, []any{"a.b", "a.b.", "a.b/"}},
		{spec.Not(spec.Under("name", "a")), `("p"."name" COLLATE "C" <> CAST(? AS VARCHAR) AND ("p"."name" COLLATE "C" < CAST(? AS VARCHAR) OR "p"."name" COLLATE "C" >= CAST(? AS VARCHAR)))`, []any{"a", "a.", "a/"}},
		{spec.Lt("weight", 1.5), `("p"."weight" < CAST(? AS DOUBLE))`, []any{1.5}},
		{spec.Ne("weight", 1.5), `("p"."weight" <> CAST(? AS DOUBLE) AND NOT isnan("p"."weight"))`, []any{1.5}},
		{spec.Eq("price", 1.5), `(trunc("p"."price") = CAST(? AS DECIMAL(38,0)) AND CAST("p"."price" - trunc("p"."price") AS DECIMAL(38,38)) = CAST(? AS DECIMAL(38,38)))`, []any{"1", "0.5"}},
		{spec.Lte("price", -1.5), `(trunc("p"."price") < CAST(? AS DECIMAL(38,0)) OR trunc("p"."price") = CAST(? AS DECIMAL(38,0)) AND CAST("p"."price" - trunc("p"."price") AS DECIMAL(38,38)) <= CAST(? AS DECIMAL(38,38)))`, []any{"-1", "-1", "-0.5"}},
		{spec.Eq("price", 1e39), `(1 = NULL)`, nil},
		{spec.Lt("price", 1e39), `("p"."price" IS NOT NULL)`, nil},
		{spec.Gt("cents", 1.005), `("p"."cents" > CAST(? AS BIGINT))`, []any{int64(100)}},
		{spec.Eq("key", [16]byte{15: 1}), `("p"."key" = CAST(? AS UUID))`, []any{"00000000-0000-0000-0000-000000000001"}},
		{spec.Eq("token", [16]byte{15: 1}), `("p"."token" = CAST(? AS BLOB))`, []any{[]byte{15: 1}}},
		{spec.NotIn("id", 1, 2), `("p"."id" NOT IN (CAST(? AS BIGINT), CAST(? AS BIGINT)))`, []any{int64(1), int64(2)}},
		{spec.In("id", long...), `("p"."id" IN (SELECT unnest(CAST(from_json(rolespec_p.list, '["VARCHAR"]') AS BIGINT[])) FROM (SELECT CAST(? AS VARCHAR) AS list) AS rolespec_p))`, []any{`["0"` + strings.Repeat(`,"0"`, 1000) + "]"}},
		{spec.Contains("tags", "x"), `(list_contains("p"."tags", CAST(? AS VARCHAR)))`, []any{"x"}},
		{spec.Overlaps("tags", "x", `"`), `(list_has_any("p"."tags", CAST(from_json(CAST(? AS VARCHAR), '["VARCHAR"]') AS VARCHAR[])))`, []any{`["x","\""]`}},
		{spec.Contains("tags", spec.Null).Not(), `(len("p"."tags") = 0)`, nil},
		{spec.Lt("name", spec.Ref("other")), `("p"."name" COLLATE "C" < "p"."other" COLLATE "C")`, nil},
		{spec.Ne("price", spec.Ref("cost")), `(trunc("p"."price") <> trunc("p"."cost") OR CAST("p"."price" - trunc("p"."price") AS DECIMAL(38,38)) <> CAST("p"."cost" - trunc("p"."cost") AS DECIMAL(38,38)))`, nil},
		{spec.Eq("weight", spec.Ref("length")), `("p"."weight" = "p"."length" AND NOT isnan("p"."weight") AND NOT isnan("p"."length"))`, nil},
	}
	for _, test := range tests {
		have, args, err := parcels.SQL(test.spec, sqlspec.DuckDB)
		if err != nil || have != test.want {
			t.Errorf("%v:\nhave %s\nwant %s\n%v", test.spec, have, test.want, err)
		}
		if diff := cmp.Diff(test.args, args); diff != "" {
			t.Errorf("%v: arguments (-want +have):\n%s", test.spec, diff)
		}
		if strings.Count(have, "?") != len(args) {
			t.Errorf("%v: %d arguments for %s", test.spec, len(args), have)
		}
	}
	if have, want := parcels.From(), `"store"."parcels" AS "p"`; parcels.In(sqlspec.DuckDB) != parcels || have != want {
		t.Errorf("From: have %s, want %s", have, want)
	}
	if sqlspec.DuckDB.String() != "duckdb" {
		t.Error("the dialect has another name")
	}
}

// TestDuckDBLists: an order among lists is kept from the planner, equality is not.
func TestDuckDBLists(t *testing.T) {
	for _, test := range []struct {
		field    string
		elements []any
		want     string
		arg      string
	}{
		{"nums", []any{1, nil}, `"p"."nums" < CAST(from_json(CAST(? AS VARCHAR), '["VARCHAR"]') AS BIGINT[])`, `["1",null]`},
		{"nums", []any{uint64(1 << 63)}, `"p"."nums" < CAST(from_json(CAST(? AS VARCHAR), '["VARCHAR"]') AS HUGEINT[])`, `["9223372036854775808"]`},
		{"reals", []any{0.5}, `"p"."reals" < CAST(from_json(CAST(? AS VARCHAR), '["VARCHAR"]') AS DOUBLE[]) AND NOT list_contains("p"."reals", CAST('NaN' AS DOUBLE))`, `["0.5"]`},
		{"sums", []any{-0.5, nil}, `list_transform("p"."sums", lambda rolespec_e: CASE WHEN rolespec_e IS NOT NULL THEN {'w': trunc(rolespec_e), 'f': CAST(rolespec_e - trunc(rolespec_e) AS DECIMAL(38,38))} END) < CAST(from_json(CAST(? AS VARCHAR), '[{"w":"VARCHAR","f":"VARCHAR"}]') AS STRUCT(w DECIMAL(38,0), f DECIMAL(38,38))[])`, `[{"w":"-0","f":"-0.5"},null]`},
	} {
		list, err := spec.ValueOf(test.elements)
		if err != nil {
			t.Fatal(err)
		}
		less, args, err := parcels.SQL(spec.NewLeaf(test.field, spec.OpLt, list), sqlspec.DuckDB)
		if want := "coalesce(" + test.want + ", false)"; less != want || err != nil || cmp.Diff([]any{test.arg}, args) != "" {
			t.Errorf("%s:\nhave %s %q\nwant %s\n%v", test.field, less, args, want, err)
		}
		equal, _, err := parcels.SQL(spec.NewLeaf(test.field, spec.OpEq, list), sqlspec.DuckDB)
		if want := "(" + strings.Replace(test.want, " < CAST", " = CAST", 1) + ")"; equal != want || err != nil {
			t.Errorf("%s:\nhave %s\nwant %s\n%v", test.field, equal, want, err)
		}
	}
}

func TestDuckDBRefuses(t *testing.T) {
	sums, err := spec.ValueOf([]any{spec.MustDecimal("0." + strings.Repeat("1", 39))})
	if err != nil {
		t.Fatal(err)
	}
	foreign := sqlspec.MustTable[parcel]("parcels", sqlspec.Column("tags", sqlspec.JSONB()), sqlspec.Column("name", sqlspec.Ltree()), sqlspec.Column("other", sqlspec.Ltree()))
	for name, test := range map[string]struct {
		table *sqlspec.Table
		spec  spec.Specification
	}{
		"order of decimals with more than 38 digits": {parcels, spec.NewLeaf("sums", spec.OpLt, sums)},
		"a pattern that RE2 has no room for":         {parcels, spec.Matches("name", `\pL{900}`)},
		"a surrogate in a pattern":                   {parcels, spec.Matches("name", `\x{D800}`)},
		"a very long text but for case":              {parcels, spec.EqualFold("name", strings.Repeat("a", 1001))},
		"jsonb":                                      {foreign, spec.Contains("tags", "a")},
		"ltree":                                      {foreign, spec.Under("name", "a")},
		"two ltrees":                                 {foreign, spec.Eq("name", spec.Ref("other"))},
	} {
		for _, s := range []spec.Specification{test.spec, test.spec.Not(), spec.Or(spec.All(), test.spec).And(test.spec)} {
			if text, _, err := test.table.SQL(s, sqlspec.DuckDB); !errors.Is(err, sqlspec.ErrUnsupported) || text != "(1 = NULL)" {
				t.Errorf("%s: %s, %v", name, text, err)
			}
		}
	}
	if text, _, err := parcels.SQL(spec.NewLeaf("sums", spec.OpEq, sums), sqlspec.DuckDB); text != "(1 = NULL)" || err != nil {
		t.Errorf("a list that no column can hold: %s, %v", text, err)
	}
	for _, pattern := range []string{`\bx\B`, "(?m)^a$", "(?:^)*", "a{1000}", `\pL{1,64}`, strings.Repeat("a?", 1000), `\P{Cs}`, "^(a+)+$"} {
		if _, _, err := parcels.SQL(spec.Matches("name", pattern), sqlspec.DuckDB); err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
	}
}
