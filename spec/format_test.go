package spec_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolespec/rolespec/spec"
)

var formatTests = []struct {
	name  string
	width int
	text  string // as String prints it
	want  string
}{
	{"fits", 20, `a == 1 && b == 2`, `a == 1 && b == 2`},
	{"fits to the letter", 16, `a == 1 && b == 2`, `a == 1 && b == 2`},
	{"a letter too long", 15, `a == 1 && b == 2`, "a == 1\n&& b == 2"},
	{"no width", 0, `a == 1 && b == 2`, `a == 1 && b == 2`},
	{"characters, not bytes", 10, `a == "éééé"`, `a == "éééé"`},
	{"cannot be broken", 5, `a == "long text" || b == 1`, "a == \"long text\"\n|| b == 1"},
	{"constant", 1, `!#`, `!#`},
	{"junction inside", 24, `a == 1 && (b == 2 || c == 3)`, "a == 1\n&& (b == 2 || c == 3)"},
	{"junction inside, broken", 16, `a == 1 && (b == 2 || c == 3)`, "a == 1\n&& (\n  b == 2\n  || c == 3\n)"},
	{"negation", 10, `!(a == 1 || b is None)`, "!(\n  a == 1\n  || b is None\n)"},
	{"negation of a leaf", 10, `!(a == "xyz")`, "!(\n  a == \"xyz\"\n)"},
	{"relation", 20, `any comments (a == 1 && b == 2)`, "any comments (\n  a == 1 && b == 2\n)"},
	{"relation in a negation", 19, "!(every `a b` (a == 1 && b == 2))", "!(\n  every `a b` (\n    a == 1\n    && b == 2\n  )\n)"},
	{"list", 12, `a in [1, 2, 3, 4, 5, 6, 7]`, "a in [\n  1, 2, 3,\n  4, 5, 6, 7\n]"},
	{"list among others", 16, `x == 1 && !(a overlaps ["x", "y", "zzzzzzzzz"])`, "x == 1\n&& !(\n  a overlaps [\n    \"x\", \"y\",\n    \"zzzzzzzzz\"\n  ]\n)"},
	{"lists in a list", 12, `a == [[1, 2, 3, 4, 5], [6]]`, "a == [\n  [1, 2, 3, 4, 5],\n  [6]\n]"},
	{"what follows counts", 18, `a == 1 && (bb == 2 || c == 3)`, "a == 1\n&& (\n  bb == 2\n  || c == 3\n)"},
}

func TestFormat(t *testing.T) {
	for _, test := range formatTests {
		s := spec.MustParse(test.text)
		if s.String() != test.text {
			t.Errorf("%s: %s is printed as %s", test.name, test.text, s)
		}
		have := spec.Format(s, test.width)
		if have != test.want {
			t.Errorf("%s: have\n%s\nwant\n%s", test.name, have, test.want)
		}
		if back, err := spec.Parse(have); err != nil || !back.Equal(s) {
			t.Errorf("%s: read as %v, error %v", test.name, back, err)
		}
	}
	if have := spec.Format(spec.Eq("", 1), 10); have != spec.Eq("", 1).String() {
		t.Errorf("an error is formatted as %s", have)
	}
	if have := spec.Format(spec.Specification{}, 10); have != "!#" {
		t.Errorf("the zero Specification is formatted as %s", have)
	}
}

// A line is longer than the width only where nothing on it can be broken; two
// lines that would fit on one stand on one; nothing but blanks differs from String.
func TestFormatOfRandomSpecifications(t *testing.T) {
	d := seeded(12)
	for range scale(10_000) {
		s, width := drawSound(d, 4), 1+d(100)
		text := spec.Format(s, width)
		for line := range strings.SplitSeq(text, "\n") {
			bare := strings.TrimLeft(line, " ")
			bare = strings.TrimPrefix(strings.TrimPrefix(bare, "&& "), "|| ")
			if utf8.RuneCountInString(line) > width && strings.ContainsAny(unquoted(bare), "&|") {
				t.Fatalf("%q is longer than %d:\n%s", line, width, text)
			}
			if strings.HasSuffix(line, " ") {
				t.Fatalf("%q ends in a blank", line)
			}
		}
		if len(s.String()) <= width && text != s.String() {
			t.Fatalf("%s has room in %d:\n%s", s, width, text)
		}
		if have, want := withoutBlanks(text), withoutBlanks(s.String()); have != want {
			t.Fatalf("have\n%s\nwant\n%s", have, want)
		}
	}
}

func withoutBlanks(text string) string {
	return strings.NewReplacer(" ", "", "\n", "").Replace(text)
}
