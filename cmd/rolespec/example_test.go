package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/rolespec.md")

// Every example of every command does what it says, in a real shell.
func TestExamples(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no sh here")
	}
	program, err := filepath.Abs(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "rolespec")); err != nil {
		t.Skip(err)
	}
	for _, c := range commands() {
		for _, x := range c.examples {
			t.Run(c.name, func(t *testing.T) {
				dir := t.TempDir()
				if err := os.CopyFS(dir, os.DirFS("testdata/example")); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command(shell, "-c", x.line)
				cmd.Dir = dir
				cmd.Env = append(os.Environ(), beProgram+"=1", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
				out, err := cmd.Output()
				var failed *exec.ExitError
				if err != nil && !errors.As(err, &failed) {
					t.Fatal(err)
				}
				if exit := cmd.ProcessState.ExitCode(); exit != x.exit {
					t.Errorf("%s\nexit code: have %d, want %d", x.line, exit, x.exit)
				}
				if diff := cmp.Diff(x.output, string(out)); diff != "" {
					t.Errorf("%s\n-want +have\n%s", x.line, diff)
				}
			})
		}
	}
}

// The manual is what the table of commands says.
func TestManual(t *testing.T) {
	const path = "../../docs/rolespec.md"
	have := rolespec("", "help", "--markdown")
	if have.exit != 0 {
		t.Fatalf("have %+v", have)
	}
	if *update {
		if err := os.WriteFile(path, []byte(have.stdout), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have.stdout); diff != "" {
		t.Errorf("docs/rolespec.md is old; go test ./cmd/rolespec -run Manual -update writes it\n%s", diff)
	}
}
