package lint_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/lint"
)

// Each file of testdata says in comments what is to be found: "# want CODE" on the
// line of a finding, "# whole: CODE" for one about the policy as a whole. Nothing
// else may be found.
func TestFindings(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d files, %v", len(paths), err)
	}
	codes := map[string]bool{}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) {
			p, err := policy.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			findings, err := lint.Check(p)
			if err != nil {
				t.Fatal(err)
			}
			var have []string
			for _, f := range findings {
				have = append(have, line(f)+string(f.Code))
				codes[string(f.Code)] = true
			}
			want := wanted(t, path)
			slices.Sort(have)
			slices.Sort(want)
			if !slices.Equal(have, want) {
				t.Errorf("have %q\nwant %q", have, want)
				for _, f := range findings {
					t.Log(f)
				}
			}
		})
	}
	for _, code := range []lint.Code{
		lint.NoRow, lint.EveryRow, lint.Unreachable, lint.Shadowed, lint.NoEffect, lint.EmptyRole, lint.Uneven,
		lint.NotPermitted, lint.UnusedClaim, lint.Undeclared,
	} {
		if !codes[string(code)] {
			t.Errorf("no file has a finding %q", code)
		}
	}
}

// line is where a finding is, as wanted writes it.
func line(f lint.Finding) string {
	if f.Line == 0 {
		return ""
	}
	return strconv.Itoa(f.Line) + ":"
}

var comment = regexp.MustCompile(`# (want|whole:) (.*)$`)

func wanted(t *testing.T, path string) (want []string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range strings.Split(string(data), "\n") {
		m := comment.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		at := ""
		if m[1] == "want" {
			at = strconv.Itoa(i+1) + ":"
		}
		for _, code := range strings.Fields(m[2]) {
			want = append(want, at+code)
		}
	}
	return want
}

func TestCallers(t *testing.T) {
	p, err := policy.Parse("p", []byte(twoRoles))
	if err != nil {
		t.Fatal(err)
	}
	findings, err := lint.Check(p, policy.Claims{"roles": []string{"user", "admin"}})
	if err != nil {
		t.Fatal(err)
	}
	var codes []lint.Code
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	if want := []lint.Code{lint.UnknownRole, lint.Unheld}; !slices.Equal(codes, want) {
		t.Errorf("have %v, want %v", findings, want)
	}
}

const twoRoles = `
rolespec: 1
claims: {sub: string}
resources: {a: {fields: {id: int}}}
roles:
  - {name: user, allow: [{endpoint: a, methods: GET, rule: "#"}]}
  - {name: auditor, allow: [{endpoint: a, methods: GET, rule: "#"}]}
`

// A policy of which nothing is wrong has no finding, and a nil one is an error.
func TestNoPolicy(t *testing.T) {
	if findings, err := lint.Check(nil); err == nil || findings != nil {
		t.Errorf("have %v, %v", findings, err)
	}
}

func TestFindingString(t *testing.T) {
	for _, test := range []struct {
		finding lint.Finding
		want    string
	}{
		{lint.Finding{lint.NoRow, lint.Warning, "p.yaml:3:4", 3, 4, "no row"}, "p.yaml:3:4: warning: no row [no-row]"},
		{lint.Finding{lint.Unheld, lint.Note, "", 0, 0, "no caller"}, "note: no caller [unheld-role]"},
	} {
		if have := test.finding.String(); have != test.want {
			t.Errorf("have %q, want %q", have, test.want)
		}
	}
}
