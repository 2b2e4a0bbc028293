package main

import (
	"encoding/json"
	"strings"
	"testing"
)

const examplePolicy = "testdata/example/policy.yaml"

func verifyArgs(caller, method string, more ...string) []string {
	return append([]string{"verify", "--policy", examplePolicy, "--caller", caller, "--endpoint", "tasks", "--method", method}, more...)
}

func TestVerify(t *testing.T) {
	const ann = `{"roles":["user"],"sub":"ann","account":7}`
	runCases(t, []commandCase{
		{name: "allowed, with a check and columns", args: verifyArgs(ann, "put"), stdout: `allowed: PUT tasks
  role          user (` + examplePolicy + `:33:9)
  restriction   ` + examplePolicy + `:19:5
  rows          owner == "ann" && account == 7
  check         owner == "ann" && done == False && account == 7
  columns       done, tags
`},
		{name: "forbidden", args: verifyArgs(ann, "DELETE"), exit: 1, stdout: "forbidden: DELETE tasks\n  reason        no role of the caller permits it\n"},
		{name: "a claim that only the check wants", args: []string{"verify", "--policy", file(t, "p.yaml", "rolespec: 1\nroles:\n- name: user\n  allow:\n  - {endpoint: tasks, methods: PUT, rule: id == 1, check: account == $account}\n"), "--caller", `{"roles":["user"]}`, "--endpoint", "tasks", "--method", "PUT", "--json"},
			part: `"check":{"op":"none"},"check_text":"!#","check_reason":"claim account is missing, empty or not bound"`},
		{name: "no roles", args: verifyArgs(`{"sub":"ann","account":7}`, "GET"), exit: 1, stdout: "forbidden: GET tasks\n  reason        no role of the caller permits it\n"},
		{name: "roles that are a text", args: verifyArgs(`{"roles":"admin","account":7}`, "GET"), exit: 1, stdout: "forbidden: GET tasks\n  reason        no role of the caller permits it\n  note          the claim roles is not a list of texts, and names no role\n"},
		{name: "roles of which one is no text", args: verifyArgs(`{"roles":["admin",1]}`, "GET"), exit: 1, part: "note          the claim roles is not a list of texts"},
		{name: "an empty list of roles", args: verifyArgs(`{"roles":[]}`, "GET"), exit: 1, stdout: "forbidden: GET tasks\n  reason        no role of the caller permits it\n"},
		{name: "a claim of another type", args: verifyArgs(`{"roles":["user"],"sub":"ann","account":"7"}`, "GET"), exit: 1, part: "  note          the claim account is not of the type int, and counts as missing\n"},
		{name: "a claim that is an object", args: verifyArgs(`{"roles":["user"],"sub":{"a":1},"account":7}`, "GET"), exit: 1, part: "  note          the claim sub is not of the type string, and counts as missing\n"},
		{name: "an endpoint that is nearly there", args: []string{"verify", "--policy", examplePolicy, "--caller", ann, "--endpoint", "taks", "--method", "GET", "--json"}, exit: 1,
			stdout: `{"allowed":false,"endpoint":"taks","method":"GET","reason":"no role of the caller permits it","notes":["no resource has the endpoint taks; did you mean tasks?"]}` + "\n"},
		{name: "a claim that is missing", args: verifyArgs(`{"roles":["admin"]}`, "GET", "--decide"), exit: 1, stdout: `forbidden: GET tasks
  reason        a restriction failed: claim account is missing, empty or not bound
  considered
    admin: permits it, but the rule of another role failed (` + examplePolicy + `:26:9)
    user: not held by the caller (` + examplePolicy + `:30:9)
`},
		{name: "roles twice", args: verifyArgs(`{"roles":["user"],"roles":["admin"]}`, "GET"), exit: 2, stderr: "a second time"},
		{name: "no policy", args: []string{"verify"}, exit: 2, stderr: "which policy?"},
		{name: "no caller", args: []string{"verify", "--policy", examplePolicy}, exit: 2, stderr: "who asks?"},
		{name: "no endpoint", args: []string{"verify", "--policy", examplePolicy, "--caller", "{}"}, exit: 2, stderr: "for what?"},
		{name: "no method", args: []string{"verify", "--policy", examplePolicy, "--caller", "{}", "--endpoint", "x"}, exit: 2, stderr: "to do what?"},
		{name: "no such file", args: []string{"verify", "--policy", "/nowhere", "--caller", "{}", "--endpoint", "x", "--method", "GET"}, exit: 2, stderr: "/nowhere"},
		{name: "an argument", args: verifyArgs("{}", "GET", "x"), exit: 2, stderr: "takes no arguments"},
	})
}

func TestVerifyJSON(t *testing.T) {
	have := rolespec("", verifyArgs(`{"roles":["user"],"sub":"ann","account":7}`, "GET", "--json", "--decide")...)
	var d decision
	if err := json.Unmarshal([]byte(have.stdout), &d); err != nil {
		t.Fatalf("have %+v: %v", have, err)
	}
	if !d.Allowed || !d.AllColumns || len(d.Grants) != 1 || len(d.Restrictions) != 1 || len(d.Considered) != 2 || d.Rows.String() != d.RowsText {
		t.Errorf("have %s", have.stdout)
	}
	have = rolespec("", verifyArgs(`{"roles":["user"],"sub":"ann","account":7}`, "DELETE", "--json")...)
	if want := `{"allowed":false,"endpoint":"tasks","method":"DELETE","reason":"no role of the caller permits it"}` + "\n"; have.stdout != want || have.exit != 1 {
		t.Errorf("have %+v, want %s", have, want)
	}
}

// The policy gives eval and its like the specification and the kinds of the fields.
func TestPolicySelects(t *testing.T) {
	const caller = `{"roles":["user"],"sub":"ann","account":7}`
	with := func(command, method string, more ...string) []string {
		return append([]string{command, "--policy", examplePolicy, "--caller", caller, "--endpoint", "tasks", "--method", method}, more...)
	}
	const tasks = "testdata/example/tasks.jsonl"
	runCases(t, []commandCase{
		{name: "eval", args: with("eval", "GET", tasks, "--count"), stdout: "2\n"},
		{name: "eval of what is forbidden", args: with("eval", "DELETE", tasks), exit: 1, stderr: "forbidden: DELETE \"tasks\""},
		{name: "eval of what is forbidden, as JSON", args: with("eval", "DELETE", tasks, "--json"), exit: 1, stderr: `"kind":"forbidden"`},
		{name: "CSV by the kinds of the policy", args: with("eval", "GET", "--format", "csv", "--count"), stdin: "id,account,owner,tags\n1,7,ann,\n2,8,ann,\n3,7,bob,\"[\"\"home\"\"]\"\n", stdout: "2\n"},
		{name: "a column that the rule asks about and is not there", args: with("eval", "GET", "--format", "csv"), stdin: "id,account,owner\n1,7,ann\n", exit: 2, stderr: `no column "tags"`},
		{name: "explain", args: with("explain", "PUT", "--row", `{"account":8,"owner":"ann"}`), exit: 1,
			stdout: "not visible\n  true     owner == \"ann\"    (it is \"ann\")\n  false    account == 7      (it is 8)\n"},
		{name: "fields beside it", args: with("eval", "GET", tasks, "--fields", "id:int"), exit: 2, stderr: "this one does"},
		{name: "no method", args: []string{"eval", "--policy", examplePolicy, "--caller", caller, "--endpoint", "tasks", tasks}, exit: 2, stderr: "to do what?"},
	})
	have := rolespec("", with("sql", "PUT", "--dialect", "postgres", "--table", "tasks")...)
	if have.exit != 0 || !strings.Contains(have.stdout, `string  "ann"`) || !strings.Contains(have.stdout, "int64   7") {
		t.Errorf("sql: have %+v", have)
	}
}

// What is wrong with a policy is shown, all of it, with its lines.
func TestPolicyErrors(t *testing.T) {
	path := file(t, "p.yaml", "rolespec: 1\nroles:\n  - name: a\n    alow: []\n    deni: []\n")
	have := rolespec("", "verify", "--policy", path, "--caller", "{}", "--endpoint", "x", "--method", "GET")
	for _, want := range []string{":4:5: ", ":5:5: ", "    alow: []\n", "^"} {
		if have.exit != 2 || !strings.Contains(have.stderr, want) {
			t.Errorf("have %+v, want %q", have, want)
		}
	}
}
