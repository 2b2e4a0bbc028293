package sqlspec_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

type crate struct {
	ID    int64
	Odd   string `db:"a \"b\" c"`
	Tick  string "db:\"a`b\""
	Name  string
	Owner string
	Key   [16]byte
	Price spec.Decimal
	Tags  []string
	Sums  []spec.Decimal
	Raws  [][]byte
}

var crates = sqlspec.MustTable[crate]("store.crates", sqlspec.As("c"), sqlspec.Column("name", sqlspec.BinaryText()))

func TestMariaDBQuotes(t *testing.T) {
	ticked := crates.In(sqlspec.MariaDB)
	if have, want := ticked.From(), "`store`.`crates` AS `c`"; have != want {
		t.Errorf("From: have %s, want %s", have, want)
	}
	for field, want := range map[string]string{`a "b" c`: "`c`.`a \"b\" c`", "a`b": "`c`.`a``b`"} {
		if have, ok := ticked.Column(field); !ok || have != want {
			t.Errorf("Column(%s): have %s, want %s", field, have, want)
		}
	}
	again, err := ticked.Aliased("d")
	if err != nil || again.From() != "`store`.`crates` AS `d`" {
		t.Errorf("Aliased: %s, %v", again.From(), err)
	}
	for _, d := range []sqlspec.Dialect{sqlspec.SQLite, sqlspec.Postgres} {
		if ticked.In(d) != crates || crates.In(d) != crates || crates.In(99) != crates || ticked.In(99) != ticked {
			t.Errorf("In(%v) is another table", d)
		}
	}
	var none *sqlspec.Table
	if none.In(sqlspec.MariaDB) != nil {
		t.Error("the nil table has another")
	}
	for _, table := range []*sqlspec.Table{crates, ticked} { // whichever writes it
		for d, want := range map[sqlspec.Dialect]string{sqlspec.SQLite: `("c"."id" = ?)`, sqlspec.Postgres: `("c"."id" = $1::int8)`, sqlspec.MariaDB: "(`c`.`id` = ?)"} {
			if have, _, err := table.SQL(spec.Eq("id", 1), d); have != want || err != nil {
				t.Errorf("%v: have %s, want %s, %v", d, have, want, err)
			}
		}
	}
	if sqlspec.MariaDB.String() != "mariadb" {
		t.Error("the dialect has another name")
	}
}

// TestMariaDBText: a question mark in the text would be a placeholder to
// squirrel, and a double quote begins a text.
func TestMariaDBText(t *testing.T) {
	tests := []struct {
		spec spec.Specification
		want string
	}{
		{spec.Eq("owner", "x"), "(`c`.`owner` = ? AND CAST(CONVERT(`c`.`owner` USING utf8mb4) AS BINARY) = CAST(? AS BINARY))"},
		{spec.Not(spec.Eq("owner", "x")), "(CAST(CONVERT(`c`.`owner` USING utf8mb4) AS BINARY) <> CAST(? AS BINARY))"},
		{spec.Eq("name", "x"), "(`c`.`name` = ?)"},
		{spec.HasPrefix("name", "x"), "(`c`.`name` >= ? AND `c`.`name` < ?)"},
		{spec.HasPrefix("owner", "xyz"), "(LEFT(CAST(CONVERT(`c`.`owner` USING utf8mb4) AS BINARY), 3) = CAST(? AS BINARY))"},
		{spec.Contains("owner", "x"), "(LOCATE(CAST(? AS BINARY), CAST(CONVERT(`c`.`owner` USING utf8mb4) AS BINARY)) > 0)"},
		{spec.Not(spec.Contains("owner", "x")), "(LOCATE(CAST(? AS BINARY), CAST(CONVERT(`c`.`owner` USING utf8mb4) AS BINARY)) < 1)"},
		{spec.Gt("price", spec.MustDecimal("1.5")), "(`c`.`price` > CAST(? AS DECIMAL(65,30)))"},
		{spec.IsNull("owner"), "(`c`.`owner` IS NULL)"},
	}
	for _, test := range tests {
		if have, _, err := crates.SQL(test.spec, sqlspec.MariaDB); have != test.want || err != nil {
			t.Errorf("%v:\nhave %s\nwant %s\n%v", test.spec, have, test.want, err)
		}
	}
	sum, err := spec.ValueOf([]any{spec.MustDecimal("1.5"), nil})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []spec.Specification{
		spec.Matches("owner", "a?b*"), spec.NewLeaf("sums", spec.OpEq, sum), spec.Contains("sums", spec.MustDecimal("1")), spec.Overlaps("tags", "a", "b"),
	} {
		text, args, err := crates.SQL(s, sqlspec.MariaDB)
		if err != nil || strings.Count(text, "?") != len(args) || strings.Contains(text, `\`) {
			t.Errorf("%v: %d arguments for %s, %v", s, len(args), text, err)
		}
	}
}

func TestMariaDBRefuses(t *testing.T) {
	sum, err := spec.ValueOf([]any{spec.MustDecimal("1.5")})
	if err != nil {
		t.Fatal(err)
	}
	other := sqlspec.MustTable[crate]("crates", sqlspec.Column("tags", sqlspec.JSONB()))
	for name, s := range map[string]spec.Specification{
		"nested quantifiers":                  spec.Matches("owner", "^(a+)+$"),
		"two unbounded quantifiers":           spec.Matches("owner", "a*x?a*b"),
		"alternatives under a quantifier":     spec.Matches("owner", "(ab|a)*c"),
		"an optional part under a quantifier": spec.Matches("owner", "(ab?)*c"),
		"too many optional parts":             spec.Matches("owner", strings.Repeat("a?", 14)),
		"many ways beside a star":             spec.Matches("owner", "a*a{0,30}b"),
		"counts of counts":                    spec.Matches("owner", "((a{0,9}){0,9}){0,9}b"),
		"a word boundary":                     spec.Matches("owner", `\bx`),
		"a line anchor":                       spec.Matches("owner", "(?m)^a"),
		"order of lists of decimals":          spec.NewLeaf("sums", spec.OpLt, sum),
		"list of bytes":                       spec.Contains("raws", []byte("x")),
	} {
		if text, _, err := crates.SQL(s, sqlspec.MariaDB); !errors.Is(err, sqlspec.ErrUnsupported) || text != "(1 = NULL)" {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
	if _, _, err := other.SQL(spec.Contains("tags", "a"), sqlspec.MariaDB); !errors.Is(err, sqlspec.ErrUnsupported) {
		t.Errorf("a column declared for PostgreSQL: %v", err)
	}
	for _, pattern := range []string{".*x", "a{0,29}b*c", "a?b?c?.*", "(ab)*c", "(?i)abc|[x-z]+", "a{2,255}", "^a$"} {
		if _, _, err := crates.SQL(spec.Matches("owner", pattern), sqlspec.MariaDB); err != nil {
			t.Errorf("%q: %v", pattern, err)
		}
	}
	if _, err := sqlspec.TableOf[crate]("crates", sqlspec.Column("id", sqlspec.BinaryText())); !errors.Is(err, sqlspec.ErrTable) {
		t.Errorf("BinaryText for what is no text: %v", err)
	}
}
