package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestMain lets the tests run the program itself, with its exit status.
func TestMain(m *testing.M) {
	if os.Getenv("QUICKSTART_MAIN") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program runs the whole program, as a shell does.
func program(t *testing.T, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "QUICKSTART_MAIN=1")
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// runOK runs and returns the lines of the output, in which blanks and timings
// do not count.
func runOK(t *testing.T, args ...string) []string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := run(context.Background(), args, &stdout, &stderr); err != nil {
		t.Fatalf("run %q: %v\n%s", args, err, stdout.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("stderr: %s", stderr.String())
	}
	return lines(stdout.String())
}

var timing = regexp.MustCompile(` \d+(\.\d)? m?s\b`)

func lines(output string) []string {
	var all []string
	for line := range strings.Lines(output) {
		line = strings.Join(strings.Fields(line), " ")
		all = append(all, timing.ReplaceAllString(line, ""))
	}
	return all
}

// runFails runs and returns the error.
func runFails(t *testing.T, args ...string) error {
	t.Helper()
	var stdout, stderr bytes.Buffer
	err := run(context.Background(), args, &stdout, &stderr)
	if err == nil {
		t.Fatalf("run %q: no error\n%s", args, stdout.String())
	}
	return err
}

// wantLines fails for every line that the output lacks.
func wantLines(t *testing.T, output []string, want ...string) {
	t.Helper()
	all := "\n" + strings.Join(output, "\n") + "\n"
	for _, line := range want {
		if !strings.Contains(all, "\n"+line+"\n") {
			t.Errorf("no line %q", line)
		}
	}
	if t.Failed() {
		t.Log(all)
	}
}

// unchanged fails if the file is not the same in the end.
func unchanged(t *testing.T, path string) {
	t.Helper()
	sum := func() [sha256.Size]byte {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return sha256.Sum256(content)
	}
	before := sum()
	t.Cleanup(func() {
		if sum() != before {
			t.Errorf("%s was changed", path)
		}
	})
}

// newDatabase makes a SQLite file by a script.
func newDatabase(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a b?c#d%20.db") // a path is no URI
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	execute(t, path, script)
	unchanged(t, path)
	return path
}

func execute(t *testing.T, path, script string) {
	t.Helper()
	db, err := openFile(path, "mode=rw")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(script); err != nil {
		t.Fatal(err)
	}
}

// count asks the database by a condition written by hand.
func count(t *testing.T, path, condition string, args ...any) (rows int64) {
	t.Helper()
	db, err := openFile(path, "mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(*) FROM tasks WHERE "+condition, args...).Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}
