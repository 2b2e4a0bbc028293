package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const faulty = `rolespec: 1
resources:
  tasks:
    fields: {id: int, account: string}
roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: GET
        rule: acount == "a"
`

func TestCheck(t *testing.T) {
	bad := file(t, "bad.yaml", faulty)
	noted := file(t, "noted.yaml", "rolespec: 1\nroles:\n  - name: user\n    allow:\n      - {endpoint: tasks, methods: GET, rule: a == 1}\n")
	tests := file(t, "suite.yaml", "policy: "+mustAbs(t, examplePolicy)+"\ncallers:\n  ann: {roles: [user, stranger], sub: ann, account: 7}\ncases:\n  - {caller: ann, endpoint: tasks, methods: DELETE, forbidden: true}\n")
	runCases(t, []commandCase{
		{name: "nothing to say", args: []string{"check", examplePolicy}, stdout: "0 errors, 0 warnings, 0 notes\n"},
		{name: "an error, with its line", args: []string{"check", bad}, exit: 1, stdout: bad + `:10:15: error: resource "tasks" has no field "acount"
            rule: acount == "a"
                  ^
    did you mean account?
1 error, 0 warnings, 0 notes
`},
		{name: "an error, as JSON", args: []string{"check", "--json", bad}, exit: 1, stdout: `{"file":"` + bad + `","line":10,"column":15,"where":"` + bad + `:10:15","severity":"error","code":"invalid","text":"resource \"tasks\" has no field \"acount\"; did you mean account?"}
{"errors":1,"warnings":0,"notes":0}
`},
		{name: "notes are no answer", args: []string{"check", noted}, stdout: noted + `: note: no resources are declared: endpoints, fields and types are not checked [undeclared]
` + noted + `: note: no claims are declared: a claim that is spelled wrongly denies everything [undeclared]
0 errors, 0 warnings, 2 notes
`},
		{name: "but with --strict", args: []string{"check", "--strict", "--json", noted}, exit: 1, stdout: `{"file":"` + noted + `","where":"` + noted + `","severity":"note","code":"undeclared","text":"no resources are declared: endpoints, fields and types are not checked"}
{"file":"` + noted + `","where":"` + noted + `","severity":"note","code":"undeclared","text":"no claims are declared: a claim that is spelled wrongly denies everything"}
{"errors":0,"warnings":0,"notes":2}
`},
		{name: "the roles of callers", args: []string{"check", examplePolicy, "--tests", tests}, exit: 1, stdout: examplePolicy + `: warning: a caller has the role "stranger", of which the policy says nothing [unknown-role]
` + examplePolicy + `: note: no caller has the role "admin" [unheld-role]
0 errors, 1 warning, 1 note
`},
		{name: "no policy", args: []string{"check"}, exit: 2, stderr: "which policies?"},
		{name: "no such policy", args: []string{"check", "nowhere.yaml"}, exit: 2, stderr: "nowhere.yaml"},
		{name: "no such tests", args: []string{"check", examplePolicy, "--tests", "nowhere.yaml"}, exit: 2, stderr: "nowhere.yaml"},
	})
}

func mustAbs(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return abs
}

func TestDiff(t *testing.T) {
	const next = "testdata/example/next.yaml"
	const tests = "testdata/example/policy.test.yaml"
	data, err := os.ReadFile(examplePolicy)
	if err != nil {
		t.Fatal(err)
	}
	union := file(t, "union.yaml", "combine: union\n"+string(data))
	runCases(t, []commandCase{
		{name: "the same", args: []string{"diff", examplePolicy, examplePolicy, "--tests", tests}, stdout: "nothing changes\n"},
		{name: "the same, as JSON", args: []string{"diff", "--json", examplePolicy, examplePolicy}, stdout: ""},
		{name: "the other way around", args: []string{"diff", next, examplePolicy, "--tests", tests}, exit: 1, stdout: `role user: DELETE "tasks": forbidden: owner == $sub && account == $account
role user: GET "tasks": widened: owner == $sub && account == $account  =>  (owner == $sub || tags contains "home") && account == $account
caller ann: DELETE "tasks": forbidden, loses [1] (no role of the caller permits it)
caller ann: GET "tasks": widened, gains [2]
`},
		{name: "as JSON", args: []string{"diff", "--json", next, examplePolicy, "--tests", tests}, exit: 1, stdout: `{"kind":"role","role":"user","endpoint":"tasks","method":"DELETE","change":"forbidden","written":false,"before":{"op":"and","specs":[{"op":"eq","field":"owner","value":{"var":"sub"}},{"op":"eq","field":"account","value":{"var":"account"}}]}}
{"kind":"role","role":"user","endpoint":"tasks","method":"GET","change":"widened","written":false,"before":{"op":"and","specs":[{"op":"eq","field":"owner","value":{"var":"sub"}},{"op":"eq","field":"account","value":{"var":"account"}}]},"after":{"op":"and","specs":[{"op":"or","specs":[{"op":"eq","field":"owner","value":{"var":"sub"}},{"op":"contains","field":"tags","value":"home"}]},{"op":"eq","field":"account","value":{"var":"account"}}]}}
{"kind":"caller","caller":"ann","endpoint":"tasks","method":"DELETE","change":"forbidden","reason":"no role of the caller permits it","gained":[],"lost":["1"]}
{"kind":"caller","caller":"ann","endpoint":"tasks","method":"GET","change":"widened","gained":["2"],"lost":[]}
`},
		{name: "roles combined in another way", args: []string{"diff", examplePolicy, union}, exit: 1, stdout: "roles are asked in another order, or combined in another way: callers who have several may see other rows\n"},
		{name: "one policy", args: []string{"diff", next}, exit: 2, stderr: "takes two policies"},
		{name: "a policy with errors", args: []string{"diff", next, file(t, "bad.yaml", faulty)}, exit: 2, stderr: "did you mean account?"},
		{name: "a policy with errors, as JSON", args: []string{"diff", "--json", next, file(t, "bad.yaml", faulty)}, exit: 2, stderr: `"kind":"policy"`},
	})
}

// Where no resources are declared, rows are those of an endpoint.
func TestDiffOfEndpoints(t *testing.T) {
	const policyOf = "rolespec: 1\nroles:\n- name: user\n  allow:\n  - {endpoint: tasks, methods: GET, rule: level > %s}\n"
	before := file(t, "before.yaml", strings.Replace(policyOf, "%s", "1", 1))
	after := file(t, "after.yaml", strings.Replace(policyOf, "%s", "2", 1))
	tests := file(t, "suite.yaml", "policy: "+before+"\ncallers: {ann: {roles: [user]}}\nrows: {tasks: [{id: 1, level: 1}, {id: 2, level: 2}, {id: 3, level: 3}]}\ncases:\n- {caller: ann, endpoint: tasks, methods: GET, visible: [2, 3]}\n")
	runCases(t, []commandCase{
		{name: "rows of an endpoint", args: []string{"diff", before, after, "--tests", tests}, exit: 1, part: "caller ann: GET \"tasks\": narrowed, loses [2]\n"},
	})
}

func TestSuite(t *testing.T) {
	good := "testdata/example/policy.test.yaml"
	data, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.ReplaceAll(string(data), "policy.yaml", mustAbs(t, examplePolicy))
	text = strings.ReplaceAll(text, "tasks: tasks.jsonl", "tasks: "+mustAbs(t, "testdata/example/tasks.jsonl"))
	wrong := file(t, "wrong.test.yaml", strings.Replace(text, "visible: [1, 2]", "visible: [1, 3]", 1))
	unfit := file(t, "unfit.test.yaml", strings.Replace(text, "caller: ann", "caller: an", 1))
	runCases(t, []commandCase{
		{name: "all pass", args: []string{"test", good}, stdout: good + ": 6 passed, 0 failed\n6 passed, 0 failed\n"},
		{name: "with cases of the other kind", args: []string{"test", good, "testdata/example/cases.jsonl"}, exit: 1, part: "\n8 passed, 1 failed\n"},
		{name: "a miss and why", args: []string{"test", wrong}, exit: 1, part: `unknown  owner == "ann"`},
		{name: "a miss, as JSON", args: []string{"test", "--json", wrong}, exit: 1, part: `"kind":"hidden"`},
		{name: "a suite with an error", args: []string{"test", unfit}, exit: 2, stderr: "did you mean ann?"},
		{name: "a suite with an error, as JSON", args: []string{"test", "--json", unfit}, exit: 2, stderr: `"kind":"suite"`},
	})
}
