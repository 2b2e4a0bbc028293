package spec_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/rolespec/rolespec/spec"
)

func text(s string) sample { return sample{Text: &s} }

var textTests = []opTest{
	{"case counts", spec.Eq("text", "Ann"), text("ann"), spec.False, "no case folding"},
	{"trailing blanks count", spec.Eq("text", "a"), text("a "), spec.False, "no padding, as CHAR(n) and MariaDB have"},
	{"accents count", spec.Eq("text", "é"), text("e"), spec.False, "no collation"},
	{"no normalisation", spec.Eq("text", "é"), text("e\u0301"), spec.False, "composed and decomposed are different bytes"},
	{"equal bytes", spec.Eq("text", "日本\U0001f600"), text("日本\U0001f600"), spec.True, "UTF-8 is compared by its bytes"},
	{"empty text", spec.Eq("text", ""), text(""), spec.True, "the empty text is a value, not null as in Oracle"},

	{"order of case", spec.Lt("text", "a"), text("Z"), spec.True, "Z is byte 5a, a is byte 61"},
	{"order of length", spec.Lt("text", "ab"), text("a"), spec.True, "a prefix comes first"},
	{"order beyond ASCII", spec.Gt("text", "z"), text("é"), spec.True, "c3 comes after 7a"},
	{"order beyond the basic plane", spec.Gt("text", "\uffff"), text("\U00010000"), spec.True, "by code point; UTF-16 would say less"},
	{"order of digits", spec.Lt("text", "9"), text("10"), spec.True, "text is not a number"},
	{"empty text comes first", spec.Lt("text", "\x01"), text(""), spec.True, "nothing is less than the empty text"},
	{"In is by bytes", spec.In("text", "A", "B"), text("a"), spec.False, "no case folding"},

	{"Contains substring", spec.Contains("text", "b"), text("abc"), spec.True, "abc holds b"},
	{"Contains not", spec.Contains("text", "B"), text("abc"), spec.False, "no case folding"},
	{"Contains the empty text", spec.Contains("text", ""), text("abc"), spec.True, "it is in every text"},
	{"Contains the empty text in the empty text", spec.Contains("text", ""), text(""), spec.True, "it is in every text that is not null"},
	{"Contains a percent sign", spec.Contains("text", "%"), text("abc"), spec.False, "% is no wildcard"},
	{"Contains an underscore", spec.Contains("text", "_"), text("abc"), spec.False, "_ is no wildcard"},
	{"Contains a backslash", spec.Contains("text", `\`), text(`a\b`), spec.True, "a backslash escapes nothing"},
	{"Contains a quote", spec.Contains("text", `'`), text(`a'b`), spec.True, "a quote ends nothing"},

	{"HasPrefix", spec.HasPrefix("text", "ab"), text("abc"), spec.True, "abc begins with ab"},
	{"HasPrefix longer than the text", spec.HasPrefix("text", "abcd"), text("abc"), spec.False, "it does not fit"},
	{"HasPrefix elsewhere", spec.HasPrefix("text", "bc"), text("abc"), spec.False, "not at the start"},
	{"HasPrefix empty", spec.HasPrefix("text", ""), text("abc"), spec.True, "every text begins with nothing"},
	{"HasPrefix wildcard", spec.HasPrefix("text", "a_"), text("abc"), spec.False, "_ is no wildcard"},
	{"HasSuffix", spec.HasSuffix("text", "bc"), text("abc"), spec.True, "abc ends with bc"},
	{"HasSuffix elsewhere", spec.HasSuffix("text", "ab"), text("abc"), spec.False, "not at the end"},
	{"HasSuffix in another case", spec.HasSuffix("text", "BC"), text("abc"), spec.False, "no case folding"},
	{"HasSuffix part of a rune", spec.HasSuffix("text", "\u00a9"), text("é"), spec.False, "the bytes c2 a9 do not end c3 a9"},

	{"Matches is anchored at the start", spec.Matches("text", "b"), text("abc"), spec.False, "the ancestor's re.match"},
	{"Matches need not reach the end", spec.Matches("text", "a"), text("abc"), spec.True, "re.match, not fullmatch"},
	{"Matches the whole", spec.Matches("text", `^(?:ab)$`), text("abc"), spec.False, "$ is the end of the text"},
	{"Matches anywhere", spec.Matches("text", ".*c"), text("abc"), spec.True, ".* in front"},
	{"Matches empty pattern", spec.Matches("text", ""), text(""), spec.True, "nothing is at the start of everything"},
	{"Matches alternatives, second", spec.Matches("text", "x|b"), text("abc"), spec.False, "both alternatives are anchored"},
	{"Matches alternatives, at the start", spec.Matches("text", "x|a"), text("abc"), spec.True, "both alternatives are anchored"},
	{"Matches after a line feed", spec.Matches("text", "(?m)^b"), text("a\nb"), spec.False, "(?m) does not move the start of the text"},
	{"Matches dollar before a last line feed", spec.Matches("text", "abc$"), text("abc\n"), spec.False, "$ is the very end"},
	{"Matches dollar of lines", spec.Matches("text", "(?m)abc$"), text("abc\nd"), spec.True, "the pattern asked for lines"},
	{"Matches dot and line feed", spec.Matches("text", "a.c"), text("a\nc"), spec.False, "a dot is no line feed"},
	{"Matches dot with (?s)", spec.Matches("text", "(?s)a.c"), text("a\nc"), spec.True, "the pattern asked for it"},
	{"Matches without case", spec.Matches("text", "(?i)ABC"), text("abc"), spec.True, "the pattern asked for it"},
	{"Matches flags end with the group", spec.Matches("text", "(?i:a)B"), text("Ab"), spec.False, "the flag holds for a alone"},
	{"Matches an unclosed quotation", spec.Matches("text", `\Qa.c`), text("abc"), spec.False, "the quotation must not swallow the anchor"},
	{"Matches an unclosed quotation, itself", spec.Matches("text", `\Qa.c`), text("a.cd"), spec.True, "quoted up to the end of the pattern"},
	{"Matches an unclosed quotation, elsewhere", spec.Matches("text", `\Qb`), text("ab"), spec.False, "anchored all the same"},
	{"Matches a quoted parenthesis", spec.Matches("text", `\Q)|(`), text(")|("), spec.True, "it is text"},
	{"Matches lazily", spec.Matches("text", "(?U)a+b"), text("aab"), spec.True, "flags keep their meaning"},
	{"Matches ASCII digits only", spec.Matches("text", `\d`), text("٣"), spec.False, "RE2's classes are ASCII"},
	{"Matches a rune", spec.Matches("text", `^.$`), text("é"), spec.True, "a dot is a code point, not a byte"},
}

func TestText(t *testing.T) { runOpTests(t, textTests) }

// A row may hold text that no value can: of any length, with NULs, not UTF-8.
func TestTextOfRows(t *testing.T) {
	long := strings.Repeat("a", 10*spec.MaxText)
	for _, test := range []opTest{
		{"long text", spec.HasPrefix("text", "aaa"), text(long), spec.True, "only values are bounded"},
		{"long text, its end", spec.HasSuffix("text", "b"), text(long + "b"), spec.True, "only values are bounded"},
		{"NUL", spec.Contains("text", "b"), text("a\x00b"), spec.True, "the text goes on after a NUL"},
		{"NUL is no end", spec.Eq("text", "a"), text("a\x00b"), spec.False, "as C would have it"},
		{"not UTF-8", spec.HasPrefix("text", "a"), text("a\xff"), spec.True, "bytes are bytes"},
		{"not UTF-8, order", spec.Gt("text", "\U0010ffff"), text("\xff"), spec.True, "ff comes after f4"},
	} {
		for _, s := range []spec.Specification{test.s, test.s.Not().Not()} {
			if have := verdict(t, s, test.row); have != test.want {
				t.Errorf("%s, struct: have %v, want %v: %s", test.name, have, test.want, test.reason)
			}
			if have := verdict(t, s, test.row.rowMap(t)); have != test.want {
				t.Errorf("%s, map: have %v, want %v: %s", test.name, have, test.want, test.reason)
			}
		}
	}
}

// Matches is regexp with the pattern in a group behind the start of the text,
// for every pattern that is one by itself.
func TestMatchesIsAnchoredRegexp(t *testing.T) {
	patterns := []string{
		"", "a", "a|b", "(a)|(b)", "^a", "a$", "^$", `\Aa`, `\bab`, `a\B`, "(?i)aB", "(?i:a)|b", "(?s).*b", "(?m)^b$",
		"(?U)a*b", "a*?b", "a{2,3}", "[^a]", "[[:word:]]+", `\pL`, `\P{Greek}`, `(?P<x>a)b`, `\x61`, `\x{e9}`, "(?-s).", "a||b", "()", "(|a)+b",
	}
	texts := []string{"", "a", "b", "ab", "ba", "aab", "AB", "a\nb", "\nb", "b\na", "é", "aaa", "a b", "σ"}
	for _, pattern := range patterns {
		want := regexp.MustCompile(`\A(?:` + pattern + `)`)
		for _, s := range texts {
			if have := verdict(t, spec.Matches("text", pattern), text(s)); (have == spec.True) != want.MatchString(s) {
				t.Errorf("%q matches %q: have %v, want %v", s, pattern, have, want.MatchString(s))
			}
		}
	}
}

// For random patterns as well, many of which end inside a quotation: the leftmost
// match of the pattern alone is at the start, or there is none.
func TestRandomPatternsAreAnchored(t *testing.T) {
	d := seeded(10)
	parts := []string{`\Q`, `\E`, "(", ")", "|", "(?:", "[", "]", "^", "$", `\`, `\\`, "a", "b", "*", "+", "?", ".", "(?i)", "(?m)", `\A`, `\z`, `\b`, "{2}", "\n", "E"}
	rows := []task{}
	for _, s := range []string{"", "a", "b", "ab", "ba", "A", ")", "a)", "(", "\n", "a\nb", `\`, "aa", "E", "\nb", "a|b", `a\E)`, "b)"} {
		rows = append(rows, task{Name: s})
	}
	for range scale(30_000) {
		pattern := ""
		for range 1 + d(6) {
			pattern += one(d, parts)
		}
		alone, err := regexp.Compile(pattern)
		m, refused := spec.Compile[task](spec.Matches("name", pattern))
		if (err == nil) != (refused == nil) {
			t.Fatalf("%q: regexp says %v, Matches says %v", pattern, err, refused)
		}
		for i := range rows {
			if err != nil {
				break
			}
			at := alone.FindStringIndex(rows[i].Name)
			if want := at != nil && at[0] == 0; m.Match(&rows[i]) != want {
				t.Fatalf("%q matches %q: want %v", rows[i].Name, pattern, want)
			}
		}
	}
}

func TestBadPatterns(t *testing.T) {
	for pattern, reason := range map[string]string{
		"a)|(b":                    "it would close the group that anchors it",
		")":                        "nothing to close",
		"(":                        "never closed",
		"[":                        "never closed",
		"*":                        "nothing to repeat",
		`(?=a)`:                    "look-around is not RE2",
		`(a)\1`:                    "a back-reference is not RE2",
		`\Z`:                       "no such escape",
		"a{1001}":                  "beyond the repeat limit of RE2",
		strings.Repeat("(", 1e4):   "too deep",
		`a` + "\\":                 "ends in an escape",
		"(?i":                      "ends in a flag",
		"((a{100}){100}){100}":     "too large",
		`(?#comment)`:              "not RE2",
		"a\x00":                    "NUL is refused in every value",
		strings.Repeat("a", 16385): "longer than MaxText",
	} {
		s := spec.Matches("text", pattern)
		if err := s.Err(); !errors.Is(err, spec.ErrPattern) && !errors.Is(err, spec.ErrValue) {
			t.Errorf("%.20q: have %v, want ErrPattern: %s", pattern, err, reason)
		}
		if rows, err := spec.Filter(s.Not(), []sample{text("a"), text("b"), {}}); err == nil || len(rows) > 0 {
			t.Errorf("%.20q: not of a bad pattern gave %d rows, error %v", pattern, len(rows), err)
		}
	}
}

// shout is a text with a String method, which is for people.
type shout string

func (shout) String() string { return "SHOUT" }

// A named text is what it holds, not what its String method says.
func TestNamedTextIsItself(t *testing.T) {
	for _, s := range []spec.Specification{spec.HasPrefix("text", shout("ab")), spec.HasSuffix("text", shout("bc")), spec.Matches("text", shout("abc")), spec.Contains("text", shout("abc"))} {
		if have := verdict(t, s, text("abc")); have != spec.True {
			t.Errorf("%v of abc: have %v, want true", s, have)
		}
	}
}
