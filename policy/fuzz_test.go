package policy_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/spec"
)

// FuzzParse reads anything: there is a policy that a service can be made of, or
// there are errors that lie in the file.
func FuzzParse(f *testing.F) {
	for _, pattern := range []string{"testdata/*.yaml", "testdata/*.json", "testdata/errors/*.[jy]*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := policy.Parse("f", data)
		if err != nil {
			checkRefused(t, "f", data)
			return
		}
		service, err := policy.NewService[policy.Claims](p)
		if err != nil {
			t.Fatalf("a policy that no service is made of: %v", err)
		}
		_, _ = service.Verify(policy.Claims{"roles": service.Roles()}, "tasks", "GET")
		for d := range service.Declarations() {
			if !strings.HasPrefix(d.Where, "f:") || d.Rule != nil && d.Rule.Err() != nil {
				t.Errorf("have %+v, want a place and a rule without an error", d)
			}
		}
	})
}

// FuzzPositions writes a rule with a text in it, in every style, and a field behind
// it that no row has: the error is at that field.
func FuzzPositions(f *testing.F) {
	for _, text := range []string{"", "a", `"`, `'`, `\`, "\n", "\t", "é", "中\U0001f600", "taem", "a # b", "a: b", "\u2028", "\u202e", "''", "`", "$x", "{", "\x7f\u0085\ufeff"} {
		for style := range uint8(styles) {
			f.Add(text, style)
		}
	}
	f.Fuzz(func(t *testing.T, text string, style uint8) {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") || len(text) > spec.MaxText {
			return
		}
		// Written from the front, so that the text is before the field.
		rule := spec.Eq("created_by", text).String() + " && taem is None"
		source, ok := styled(rule, style%styles)
		if !ok {
			return
		}
		all := checkRefused(t, "f", []byte(source))
		line := strings.Split(source, "\n")[all[0].Line-1]
		if at := string([]rune(line)[all[0].Column-1:]); !strings.HasPrefix(at, "taem is None") {
			t.Errorf("have %v, which is at %.20q, want it at the field in\n%s", all, at, source)
		}
	})
}

const styles = 6

// styled is a policy with a rule, not ok where it cannot be written so.
func styled(rule string, style uint8) (source string, ok bool) {
	head := "rolespec: 1\nroles: []\nresources: {t: {fields: {id: int, created_by: string}}}\nrestrict:\n- endpoint: t\n  methods: GET\n  rule: "
	printable := !strings.ContainsFunc(rule, unseen)
	switch style {
	case 0:
		return head + rule + "\n", plainText.MatchString(rule)
	case 1:
		return head + "'" + strings.ReplaceAll(rule, "'", "''") + "'\n", printable
	case 2:
		return head + quoted(rule) + "\n", true
	case 3:
		return head + "|\n    " + rule + "\n", printable
	case 4:
		return head + ">-\n    " + strings.Replace(rule, " && ", "\n    && ", 1) + "\n", printable && !strings.Contains(rule[:len(rule)-len(" && taem is None")], " && ")
	}
	return `{"rolespec": 1, "roles": [], "resources": {"t": {"fields": {"id": "int", "created_by": "string"}}},` + "\n" +
		` "restrict": [{"endpoint": "t", "methods": "GET", "rule": ` + quoted(rule) + "}]}\n", true
}
