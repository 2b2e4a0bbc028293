package pgclaims_test

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/rolespec/rolespec/sqlspec/pgclaims"
)

func TestClaimsRefused(t *testing.T) {
	t.Parallel()
	pool, err := pgxpool.New(t.Context(), "host=/nowhere")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	for _, c := range []struct {
		name   string
		claims any
	}{
		{"nil", nil},
		{"nil pointer", (*caller)(nil)},
		{"nil map", map[string]any(nil)},
		{"text", "s3cret"},
		{"list", []string{"s3cret"}},
		{"not JSON", map[string]any{"account": make(chan int)}},
		{"not a number", map[string]any{"account": math.NaN()}},
		{"name twice", json.RawMessage(`{"account": "s3cret", "account": "bob"}`)},
		{"name twice, written in two ways", json.RawMessage(`{"account": "s3cret", "\u0061ccount": "bob"}`)},
		{"name twice, far apart", json.RawMessage(`{"account":"s3cret","roles":["a","b"],"exp":1,"account":"bob"}`)},
		{"name twice, with blanks", json.RawMessage("{\"a\" : 1,\n\"a\"\t: 2}")},
		{"name twice, as values of a map", map[string]json.RawMessage{"a": json.RawMessage(`{"b":1,"b":2}`)}},
		{"name twice, in a list", json.RawMessage(`{"a":[1,{"b":1,"b":2}]}`)},
		{"name twice, among many", many("a0")},
		{"name twice, among many, the last", many("a99")},
		{"name twice, deeper", json.RawMessage(`{"a": [{"b": 1}, {"b": 1, "b": 2}]}`)},
		{"not UTF-8", caller{"s3cret\xff"}},
		{"not UTF-8, as it is", json.RawMessage("{\"account\":\"s3cret\xff\"}")},
		{"replacement character, as it is", caller{"s3cret\uFFFD"}},
		{"half a surrogate", json.RawMessage(`{"account": "\ud800"}`)},
		{"not UTF-8 in a name", map[string]string{"\xff": "s3cret"}},
		{"replacement character", json.RawMessage(`{"account": "\uFFFD"}`)},
		{"NUL", caller{"s3cret\x00"}},
		{"NUL in a name", map[string]string{"\x00": "s3cret"}},
		{"too deep", json.RawMessage(`{"a":` + strings.Repeat("[", 101) + strings.Repeat("]", 101) + `}`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, query := pgclaims.Query(t.Context(), pool, c.claims, all)
			run := pgclaims.Run(t.Context(), pool, c.claims, func(pgx.Tx) error { return nil })
			runSQL := pgclaims.RunSQL(t.Context(), db, nil, c.claims, func(*sql.Tx) error { return nil })
			for _, err := range []error{query, run, runSQL} {
				if !errors.Is(err, pgclaims.ErrClaims) {
					t.Errorf("have %v, want ErrClaims", err)
				} else if strings.Contains(err.Error(), "s3cret") {
					t.Errorf("a claim is in the text: %v", err)
				}
			}
		})
	}
}

// many returns an object of a hundred names and one more.
func many(name string) json.RawMessage {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, `"a%d":%d,`, i, i)
	}
	return json.RawMessage("{" + text.String() + `"` + name + `":0}`)
}

// Claims arrive as they are, whatever they hold and however they are sent.
func TestClaimsArrive(t *testing.T) {
	t.Parallel()
	s := newService(t)
	accounts := []string{
		"", "ann", "'", "''", `"`, `\`, `\'`, `\\`, "$1", "$$", "$a$", "?", ":name", "@p", "; SELECT 1", "'; ROLLBACK; --",
		"/*", "--", "%s", "\n\r\t", "\u2028", "\u00e9", "e\u0301", "\U0001f600", "<&>", "null", strings.Repeat("long ", 20_000),
	}
	read := func(t *testing.T, rows pgx.Rows) string {
		t.Helper()
		text, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	const account = "SELECT current_setting('rolespec.claims')::jsonb ->> 'account'"
	for name, mode := range modes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := s.pool(t, inMode(mode))
			db := stdlib.OpenDBFromPool(pool)
			defer db.Close()
			for _, want := range accounts {
				rows, err := pgclaims.Query(t.Context(), pool, caller{want}, account)
				if err != nil {
					t.Fatal(err)
				}
				query := read(t, rows)
				var run, runSQL string
				if err := pgclaims.Run(t.Context(), pool, caller{want}, func(tx pgx.Tx) error {
					return tx.QueryRow(t.Context(), account).Scan(&run)
				}); err != nil {
					t.Fatal(err)
				}
				if err := pgclaims.RunSQL(t.Context(), db, nil, caller{want}, func(tx *sql.Tx) error {
					return tx.QueryRowContext(t.Context(), account).Scan(&runSQL)
				}); err != nil {
					t.Fatal(err)
				}
				if query != want || run != want || runSQL != want {
					t.Errorf("have %.40q, %.40q, %.40q, want %.40q", query, run, runSQL, want)
				}
			}
			forgotten(t, "hostile claims", pool)
			same(t, "of the empty account", query(t, pool, caller{""}), []int64{6})
		})
	}
}
