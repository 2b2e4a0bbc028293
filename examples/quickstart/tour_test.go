package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dustin/go-humanize"

	"github.com/rolespec/rolespec/spec"
)

func TestTour(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tasks.db")
	first := runOK(t, "-db", path, "-rows", "2000")
	unchanged(t, path)

	// What the policy says, written by hand: the numbers do not come from rolespec.
	line := func(prefix, condition string, args ...any) string {
		n := humanize.Comma(count(t, path, condition, args...))
		return fmt.Sprintf("%s %s = %s", prefix, n, n)
	}
	const sqlName = "x' OR '1'='1"
	wantLines(t, first,
		path,
		"2,000 tasks, made in, read into memory in",
		`mia RS256 manager, user acme 3 bob, o'hara, 李雷`,
		"bob HS256 user acme",

		line("ann admin GET tasks admin", "true"),
		line("DELETE tasks admin", "true"),
		line("mia manager, user GET tasks manager", "account = 'acme' AND deleted_at IS NULL"),
		line("PATCH tasks manager", "account = 'acme' AND deleted_at IS NULL AND assignee IN ('bob', 'o''hara', '李雷')"),
		line("DELETE tasks manager", "account = 'acme' AND deleted_at IS NULL AND amount <= 30000"),
		line("kim manager GET tasks manager", "account = '100% Öl' AND deleted_at IS NULL"),
		line("bob user GET tasks user", "account = 'acme' AND deleted_at IS NULL AND 'bob' IN (created_by, assignee)"),
		line(sqlName+" user GET tasks user", "account = 'acme' AND deleted_at IS NULL AND ? IN (created_by, assignee)", sqlName),
		line("tom guest, auditor GET tasks auditor", "account = 'acme' AND lower(title) GLOB 'invoice [0-9]*'"),
		line("eve guest GET tasks guest", "title GLOB '50%_off*' AND status <> 'done' AND deleted_at IS NULL"),
		"PATCH tasks forbidden",

		`SELECT "t"."id" FROM "tasks" AS "t" WHERE (1 = 1)`,
		`mia GET: "acme"`,
		`kim GET: "100% Öl"`,
		`bob GET: "acme" "bob" "bob"`,

		`roles: forbidden: PATCH "tasks": the rule of role "manager" failed: claim team is missing,`,
		`bob, x' OR '1'='1, tom, eve`,
		`roles: forbidden: DELETE "tasks": no role of the caller permits it`,

		line("mia PATCH tasks UPDATE", "account = 'acme' AND deleted_at IS NULL AND assignee IN ('bob', 'o''hara', '李雷')"),
		line("mia DELETE tasks DELETE", "account = 'acme' AND deleted_at IS NULL AND amount <= 30000"),

		"bob bob EXECUTE wallets 1 = 1 40.00 27.50",
		"bob mia EXECUTE wallets 0 = 0 20.00 20.00",
		"bob Bob EXECUTE wallets 0 = 0 50.00 50.00",
		"mia mia EXECUTE wallets 1 = 1 20.00 7.50",
		"mia mia EXECUTE wallets 0 = 0 7.50 7.50",
		"ann bob EXECUTE wallets forbidden 27.50 27.50",

		"21 comparisons, each with the same rows in SQL and in memory.",
	)

	for _, line := range first {
		if strings.HasSuffix(line, " 0 = 0") {
			t.Errorf("nothing is compared with nothing: %s", line)
		}
	}

	second := runOK(t, "-db", path)
	wantLines(t, second, "2,000 tasks, opened in, read into memory in")
	if !slices.Equal(first[2:], second[2:]) {
		t.Errorf("the second run says something else:\n%q\n%q", first[2:], second[2:])
	}
}

func TestForgedTokens(t *testing.T) {
	t.Parallel()
	tokens, err := newTokens()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	tour := &tour{out: newPrinter(&out)}
	if err := tour.refuse(context.Background(), tokens); err != nil {
		t.Fatal(err)
	}
	wantLines(t, lines(out.String()),
		"roles made admin payload: token has a wrong signature the signature does not fit",
		`the same, "alg":"none" payload: token is malformed an empty segment`,
		"issued an hour ago payload: token has expired claim exp has come",
		"a refresh token payload: token is of another type claim typ is absent or another type",
		"without an account payload: token has wrong claims a required claim is missing or null")
}

// A difference is noticed, counted and an error.
func TestDifference(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "tasks.db")
	db, made, err := openTasks(ctx, path, 250, nil)
	if err != nil || !made {
		t.Fatal(made, err)
	}
	defer db.Close()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	all, err := loadTasks(ctx, tx, nil)
	if err != nil || len(all) != 250 {
		t.Fatal(len(all), err)
	}
	query, err := selectVisible(spec.All())
	if err != nil {
		t.Fatal(err)
	}
	other := slices.Clone(all)
	other[249].ID = 251
	for _, test := range []struct {
		name  string
		rows  []Task
		equal bool
	}{{"the same", all, true}, {"one less", all[1:], false}, {"as many, but others", other, false}} {
		var out bytes.Buffer
		tour := &tour{out: newPrinter(&out)}
		c, err := compare(ctx, tx, query, test.rows, spec.All())
		if err != nil || c.equal != test.equal {
			t.Errorf("%s: equal %t, %v", test.name, c.equal, err)
		}
		tour.count(c)
		if err := tour.result(); errors.Is(err, errDifferent) == test.equal {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestInterruptedLeavesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out bytes.Buffer
	if err := run(ctx, []string{"-db", filepath.Join(folder, "tasks.db"), "-rows", "2000"}, &out, &out); err == nil {
		t.Error("no error")
	}
	if left, _ := os.ReadDir(folder); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
