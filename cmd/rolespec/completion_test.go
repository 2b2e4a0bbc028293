package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The script for bash completes in a real one.
func TestCompletionBash(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("no bash here")
	}
	dir := t.TempDir()
	for _, name := range []string{"rows of mine.csv", "other.txt"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		words []string
		want  string // one a line
	}{
		{"commands", []string{"e"}, "eval\nexplain"},
		{"flags of the program", []string{"--v"}, "--version"},
		{"flags of a command", []string{"eval", "--f"}, "--fields\n--format"},
		{"flags of another command", []string{"sql", "--d"}, "--dialect"},
		{"a flag behind an argument", []string{"eval", "x.csv", "--tr"}, "--truth"},
		{"values of a flag", []string{"sql", "--dialect", "m"}, "mariadb"},
		{"values of a flag, all of them", []string{"eval", "--truth", ""}, "true\nfalse\nunknown"},
		{"shells", []string{"completion", "z"}, "zsh"},
		{"commands to describe", []string{"help", "com"}, "completion"},
		{"files", []string{"eval", "ro"}, "rows of mine.csv"},
		{"files behind a flag", []string{"eval", "--policy", "oth"}, "other.txt"},
	} {
		t.Run(c.name, func(t *testing.T) {
			words := append([]string{"rolespec"}, c.words...)
			var quoted []string
			for _, w := range words {
				quoted = append(quoted, shellQuote(w))
			}
			script := bashScript() + fmt.Sprintf("COMP_WORDS=(%s)\nCOMP_CWORD=%d\n_rolespec\nprintf '%%s\\n' \"${COMPREPLY[@]}\"\n", strings.Join(quoted, " "), len(words)-1)
			cmd := exec.Command(bash, "--norc", "-c", script)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if have := strings.TrimSpace(string(out)); err != nil || have != c.want {
				t.Errorf("have %q, want %q (%v)", have, c.want, err)
			}
		})
	}
}

// The script for fish completes in a real one.
func TestCompletionFish(t *testing.T) {
	fish, err := exec.LookPath("fish")
	if err != nil {
		t.Skip("no fish here")
	}
	path := file(t, "script", fishScript())
	for typed, want := range map[string]string{
		"rolespec e":               "eval explain",
		"rolespec eval --fi":       "--fields",
		"rolespec sql --dialect m": "mariadb",
		"rolespec completion z":    "zsh",
	} {
		out, err := exec.Command(fish, "--no-config", "-c", "source "+path+"; complete -C "+fishQuote(typed)).CombinedOutput()
		var have []string
		for line := range strings.Lines(string(out)) {
			word, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			have = append(have, word)
		}
		if err != nil || strings.Join(have, " ") != want {
			t.Errorf("%s: have %q, want %q (%v)", typed, have, want, err)
		}
	}
}

// The scripts for other shells are of their grammar, where there is the shell, and
// have every command and flag.
func TestCompletionScripts(t *testing.T) {
	for shell, check := range map[string][]string{"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute"}} {
		t.Run(shell, func(t *testing.T) {
			have := rolespec("", "completion", shell)
			if have.exit != 0 {
				t.Fatalf("have %+v", have)
			}
			for _, c := range commands() {
				if !strings.Contains(have.stdout, c.name) {
					t.Errorf("no %s", c.name)
				}
				for _, f := range c.completedFlags() {
					if !strings.Contains(have.stdout, f.name) {
						t.Errorf("no --%s of %s", f.name, c.name)
					}
				}
			}
			program, err := exec.LookPath(shell)
			if err != nil {
				t.Skipf("no %s here to read it", shell)
			}
			path := file(t, "script", have.stdout)
			if out, err := exec.Command(program, append(slices.Clone(check), path)...).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestSuggest(t *testing.T) {
	names := []string{"eval", "explain", "test", "sql", "fmt"}
	for written, want := range map[string]string{"evla": "eval", "explian": "explain", "tets": "test", "sq": "sql", "completely": "", "x": "", "": ""} {
		have := suggest(written, names)
		if want != "" {
			want = "; did you mean " + want + "?"
		}
		if have != want {
			t.Errorf("%q: have %q, want %q", written, have, want)
		}
	}
}
