package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// loose is what tables look like that nobody keeps in order.
const loose = `
CREATE TABLE "order items" (
	id         INTEGER PRIMARY KEY,
	"owner id" INTEGER,
	"group"    TEXT COLLATE NOCASE,
	"we""ird"  varchar(10),
	made       DATE,
	paid       BOOLEAN,
	price      REAL,
	note,
	mixed,
	unknown    NUMERIC,
	picture    BLOB,
	"a.b"      TEXT,
	"sure?"    TEXT,
	twice      INTEGER AS ("owner id" * 2)
);
INSERT INTO "order items" VALUES
	(1, 7,       'acme',   'it''s', '2025-01-01', 1,    1.5,     'x',    1,     NULL, x'00', 'd', 'y'),
	(2, '7',     'Acme',   'ITS',   '2025-01-01', 0,    7,       'X',    'a',   NULL, x'00', 'd', 'y'),
	(3, 'seven', 'acme ',  '%',     '2025-01-02', 2,    'cheap', 'x ',   NULL,  NULL, NULL,  'd', 'y'),
	(4, NULL,    NULL,     NULL,    NULL,         NULL, NULL,    NULL,   NULL,  NULL, NULL,  'd', 'y'),
	(5, 7.5,     x'61636d65', '_',  'yesterday',  1,    9e999,   '',     x'01', NULL, x'00', 'd', 'y'),
	(6, 7.0,     'acme',   '李雷',   '2025-01-01', 1,    7.0,     'NULL', 1,     NULL, x'00', 'd', 'y'),
	(7, x'37',   'ACME',   '"',     '2025-1-1',   1,    -7,      '?',    1,     NULL, x'00', 'd', 'y');
CREATE VIEW "select" AS SELECT "owner id", upper("group") AS "order", made FROM "order items";
CREATE TABLE keyed (k TEXT PRIMARY KEY, v INT) WITHOUT ROWID;
INSERT INTO keyed VALUES ('a', 1), ('b', 1), ('c', 2), ('d', NULL), ('e', 'one');
CREATE TABLE empty (a TEXT);
CREATE TABLE "my.table" (a TEXT);`

func TestOwnTable(t *testing.T) {
	t.Parallel()
	path := newDatabase(t, loose)
	for _, test := range []struct {
		table, rule, claim       string
		visible, hidden, neither int
	}{
		{"order items", "owner id=acc", "acc=7", 3, 0, 4},
		{"ORDER ITEMS", "OWNER ID=acc", "acc=7", 3, 0, 4},
		{"order items", "group=acc", "acc=acme", 2, 3, 2}, // exact, though NOCASE
		{"order items", `we"ird=x`, "x=it's", 1, 5, 1},
		{"order items", `we"ird=x`, "x=%", 1, 5, 1},
		{"order items", `we"ird=x`, `x="`, 1, 5, 1},
		{"order items", "made=day", "day=2025-01-01", 3, 3, 1}, // texts
		{"order items", "paid=p", "p=1", 4, 2, 1},              // integers, and one is 2
		{"order items", "price=p", "p=7", 2, 3, 2},
		{"order items", "price=p", "p=1.5", 1, 4, 2},
		{"order items", "note=n", "n=NULL", 1, 5, 1},
		{"order items", "twice=n", "n=14", 4, 2, 1}, // generated
		{"select", "order=o", "o=ACME", 5, 1, 1},
		{"select", "owner id=o", "o=7", 3, 0, 4},
		{"keyed", "v=n", "n=1", 2, 1, 2},
		{"empty", "a=b", "b=c", 0, 0, 0},
	} {
		t.Run(test.table+", "+test.rule+", "+test.claim, func(t *testing.T) {
			output := runOK(t, "-db", path, "-table", test.table, "-rule", test.rule, "-claim", test.claim)
			want := []string{
				fmt.Sprintf("not visible %d = %[1]d", test.hidden),
				"The same rows in SQL and in memory.",
			}
			if test.neither > 0 {
				want = append(want, fmt.Sprintf("In neither: %d, where a column is NULL or its value is not of its type.", test.neither))
			}
			wantLines(t, output, want...)
			visible := fmt.Sprintf(" visible caller %d = %[1]d", test.visible)
			if !slices.ContainsFunc(output, func(line string) bool { return strings.HasSuffix(line, visible) }) {
				t.Errorf("no line ends with %q", visible)
			}
		})
	}
}

func TestOwnRulesMustAllHold(t *testing.T) {
	t.Parallel()
	path := newDatabase(t, loose)
	output := runOK(t, "-db", path, "-table", "order items",
		"-rule", "owner id=acc", "-rule", "group=who", "-claim", "acc=7", "-claim", "who=acme")
	wantLines(t, output,
		`7 rows of "order items", read into memory in`,
		`acc=7 who="acme" GET order items visible caller 2 = 2`,
		"`owner id` == 7 && group == \"acme\"",
		`7 "acme" "acme"`)
}

func TestOwnErrors(t *testing.T) {
	t.Parallel()
	path := newDatabase(t, loose)
	table := func(rest ...string) []string {
		return append([]string{"-db", path, "-table", "order items"}, rest...)
	}
	for _, test := range []struct {
		usage bool
		args  []string
		want  string
	}{
		{false, []string{"-db", path + "x", "-table", "t"}, "there is no file"},
		{false, []string{"-db", filepath.Dir(path), "-table", "t"}, "is a folder"},
		{true, []string{"-db", path, "-table", "orders"}, `has no table "orders"; it has "empty", "keyed", "my.table", "order items", "select"`},
		{false, []string{"-db", path, "-table", "my.table", "-rule", "a=b"}, "make a view of it"},
		{true, table(), `has the columns "id" (INTEGER), "owner id" (INTEGER)`},
		{true, table("-rule", "owner=sub"), `no column "owner"; it has "id" (INTEGER), "owner id" (INTEGER)`},
		{true, table("-rule", "owner id=sub"), `what does claim "sub" say?`},
		{true, table("-rule", "owner id=sub", "-claim", "sub=ann"), `claim "sub" is compared with column "owner id": "ann" is no whole number`},
		{true, table("-rule", "price=sub", "-claim", "sub=ann"), `"ann" is no number`},
		{true, table("-rule", "note=a.b", "-claim", "a.b=ann"), "a dot leads into a nested claim"},
		{false, table("-rule", "note=n", "-rule", "id=n", "-claim", "n=7"), "cannot be compared with a string"},
		{false, table("-rule", "unknown=n", "-claim", "n=x"), `column "unknown" (NUMERIC) is unclear: it holds nothing but NULL`},
		{false, table("-rule", "mixed=n", "-claim", "n=x"), `column "mixed" is unclear: it holds blob and integer and text; make a view with CAST("mixed" AS TEXT)`},
		{false, table("-rule", "picture=n", "-claim", "n=x"), "holds bytes"},
		{false, table("-rule", "a.b=n", "-claim", "n=x"), "a dot in a name"},
		{false, table("-rule", "sure?=n", "-claim", "n=x"), "a question mark in a name"},
	} {
		err := runFails(t, test.args...)
		var usage *usageError
		if errors.As(err, &usage) != test.usage || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v", test.args, err)
		}
	}

	text := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(text, []byte("no database at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	unchanged(t, text)
	if err := runFails(t, "-db", text, "-table", "t"); !strings.Contains(err.Error(), "is not a SQLite database") {
		t.Error(err)
	}
}

func TestOwnToken(t *testing.T) {
	t.Parallel()
	path := newDatabase(t, loose)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("a secret of the tests, which is long enough\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	key, err := payload.HMACKey(payload.HS256, []byte("a secret of the tests, which is long enough"), payload.KeyID("k1"))
	if err != nil {
		t.Fatal(err)
	}
	token := func(opts ...payload.SignerOption) string {
		signer, err := payload.NewSigner[Claims](key, "somebody", "something", opts...)
		if err != nil {
			t.Fatal(err)
		}
		token, err := signer.Access(Claims{Registered: who("ann"), Account: "acme", Level: 7, Team: []string{"x"}})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	args := func(token, rule string) []string {
		return []string{"-db", path, "-table", "order items", "-rule", rule, "-token", token, "-key", secret}
	}
	output := runOK(t, args(token(), "group=account")...)
	wantLines(t, output, `account="acme" GET order items visible caller 2 = 2`)
	output = runOK(t, args(token(), "owner id=level")...)
	wantLines(t, output, `level=7 GET order items visible caller 3 = 3`)

	hourAgo := payload.WithClock(func() time.Time { return time.Now().Add(-time.Hour) })
	for _, test := range []struct{ token, rule, want string }{
		{token(hourAgo), "group=account", "token has expired (claim exp has come)"},
		{token() + "x", "group=account", "payload: token"},
		{"nonsense", "group=account", "token is malformed"},
		{token(), "group=missing", "claim missing is missing"},
		{token(), "group=team", "cannot be compared"},
		{token(), "owner id=account", "cannot be compared"},
	} {
		if err := runFails(t, args(test.token, test.rule)...); !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", test.rule, err)
		}
	}
}
