// Package unregistered_test checks a connection that has not the functions of
// sqlspec: a driver registers them for the whole program.
package unregistered_test

import (
	"strings"
	"testing"

	"github.com/rolespec/rolespec/engines"
	"github.com/rolespec/rolespec/spec"
	"github.com/rolespec/rolespec/sqlspec"
)

func TestMain(m *testing.M) { engines.Main(m) }

func TestMissingFunctions(t *testing.T) {
	type priced struct{ Price spec.Decimal }
	type listed struct{ Prices []spec.Decimal }
	type named struct{ Name string }
	type plain struct {
		ID   int64
		Mood string `spec:"mood,enum=calm|cross"`
		Tags []string
	}
	db := engines.SQLite(t)
	if _, err := db.Exec("CREATE TABLE things (id INTEGER NOT NULL, price TEXT NOT NULL, prices TEXT, name TEXT NOT NULL, mood TEXT NOT NULL, tags TEXT, cents INTEGER NOT NULL)"); err != nil {
		t.Fatal(err)
	}
	price := spec.MustDecimal("1.5")
	for name, test := range map[string]struct {
		table *sqlspec.Table
		ask   spec.Specification
		want  string
	}{
		"decimals as text":   {sqlspec.MustTable[priced]("things"), spec.Eq("price", price), `problem: table "things", "price": column "price" holds decimals, and the connection has no function decimal_cmp`},
		"lists of decimals":  {sqlspec.MustTable[listed]("things"), spec.Contains("prices", price), `problem: table "things", "prices": column "prices" holds decimals, and the connection has no function decimal_cmp`},
		"decimals as cents":  {sqlspec.MustTable[priced]("things", sqlspec.Column("price", sqlspec.Name("cents"), sqlspec.Scaled(2))), spec.Eq("price", price), ""},
		"patterns":           {sqlspec.MustTable[named]("things"), spec.Matches("name", "a"), `advice: table "things": the connection has no function rolespec_match`},
		"nothing to look at": {sqlspec.MustTable[plain]("things"), spec.Eq("mood", "calm").And(spec.Contains("tags", "a")), ""},
	} {
		findings, err := test.table.Check(t.Context(), db, sqlspec.SQLite)
		if err != nil {
			t.Fatal(err)
		}
		if test.want == "" && len(findings) > 0 || test.want != "" && (len(findings) != 1 || !strings.HasPrefix(findings[0].String(), test.want)) {
			t.Errorf("%s: %v", name, findings)
		}
		text, args, err := test.table.SQL(test.ask, sqlspec.SQLite)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := db.Query("SELECT 1 FROM things WHERE "+text, args...)
		if err == nil {
			rows.Next()
			err = rows.Err()
			rows.Close()
		}
		if (err != nil) != (test.want != "") {
			t.Errorf("%s: the statement: %v", name, err)
		}
	}
}
