package policy_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy"
)

// beforeRule begins the policies of the cases that write one rule.
const beforeRule = `rolespec: 1
roles:
  - name: a
    allow:
      - endpoint: "*"
`

var formats = []struct {
	name, reason  string
	before, after string
	width         int
}{
	{
		"canonical", "what is formatted stays",
		beforeRule + "        rule: a == 1\n", beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"blanks", "a rule has one spelling",
		beforeRule + "        rule: ( a==1 )\n", beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"quotes that are not needed", "plain reads best",
		beforeRule + "        rule: 'a == \"x\"'\n", beforeRule + "        rule: a == \"x\"\n", 0,
	},
	{
		"escapes", "single quotes need none",
		beforeRule + `        rule: "a == \"x: y\""` + "\n", beforeRule + `        rule: 'a == "x: y"'` + "\n", 0,
	},
	{
		"every row", "alone # begins a comment",
		beforeRule + "        rule: '#'\n", beforeRule + "        rule: \"#\"\n", 0,
	},
	{
		"a name in backquotes", "YAML has no plain text that begins with one",
		beforeRule + "        rule: |\n          `a b` == 1\n", beforeRule + "        rule: \"`a b` == 1\"\n", 0,
	},
	{
		"a quote in single quotes", "it is doubled",
		beforeRule + `        rule: "` + "`it's`" + ` == \"x\""` + "\n", beforeRule + "        rule: '`it''s` == \"x\"'\n", 0,
	},
	{
		"a backslash", "in double quotes it would be one of YAML",
		beforeRule + "        rule: |\n          `a\\nb` == 1\n", beforeRule + "        rule: '`a\\nb` == 1'\n", 0,
	},
	{
		"what is like a comment", "a blank before # ends a plain text",
		beforeRule + `        rule: "a == \"x #y\""` + "\n", beforeRule + `        rule: 'a == "x #y"'` + "\n", 0,
	},
	{
		"a short block", "one line is enough",
		beforeRule + "        rule: |\n          a == 1\n          && b == 2\n", beforeRule + "        rule: a == 1 && b == 2\n", 0,
	},
	{
		"a folded block", "a block has one style",
		beforeRule + "        rule: >+\n          a == 1\n          && b == 2\n\n\n    deny: []\n", beforeRule + "        rule: |-\n          a == 1\n          && b == 2\n\n\n    deny: []\n", 20,
	},
	{
		"a long line", "it is broken",
		beforeRule + "        rule: a == 1 && (b == 2 || c == 3)\n", beforeRule + "        rule: |-\n          a == 1\n          && (b == 2 || c == 3)\n", 34,
	},
	{
		"the line that just fits", "it is measured with its key",
		beforeRule + "        rule: a == 1 && b == 2\n", beforeRule + "        rule: a == 1 && b == 2\n", 30,
	},
	{
		"one less", "it is measured with its key",
		beforeRule + "        rule: a == 1 && b == 2\n", beforeRule + "        rule: |-\n          a == 1 && b == 2\n", 29,
	},
	{
		"characters", "not bytes",
		beforeRule + "        rule: a == \"éé\"\n", beforeRule + "        rule: a == \"éé\"\n", 23,
	},
	{
		"a comment behind a long line", "it stays on the line of the key",
		beforeRule + "        rule: a == 1 && b == 2 # why\n        check: b == 1\n", beforeRule + "        rule: |- # why\n          a == 1\n          && b == 2\n        check: b == 1\n", 22,
	},
	{
		"a comment behind |", "it stays on the line of the key",
		beforeRule + "        rule: |  # why\n          a == 1\n        # then\n        check: b == 1\n", beforeRule + "        rule: a == 1  # why\n        # then\n        check: b == 1\n", 0,
	},
	{
		"a comment that would become text", "the rule is left as it is",
		beforeRule + "        rule: a==1 && b == 2\n          # why\n        check: b==1\n", beforeRule + "        rule: a==1 && b == 2\n          # why\n        check: b == 1\n", 21,
	},
	{
		"a comment right behind quotes", "behind a plain text it needs a blank",
		beforeRule + "        rule: 'a == 1'#why\n", beforeRule + "        rule: a == 1 #why\n", 0,
	},
	{
		"a text below its key", "one line is enough",
		beforeRule + "        rule:  \n\n          a == 1\n          && b == 2\n", beforeRule + "        rule: a == 1 && b == 2\n", 0,
	},
	{
		"a comment between a key and its text", "nothing moves over it",
		beforeRule + "        rule: # why\n          a==1\n          && b == 2\n", beforeRule + "        rule: # why\n          |-\n          a == 1\n          && b == 2\n", 20,
	},
	{
		"several lines in quotes", "one line is enough",
		beforeRule + "        rule: \"a\\\n          \\ == \\\n          1\"\n", beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"flow", "a block cannot stand in it",
		"rolespec: 1\nroles: [{name: a, allow: [{endpoint: '*', rule: 'a==1  &&  b == 2' }]}]\n",
		"rolespec: 1\nroles: [{name: a, allow: [{endpoint: '*', rule: a == 1 && b == 2 }]}]\n", 20,
	},
	{
		"a list in flow", "its brackets and commas need quotes there",
		"rolespec: 1\nroles: [{name: a, allow: [{\"rule\":\"a in [1,2]\", endpoint: '*'}]}]\n",
		"rolespec: 1\nroles: [{name: a, allow: [{\"rule\": \"a in [1, 2]\", endpoint: '*'}]}]\n", 0,
	},
	{
		"a rule that is JSON", "it stays",
		beforeRule + "        rule: {op: '&',   specs: [{\"op\":eq, field: rule, value: ' a==1'}]}\n        check:\n          op: eq\n          field: rule\n          value: a==1\n",
		beforeRule + "        rule: {op: '&',   specs: [{\"op\":eq, field: rule, value: ' a==1'}]}\n        check:\n          op: eq\n          field: rule\n          value: a==1\n", 0,
	},
	{
		"what is called rule", "names are not rules",
		"rolespec: 1\nclaims:\n  rule:   string\nroles:\n  - name: a==1\n    allow:\n      - {endpoint: rule, methods: rule, rule: rule==$rule}\n",
		"rolespec: 1\nclaims:\n  rule:   string\nroles:\n  - name: a==1\n    allow:\n      - {endpoint: rule, methods: rule, rule: rule == $rule}\n", 0,
	},
	{
		"line ends", "one of a kind, and one at the end",
		"# x  \r\n" + beforeRule + "        rule: a==1\t \r\n\r\n  \r\n", "# x\n" + beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"no line end", "there is one",
		beforeRule + "        rule: a == 1", beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"a byte order mark", "YAML needs none",
		"\ufeff" + beforeRule + "        rule: a == 1\n", beforeRule + "        rule: a == 1\n", 0,
	},
	{
		"blanks that are text", "they are part of a value",
		beforeRule + "        rule:  \n          op: eq\n          field: ' \n\n   x  '\n          value: |  \n            a  \n\n            b  \n        check: a==1\n",
		beforeRule + "        rule:\n          op: eq\n          field: ' \n\n   x  '\n          value: |\n            a  \n\n            b  \n        check: a == 1\n", 0,
	},
	{
		"empty lines that are text", "they are part of a value",
		beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |+\n            a\n\n", beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |+\n            a\n\n", 0,
	},
	{
		"a block that the file ends in", "with a line end it would be another value",
		beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |\n            a", beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |\n            a", 0,
	},
	{
		"a block that is indented by a number", "the number counts from its key",
		beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |1\n             a  \n            b  \n        check: |3\n             a==1\n",
		beforeRule + "        rule:\n          op: eq\n          field: a\n          value: |1\n             a  \n            b  \n        check: a == 1\n", 0,
	},
	{
		"JSON", "it is indented, and its texts stay on a line",
		`{"rolespec":1, "roles" : [{"allow":[{"endpoint":"*","rule":"a==\"\u00e9<\" &&b == 2","check":{"op":"empty"}}],"name":"\u0061"}]}`,
		`{
  "rolespec": 1,
  "roles": [
    {
      "allow": [
        {
          "endpoint": "*",
          "rule": "a == \"é<\" && b == 2",
          "check": {
            "op": "empty"
          }
        }
      ],
      "name": "\u0061"
    }
  ]
}
`, 12,
	},
}

func TestFormat(t *testing.T) {
	for _, test := range formats {
		have, err := policy.Format("a.yaml", []byte(test.before), test.width)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if diff := cmp.Diff(strings.Split(test.after, "\n"), strings.Split(string(have), "\n")); diff != "" {
			t.Errorf("%s: %s: -want +have\n%s", test.name, test.reason, diff)
		}
		if err := checkFormat([]byte(test.before), test.width, 0); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
