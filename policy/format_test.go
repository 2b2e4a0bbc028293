package policy_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

var formatted = flag.Int("format.policies", 400, "how many random policies are formatted")

// The law of Format: the same rules, the same of everything else, each comment
// once, and nothing left to format.
func TestFormatRandom(t *testing.T) {
	skipped, rules, left := 0, 0, 0
	for seed := range uint64(*formatted) {
		s := newSheet(seed)
		text := s.text.String()
		if _, err := policy.Parse("random.yaml", []byte(text)); err != nil {
			t.Logf("seed %d: not a policy: %v\n%s", seed, err, text)
			skipped++
			continue
		}
		width := s.IntN(130) - 5
		if err := checkFormat([]byte(text), width, s.comments); err != nil {
			t.Fatalf("seed %d, width %d: %v\n%s", seed, width, err, text)
		}
		once, err := policy.Format("random.yaml", []byte(text), width)
		if err != nil {
			t.Fatal(err)
		}
		have, err := writtenRules(once)
		if err != nil || len(have) != len(s.rules) {
			t.Fatalf("seed %d: the file has %d rules, want %d (error %v)", seed, len(have), len(s.rules), err)
		}
		rules += len(s.rules)
		for i, want := range s.rules {
			if rule, err := spec.Parse(have[i].Value); err != nil || !want.Equal(rule) {
				t.Fatalf("seed %d: rule %d is written as %v (error %v), want %v", seed, i, rule, err, want)
			}
			if have[i].Value != want.String() && (have[i].Style != yaml.LiteralStyle || strings.HasSuffix(have[i].Value, "\n")) {
				left++
			}
		}
	}
	t.Logf("%d rules, %d left as they were", rules, left)
	if left > rules/10 {
		t.Errorf("%d of %d rules are not in canonical form", left, rules)
	}
	if skipped > *formatted/20 {
		t.Errorf("%d of %d random policies are none", skipped, *formatted)
	}
}

// checkFormat holds the result of Format against the file. So many comments are
// numbered from #c1.
func checkFormat(text []byte, width, comments int) error {
	once, err := policy.Format("a.yaml", text, width)
	if err != nil {
		return err
	}
	twice, err := policy.Format("a.yaml", once, width)
	if err != nil {
		return fmt.Errorf("again: %w\n%s", err, once)
	}
	if diff := cmp.Diff(string(once), string(twice)); diff != "" {
		return fmt.Errorf("Format of what Format returned is another text: -once +twice\n%s", diff)
	}
	before, err := meaning(text)
	if err != nil {
		return err
	}
	after, err := meaning(once)
	if err != nil {
		return err
	}
	if diff := cmp.Diff(before, after); diff != "" {
		return fmt.Errorf("the meaning changed: -before +after\n%s", diff)
	}
	for i := range comments {
		if n := strings.Count(string(once), fmt.Sprintf("#c%d.", i+1)); n != 1 {
			return fmt.Errorf("comment %d is there %d times:\n%s", i+1, n, once)
		}
	}
	return nil
}

// meaning reads a file with another reader: what stands under rule and check is
// replaced by what it says.
func meaning(text []byte) (any, error) {
	read := yaml.Unmarshal
	if text := bytes.TrimLeft(text, "\ufeff \t\r\n"); bytes.HasPrefix(text, []byte("{")) {
		read = json.Unmarshal
	}
	var root any
	if err := read(bytes.TrimPrefix(text, []byte("\ufeff")), &root); err != nil {
		return nil, err
	}
	sayRules(root)
	return root, nil
}

func sayRules(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			sayRules(e)
		}
	case map[string]any:
		for key, e := range v {
			if text, ok := e.(string); ok && (key == "rule" || key == "check") {
				if s, err := spec.Parse(text); err == nil { // else it is a claim of that name
					v[key] = s.String()
				}
			}
			sayRules(e)
		}
	}
}

// writtenRules returns the rules and checks of a file that has them as texts alone,
// in its order.
func writtenRules(text []byte) (rules []*yaml.Node, err error) {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return nil, err
	}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		for i, c := range n.Content {
			if n.Kind == yaml.MappingNode && i%2 == 1 && (n.Content[i-1].Value == "rule" || n.Content[i-1].Value == "check") {
				rules = append(rules, c)
			}
			walk(c)
		}
	}
	walk(&root)
	return rules, nil
}

// The same law for JSON.
func TestFormatRandomJSON(t *testing.T) {
	for seed := range uint64(*formatted) / 2 {
		s := newSheet(seed)
		text := s.asJSON()
		if _, err := policy.Parse("random.json", []byte(text)); err != nil {
			t.Fatalf("seed %d: not a policy: %v\n%s", seed, err, text)
		}
		if err := checkFormat([]byte(text), 0, 0); err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, text)
		}
		once, err := policy.Format("random.json", []byte(text), 0)
		if err != nil {
			t.Fatal(err)
		}
		var file struct {
			Roles []struct{ Allow []struct{ Rule string } }
		}
		if err := json.Unmarshal(once, &file); err != nil || len(file.Roles[0].Allow) != len(s.rules) {
			t.Fatalf("seed %d: have %d rules, want %d (error %v)", seed, len(file.Roles[0].Allow), len(s.rules), err)
		}
		for i, rule := range s.rules {
			if have := file.Roles[0].Allow[i].Rule; have != rule.String() {
				t.Fatalf("seed %d: rule %d is %s, want %v", seed, i, have, rule)
			}
		}
	}
}

func TestFormatIsLeftAlone(t *testing.T) {
	data, err := os.ReadFile("testdata/tasks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	have, err := policy.Format("tasks.yaml", data, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Replace(string(data), "rule: |\n          created_by == $sub\n          || team in $teams\n          || any comments (author == $sub)\n",
		"rule: created_by == $sub || team in $teams || any comments (author == $sub)\n", 1)
	if diff := cmp.Diff(want, string(have)); diff != "" {
		t.Errorf("-want +have\n%s", diff)
	}
}

func TestFormatOfNoPolicy(t *testing.T) {
	for _, text := range []string{"", "rolespec: 2\n", "rolespec: 1\nroles: [", `{"rolespec":1}`, "rolespec: 1\nroles:\n  - name: a\n    allow:\n      - endpoint: '*'\n        rule: a ==\n"} {
		_, want := policy.Parse("a", []byte(text))
		have, err := policy.Format("a", []byte(text), 0)
		if have != nil || want == nil || err == nil || err.Error() != want.Error() || !errors.Is(err, roles.ErrPolicy) {
			t.Errorf("%q: have %q, %v; want the error of Parse, %v", text, have, err, want)
		}
	}
}

func ExampleFormat() {
	text := []byte(`# Notes of a team.
rolespec: 1
roles:
  - name: member
    allow:
      - endpoint: notes
        methods: GET
        rule: 'team==$team'   # their own
      - endpoint: notes
        methods: PUT
        rule: "team == $team && (author == $sub || open == True)"
`)
	formatted, err := policy.Format("policy.yaml", text, 50)
	fmt.Print(string(formatted))
	fmt.Println(err)
	// Output:
	// # Notes of a team.
	// rolespec: 1
	// roles:
	//   - name: member
	//     allow:
	//       - endpoint: notes
	//         methods: GET
	//         rule: team == $team   # their own
	//       - endpoint: notes
	//         methods: PUT
	//         rule: |-
	//           team == $team
	//           && (author == $sub || open == True)
	// <nil>
}

func FuzzFormat(f *testing.F) {
	data, err := os.ReadFile("testdata/tasks.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data, 60)
	for seed := range uint64(40) {
		f.Add([]byte(newSheet(seed).text.String()), int(seed)*3)
	}
	for _, test := range formats {
		f.Add([]byte(test.before), test.width)
	}
	f.Fuzz(func(t *testing.T, data []byte, width int) {
		once, err := policy.Format("a", data, width)
		if err != nil {
			if _, refused := policy.Parse("a", data); refused == nil && len(data) < 1000 {
				t.Fatalf("a policy that cannot be formatted: %v", err)
			}
			return
		}
		if err := checkFormat(data, width, 0); err != nil {
			t.Fatal(err)
		}
		if bytes.HasSuffix(once, []byte("\r\n")) {
			t.Fatalf("lines end in CR LF: %q", once)
		}
	})
}
