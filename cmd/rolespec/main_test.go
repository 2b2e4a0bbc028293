package main

import (
	"context"
	"os"
	"strings"
	"testing"
)

// beProgram makes the test binary the program itself, for what needs a process.
const beProgram = "ROLESPEC_TEST_BE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(beProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// result is what a command line came to.
type result struct {
	exit   int
	stdout string
	stderr string
}

// rolespec runs a command line in this process.
func rolespec(stdin string, args ...string) result {
	var stdout, stderr strings.Builder
	exit := run(context.Background(), args, strings.NewReader(stdin), &stdout, &stderr)
	return result{exit, stdout.String(), stderr.String()}
}

// file writes a file and returns its path.
func file(t *testing.T, name, text string) string {
	t.Helper()
	path := t.TempDir() + "/" + name
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// commandCase is a command line and what it comes to.
type commandCase struct {
	name   string // with the reason, where it is not plain
	args   []string
	stdin  string
	exit   int
	stdout string
	part   string // of standard output, where it is not given in full
	stderr string // part of it; nothing for none
}

func runCases(t *testing.T, cases []commandCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			have := rolespec(c.stdin, c.args...)
			if have.exit != c.exit {
				t.Errorf("exit code: have %d, want %d", have.exit, c.exit)
			}
			if c.part == "" && have.stdout != c.stdout || !strings.Contains(have.stdout, c.part) {
				t.Errorf("standard output: have %q, want %q%q", have.stdout, c.stdout, c.part)
			}
			if !strings.Contains(have.stderr, c.stderr) || c.stderr == "" && have.stderr != "" {
				t.Errorf("standard error: have %q, want %q", have.stderr, c.stderr)
			}
		})
	}
}
