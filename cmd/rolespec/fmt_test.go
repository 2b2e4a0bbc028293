package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFmt(t *testing.T) {
	tidy, untidy := file(t, "tidy.spec", "a == 1\n"), file(t, "untidy.spec", "a==1")
	broken := file(t, "broken.spec", "a =\n= 1")
	runCases(t, []commandCase{
		{name: "standard input", args: []string{"fmt"}, stdin: "a==1&&b", exit: 2, stderr: "standard input: line 1, column"},
		{name: "one line", args: []string{"fmt", "--width", "0"}, stdin: "a==1&&(b==2||c==3)", stdout: "a == 1 && (b == 2 || c == 3)\n"},
		{name: "narrow", args: []string{"fmt", "--width", "8"}, stdin: "a==1&&b==2", stdout: "a == 1\n&& b == 2\n"},
		{name: "JSON is read", args: []string{"fmt"}, stdin: `{"op":"eq","field":"a","value":1}`, stdout: "a == 1\n"},
		{name: "files", args: []string{"fmt", tidy, untidy}, stdout: "a == 1\na == 1\n"},
		{name: "check", args: []string{"fmt", "--check", tidy, untidy}, exit: 1, stdout: untidy + "\n"},
		{name: "check, in short", args: []string{"fmt", "-l", tidy}},
		{name: "as JSON", args: []string{"fmt", "--json", "-"}, stdin: "a==1", stdout: `{"file":"-","formatted":false,"text":"a == 1\n","spec":{"op":"eq","field":"a","value":1}}` + "\n"},
		{name: "a syntax error shows its line", args: []string{"fmt", broken}, exit: 2, stderr: broken + ": line 1, column 3: = means nothing here\n    a =\n      ^\n"},
		{name: "nothing to write", args: []string{"fmt", "-w"}, stdin: "a==1", exit: 2, stderr: "-w needs a file"},
		{name: "no text", args: []string{"fmt"}, exit: 2, stderr: "line 1, column 1"},
	})
}

// A policy is formatted as package policy does it, in its own file.
func TestFmtPolicy(t *testing.T) {
	untidy := file(t, "p.yaml", "rolespec: 1\nroles:\n  - name: a # the first\n    allow:\n      - {endpoint: tasks, methods: GET, rule: 'a==1'}\n")
	broken := file(t, "q.YML", "rolespec: 2\n")
	runCases(t, []commandCase{
		{name: "check", args: []string{"fmt", "--check", examplePolicy, untidy}, exit: 1, stdout: untidy + "\n"},
		{name: "what is none", args: []string{"fmt", broken}, exit: 2, stderr: broken + ":1:"},
		{name: "what is none, as JSON", args: []string{"fmt", broken, "--json"}, exit: 2, stderr: `"kind":"policy"`},
		{name: "write", args: []string{"fmt", "-w", untidy}},
		{name: "check again", args: []string{"fmt", "--check", untidy}},
	})
	have, err := os.ReadFile(untidy)
	if err != nil || !strings.Contains(string(have), "rule: a == 1") || !strings.Contains(string(have), "# the first") {
		t.Errorf("have %s (%v)", have, err)
	}
}

// -w keeps the mode of the file and what links to it, and leaves a file alone that
// cannot be read.
func TestFmtWrites(t *testing.T) {
	dir := t.TempDir()
	path, link, broken := filepath.Join(dir, "a.spec"), filepath.Join(dir, "link.spec"), filepath.Join(dir, "b.spec")
	for name, text := range map[string]string{path: "a==1", broken: "a = 1"} {
		if err := os.WriteFile(name, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	if have := rolespec("", "fmt", "-w", link); have.exit != 0 || have.stdout != "" {
		t.Errorf("have %+v", have)
	}
	if have := rolespec("", "fmt", "-w", broken); have.exit != 2 {
		t.Errorf("have %+v", have)
	}
	for name, want := range map[string]string{path: "a == 1\n", link: "a == 1\n", broken: "a = 1"} {
		if have, err := os.ReadFile(name); err != nil || string(have) != want {
			t.Errorf("%s: have %q, want %q (%v)", name, have, want, err)
		}
	}
	if info, err := os.Lstat(path); err != nil || info.Mode() != 0o640 {
		t.Errorf("the mode: have %v, %v", info.Mode(), err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is none any more: %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("something was left behind: %v", left)
	}
	if have := rolespec("", "fmt", "-l", path, link); have.exit != 0 {
		t.Errorf("what was written is not formatted: %+v", have)
	}
}
