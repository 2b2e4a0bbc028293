package main

import (
	"os"
	"strings"
	"testing"
)

const smallPolicy = `rolespec: 1
resources:
  tasks:
    fields: {id: int}
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: id==1}
`

// What a command reads can come from a pipe, policies as well.
func TestStandardInput(t *testing.T) {
	path := file(t, "policy.yaml", smallPolicy)
	other := strings.Replace(smallPolicy, "GET", "PUT", 1)
	caller := `{"roles":["user"]}`
	runCases(t, []commandCase{
		{name: "check", args: []string{"check", "-"}, stdin: smallPolicy, stdout: "0 errors, 0 warnings, 1 note\n", part: "standard input: note: "},
		{name: "check, with an error", args: []string{"check", "-"}, stdin: "rolespec: 2", exit: 1, part: "standard input:1:11: error: "},
		{name: "diff, before", args: []string{"diff", "-", path}, stdin: other, exit: 1, part: `role user: GET "tasks": permitted`},
		{name: "diff, after", args: []string{"diff", path, "-"}, stdin: other, exit: 1, part: `role user: GET "tasks": forbidden`},
		{name: "verify", args: []string{"verify", "--policy", "-", "--caller", caller, "--endpoint", "tasks", "--method", "get"}, stdin: smallPolicy, part: "user (standard input:8:9)"},
		{name: "verify, with the caller", args: []string{"verify", "--policy", path, "--caller", "@-", "--endpoint", "tasks", "--method", "get"}, stdin: caller, part: "allowed"},
		{name: "an error of the caller", args: []string{"verify", "--policy", path, "--caller", "@-", "--endpoint", "tasks", "--method", "get"}, stdin: "[]", exit: 2, stderr: "standard input: the claims"},
		{name: "an error of the specification", args: []string{"eval", "--spec", "@-", path}, stdin: "a =", exit: 2, stderr: "standard input: line 1, column 3"},
		{name: "fmt, by a name", args: []string{"fmt", "--name", "a.yaml"}, stdin: smallPolicy, part: "rule: id == 1}"},
		{name: "fmt --check, by a name", args: []string{"fmt", "--check", "--name", "a.yaml", "-"}, stdin: smallPolicy, exit: 1, stdout: "a.yaml\n"},
		{name: "fmt, by the name of no policy", args: []string{"fmt", "--name", "a.spec"}, stdin: "id==1", stdout: "id == 1\n"},
		{name: "fmt, an error", args: []string{"fmt", "--name", "a.yaml"}, stdin: "rolespec: [", exit: 2, stderr: "a.yaml:1:"},
		// The second would find nothing, and no rows are no error.
		{name: "specification and rows", args: []string{"eval", "--spec", "@-"}, stdin: "#", exit: 2, stderr: "standard input is asked for twice"},
		{name: "policy and rows", args: []string{"eval", "--policy", "-", "--caller", caller, "--endpoint", "tasks", "--method", "get"}, stdin: smallPolicy, exit: 2, stderr: "standard input is asked for twice"},
		{name: "both policies", args: []string{"diff", "-", "-"}, stdin: smallPolicy, exit: 2, stderr: "standard input is asked for twice"},
	})
}

// A byte order mark, with which some programs begin their files, is no part of
// what they say.
func TestByteOrderMarks(t *testing.T) {
	marked := func(name, text string) string { return file(t, name, byteOrderMark+text) }
	runCases(t, []commandCase{
		{name: "rows", args: []string{"eval", "--spec", "a == 1", marked("rows.jsonl", "{\"a\":1}\r\n{\"a\":2}\r\n")}, stdout: "{\"a\":1}\r\n"},
		{name: "cases", args: []string{"test", "-"}, stdin: byteOrderMark + `{"spec":"#","row":{},"want":true}`, stdout: "1 passed, 0 failed\n"},
		{name: "a caller", args: []string{"eval", "--spec", "a == $x", "--caller", "@" + marked("caller.json", `{"x":1}`)}, stdin: `{"a":1}`, stdout: "{\"a\":1}\n"},
		{name: "a specification", args: []string{"eval", "--spec", "@" + marked("a.spec", "a == 1")}, stdin: `{"a":1}`, stdout: "{\"a\":1}\n"},
		{name: "a specification to be formatted", args: []string{"fmt", marked("a.spec", "a==1")}, stdout: "a == 1\n"},
		{name: "a second line", args: []string{"eval", "--spec", "#"}, stdin: "{}\n" + byteOrderMark + "{}\n", exit: 2, stdout: "{}\n", stderr: "standard input:2:1: "},
		{name: "nothing else", args: []string{"eval", "--spec", "#"}, stdin: byteOrderMark},
		{name: "half of one", args: []string{"eval", "--spec", "#"}, stdin: byteOrderMark[:2], exit: 2, stderr: "standard input:1:1: "},
	})
	if text, err := os.ReadFile(marked("rows.csv", "a\n1\n")); err != nil || rolespec(string(text), "eval", "--spec", "#", "--format", "csv").stdout != string(text) {
		t.Error("CSV is not printed as it is")
	}
}
