package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExitStatus(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tasks.db")
	for _, test := range []struct {
		status         int
		args           []string
		stdout, stderr string
	}{
		{0, []string{"-help"}, "go run ./examples/quickstart -db shop.db -table orders", ""},
		{0, []string{"--help"}, "NO_COLOR", ""},
		{0, []string{"-db", path, "-rows", "150"}, "the same rows in SQL and in memory", ""},
		{1, []string{"-db", t.TempDir()}, "", "is a folder, not a database"},
		{2, []string{"-nonsense"}, "", "flag provided but not defined: -nonsense"},
		{2, []string{"-db", path, "-rows", "7"}, "", "has 150 tasks, not 7"},
	} {
		stdout, stderr, status := program(t, test.args...)
		if status != test.status || !strings.Contains(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%q: status %d, stdout %q, stderr %q", test.args, status, stdout, stderr)
		}
		if (stderr == "") != (status == 0) || strings.Contains(stdout+stderr, "\x1b") {
			t.Errorf("%q: stdout %q, stderr %q", test.args, stdout, stderr)
		}
	}
}

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"tasks"}, `what is "tasks"?`},
		{[]string{"-rows", "0"}, "-rows must be at least 1"},
		{[]string{"-rows", "many"}, "invalid value"},
		{[]string{"-rule", "owner"}, "both sides of ="},
		{[]string{"-claim", "=ann"}, "both sides of ="},
		{[]string{"-rule", "owner=sub"}, "need a -table"},
		{[]string{"-table", "t"}, "-table needs a -db"},
		{[]string{"-table", "t", "-db", "x", "-rows", "5"}, "-rows is for the database of tasks"},
		{[]string{"-table", "t", "-db", "x", "-token", "a.b.c"}, "-token and -key go together"},
		{[]string{"-table", "t", "-db", "x", "-token", "a.b.c", "-key", "k", "-claim", "a=b"}, "exclude each other"},
	} {
		err := runFails(t, test.args...)
		var usage *usageError
		if !errors.As(err, &usage) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v", test.args, err)
		}
	}
}

// What this program did not make is refused, and left as it was.
func TestOtherFilesAreLeftAlone(t *testing.T) {
	t.Parallel()
	tasks := filepath.Join(t.TempDir(), "tasks.db")
	runOK(t, "-db", tasks, "-rows", "500")
	whole, err := os.ReadFile(tasks)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ content, want string }{
		"text":          {"a shopping list\n", "is not a SQLite database"},
		"empty":         {"", "is not a database of this program"},
		"cut off":       {string(whole[:len(whole)/2]), "is damaged"},
		"other version": {string(whole[:60]) + "\x00\x00\x00\x09" + string(whole[64:]), "another version of this program"},
	} {
		path := filepath.Join(t.TempDir(), "some.db")
		if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
			t.Fatal(err)
		}
		unchanged(t, path)
		if err := runFails(t, "-db", path); !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	foreign := newDatabase(t, `CREATE TABLE tasks (id INTEGER); CREATE VIEW "my view" AS SELECT 1`)
	if err := runFails(t, "-db", foreign); !strings.Contains(err.Error(), `it has "my view", "tasks"`) {
		t.Error(err)
	}
	if err := runFails(t, "-db", filepath.Join(tasks, "x.db")); !strings.Contains(err.Error(), "not a directory") {
		t.Error(err)
	}
	if err := runFails(t, "-db", filepath.Join(t.TempDir(), "no", "x.db")); !strings.Contains(err.Error(), "there is no folder") {
		t.Error(err)
	}
}

func TestDefaultPath(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	o, err := parse([]string{"-rows", "123"})
	if err != nil || filepath.Base(o.db) != "quickstart-123.db" {
		t.Fatal(o.db, err)
	}
	if o, _ = parse(nil); o.rows < 100_000 {
		t.Errorf("%d rows by default", o.rows)
	}
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if o, err = parse(nil); err != nil || !filepath.IsAbs(o.db) {
		t.Error(o.db, err)
	}
}

func TestPrinter(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	p := newPrinter(&out)
	if p.colours || p.paint(red, "x") != "x" {
		t.Error("colours where there is no terminal")
	}
	if got := (printer{colours: true}).paint(red, "x"); got != "\x1b[1;31mx\x1b[0m" {
		t.Errorf("%q", got)
	}
	p.paragraph("  ", "", strings.Repeat("word ", 100), 2)
	if got := strings.Count(out.String(), "\n"); got != 2 || !strings.HasSuffix(out.String(), " ...\n") {
		t.Errorf("%d lines: %s", got, out.String())
	}
	for line := range strings.Lines(out.String()) {
		if len(line) > 101 {
			t.Errorf("%d characters: %s", len(line), line)
		}
	}
}
