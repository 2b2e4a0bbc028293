package policy_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
)

var update = flag.Bool("update", false, "write what is reported into the golden files")

// TestFaultyFiles loads every policy of testdata/errors. What is wrong with it, and
// where, stands in the file of the same name that ends in .txt, as a person would
// read it.
func TestFaultyFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.[jy]*")
	if err != nil || len(files) < 80 {
		t.Fatalf("have %d files and error %v, want 80 or more", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			have := checkRefused(t, filepath.Base(file), data).Detail()
			golden := strings.TrimSuffix(file, filepath.Ext(file)) + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(have), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), have); diff != "" {
				t.Errorf("(-want +have)\n%s", diff)
			}
		})
	}
}

// checkRefused parses what is no policy and checks what holds of all errors.
func checkRefused(t *testing.T, name string, data []byte) policy.Errors {
	t.Helper()
	p, err := policy.Parse(name, data)
	var all policy.Errors
	if p != nil || !errors.As(err, &all) || len(all) == 0 || len(all) > 100 {
		t.Fatalf("have policy %v and error %v, want no policy and Errors", p, err)
	}
	lines := strings.Split(strings.TrimPrefix(string(data), "\ufeff"), "\n")
	for i, e := range all {
		if !errors.Is(e, roles.ErrPolicy) || e.File != name || e.Reason == "" {
			t.Errorf("have %#v, want one of %s that wraps ErrPolicy and has a reason", e, name)
		}
		if i > 0 && (e.Line < all[i-1].Line || e.Line == all[i-1].Line && e.Column < all[i-1].Column) {
			t.Errorf("%s comes behind %s", e.Where(), all[i-1].Where())
		}
		if e.Line == 0 && e.Column == 0 {
			continue // of the file as a whole
		}
		if e.Line < 1 || e.Line > len(lines) || e.Column < 1 || e.Column > 1+utf8.RuneCountInString(lines[e.Line-1]) {
			t.Errorf("%s is not in the file", e.Where())
		}
	}
	for _, text := range []string{err.Error(), all.Detail()} {
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' }) {
			t.Errorf("%q cannot be shown", text)
		}
	}
	return all
}
