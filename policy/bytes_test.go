package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rolespec/rolespec/policy"
)

const sound = "rolespec: 1\nroles:\n- name: user\n"

func utf16LE(text string) string {
	var b strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		b.WriteByte(byte(unit))
		b.WriteByte(byte(unit >> 8))
	}
	return b.String()
}

// TestFaultyBytes is about files that an editor would not show as they are.
func TestFaultyBytes(t *testing.T) {
	for _, test := range []struct{ name, why, text, want string }{
		{"nul", "some readers end there", sound + "# \x00\n", `f:4:3: a control character: what some readers see and others do not; write it as an escape in double quotes, such as "\u2028"`},
		{"escape", "a terminal would obey it", sound + "# \x1b[2J\n", "f:4:3: a control character"},
		{"delete", "", sound + "# \x7f\n", "f:4:3: a control character"},
		{"next line", "ends a line of YAML and of few editors: what stands behind it is no comment", sound + "# all rows?\u0085combine: union\n", "f:4:12: a separator of lines"},
		{"line separator", "the same", sound + "# all rows?\u2028combine: union\n", "f:4:12: a separator of lines"},
		{"paragraph separator", "the same", sound + "# all rows?\u2029combine: union\n", "f:4:12: a separator of lines"},
		{"carriage return", "the same", sound + "# all rows?\rcombine: union\n", "f:4:12: a carriage return that is no line end"},
		{"direction", "the rest of the line is shown the other way round", sound + "# \u202e\n", "f:4:3: a character that turns the direction"},
		{"isolate", "the same", sound + "# \u2066\n", "f:4:3: a character that turns the direction"},
		{"byte order mark inside", "is not shown", sound + "\ufeffcombine: union\n", "f:4:1: a byte order mark inside"},
		{"two byte order marks", "only one is a mark", "\ufeff\ufeff" + sound, "f:1:1: a byte order mark inside"},
		{"direction in JSON", "", `{"rolespec": 1, "roles": [{"name": "` + "\u202e" + `"}]}`, "f:1:37: a character that turns the direction"},
		{"invalid", "is what a reader makes of it", sound + "# é\xff\n", "f:4:4: the file is not UTF-8"},
		{"overlong", "", sound + "# \xc0\xaf\n", "f:4:3: the file is not UTF-8"},
		{"surrogate", "", sound + "# \xed\xa0\x80\n", "f:4:3: the file is not UTF-8"},
		{"cut short", "", sound + "# \xe2\x82", "f:4:3: the file is not UTF-8"},
		{"invalid in JSON", "", "{\"rolespec\": 1, \"roles\": [{\"name\": \"\xff\"}]}", "f:1:37: the file is not UTF-8"},
		{"UTF-16 with a mark", "", "\xff\xfe" + utf16LE(sound), "f:1:1: the file is not UTF-8"},
		{"UTF-16 without one", "", utf16LE(sound), "f:1:2: a control character"},
		{"CRLF", "lines are counted as editors do", strings.ReplaceAll(sound+"  alow: []\n", "\n", "\r\n"), `f:4:3: there is no key "alow" here; did you mean allow?`},
		{"CRLF in a block", "", strings.ReplaceAll(sound+"  allow:\n  - endpoint: t\n    methods: GET\n    rule: |\n      a == 1\n      && b = 1\n", "\n", "\r\n"), "f:9:12: = means nothing here"},
		{"byte order mark", "is not part of the first line", "\ufeff" + "rolspec: 1\nroles: []\n", "f:1:1: there is no key \"rolspec\" here; did you mean rolespec?\nf:1:1: the key rolespec is missing"},
		{"byte order mark and JSON", "", "\ufeff{\"rolspec\": 1}", "f:1:1: the key rolespec is missing\nf:1:1: the key roles is missing\nf:1:2: there is no key"},
		{"too long", "", sound + "#" + strings.Repeat("x", policy.MaxSize), "f: the file is longer than 1048576 bytes"},
		{"too many lines", "", sound + strings.Repeat("\n", 25_000), "f: the file has more than 25000 line ends"},
		{"too many commas", "", `{"rolespec": 1, "roles": [` + strings.Repeat("1,", 25_000) + "1]}", "f: the file has more than 25000 line ends"},
		{"too many dashes", "", strings.Repeat("- ", 25_001), "f: the file has more than 25000 line ends"},
		{"too deep", "", sound + "  allow: " + strings.Repeat("[", 300) + strings.Repeat("]", 300), "nested deeper than 250"},
		{"too deep for the parser", "", sound + "  allow: " + strings.Repeat("[", 12_000) + strings.Repeat("]", 12_000), "f:4:"},
		{"too deep JSON", "", `{"rolespec": 1, "roles": ` + strings.Repeat("[", 300) + strings.Repeat("]", 300) + "}", "f:1:276: nested deeper than 250"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if have := checkRefused(t, "f", []byte(test.text)).Error(); !strings.Contains("\n"+have, "\n"+test.want) && !strings.Contains(have, test.want) {
				t.Errorf("%s: have\n%s\nwant\n%s", test.why, have, test.want)
			}
		})
	}
}

// TestSoundBytes is the other side of [TestFaultyBytes]: what is read in spite of
// how it looks.
func TestSoundBytes(t *testing.T) {
	for name, text := range map[string]string{
		"byte order mark":      "\ufeff" + sound,
		"CRLF":                 strings.ReplaceAll(sound, "\n", "\r\n"),
		"no end of the line":   strings.TrimSuffix(sound, "\n"),
		"at the longest":       sound + "#" + strings.Repeat("x", policy.MaxSize-len(sound)-1),
		"at the most lines":    sound + strings.Repeat("\n", 25_000-strings.Count(sound, "\n")-strings.Count(sound, ": ")-strings.Count(sound, "- ")-1),
		"a document's start":   "---\n" + sound + "...\n",
		"a version":            "%YAML 1.1\n---\n" + sound,
		"an emoji":             sound + "- name: \"\U0001f600\"\n",
		"a surrogate pair":     `{"rolespec": 1, "roles": [{"name": "\ud83d\ude00"}]}`,
		"a replacement":        `{"rolespec": 1, "roles": [{"name": "\ufffd"}]}`,
		"an escaped separator": sound + "# none\n- name: x\n  allow:\n  - {endpoint: t, methods: GET, rule: \"a == '\\u2028'\"}\n",
		"JSON behind blanks":   "\n\t {\"rolespec\": 1, \"roles\": []}\n",
		"no roles":             "rolespec: 1\nroles: []\n",
		"a role of no grants":  "rolespec: 1\nroles: [{name: user, allow: []}]\n",
	} {
		if _, err := policy.Parse("f", []byte(text)); err != nil {
			t.Errorf("%s: have error %v, want none", name, err)
		}
	}
}

func TestErrorsAreBounded(t *testing.T) {
	all := checkRefused(t, "f", []byte("rolespec: 1\nroles:\n"+strings.Repeat("- nam: x\n", 2000)))
	if len(all) != 100 {
		t.Errorf("have %d errors, want 100", len(all))
	}
	name := strings.Repeat("x", 100_000)
	for _, text := range []string{"rolespec: 1\nroles:\n- " + name + ": 1\n", "rolespec: 1\nroles: [{name: " + name + "}, {name: " + name + "}]\n",
		"rolespec: 1\nroles: [{name: a, allow: [{endpoint: t, methods: [" + name + ", " + name + "], rule: a == 1}]}]\n"} {
		if have := checkRefused(t, "f", []byte(text)).Detail(); len(have) > 2000 {
			t.Errorf("have %d bytes of errors, want the beginning of a long name only: %.300s", len(have), have)
		}
	}
}

// TestWorkIsBounded: short lists by short lists are a long list.
func TestWorkIsBounded(t *testing.T) {
	list := func(n int) string {
		items := make([]string, n)
		for i := range items {
			items[i] = fmt.Sprint("x", i)
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	policyOf := func(endpoints, methods, conditions int) []byte {
		rule := strings.Repeat("a == 1 && ", conditions-1) + "a == 1"
		return fmt.Appendf(nil, "rolespec: 1\nroles:\n- name: user\n  allow:\n  - endpoint: %s\n    methods: %s\n    rule: '%s'\n", list(endpoints), list(methods), rule)
	}
	for _, test := range []struct {
		endpoints, methods, conditions int
		want                           string
	}{
		{100, 100, 1, ""},
		{100, 101, 1, "f:5:5: the rules are for more than 10000 methods of endpoints, written out"},
		{1000, 10, 25, ""},
		{1000, 10, 26, "f:7:11: the rules have more than 250000 conditions, each counted for every method of every endpoint"},
	} {
		_, err := policy.Parse("f", policyOf(test.endpoints, test.methods, test.conditions))
		if (err == nil) != (test.want == "") || !strings.HasPrefix(text(err), test.want) {
			t.Errorf("%+v: have error %v", test, err)
		}
	}
}
