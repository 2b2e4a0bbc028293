package policytest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/roles"
)

// usersAndTasks is the policy of the faulty suites.
const usersAndTasks = `
rolespec: 1
claims: {sub: string, level: int, org.id: int, roles: [string]}
resources:
  tasks:
    endpoints: [tasks, export]
    fields: {id: int, owner: string, at: "time?", state: {enum: [open, done]}, n: uint, b: "bytes?", ok: bool, d: decimal, tags: [string], size.x: "int?"}
    relations: {boss: {one: users}, notes: {many: users}}
  users: {fields: {id: string, name: "string?"}}
  logs: {fields: {text: string}}
  lists: {key: tags, fields: {tags: [string]}}
roles:
  - name: user
    allow: [{endpoint: [tasks, users], methods: [GET, APPROVE], rule: id is not None}]
`

// base is a sound suite; a fault replaces a part of it. Lines are counted from 1.
const base = `policy: policy.yaml
callers:
  ann: {sub: ann, level: 3, roles: [user]}
rows:
  tasks:
    - {id: 1, owner: ann}
    - {id: 2, owner: bob}
  users: [{id: "1", name: Ann}]
cases:
  - name: first
    caller: ann
    endpoint: tasks
    methods: GET
    visible: [1]
`

type fault struct {
	name     string
	old, new string // of base; "" for all of it
	want     string // each error on a line
}

var faults = []fault{
	// the file itself
	{"empty", "", "", `1:1: the file is empty`},
	{"a list", "", "- 1", `1:1: a list stands where a mapping is wanted`},
	{"empty mapping", "", "{}", "1:1: the key policy is missing\n1:1: the key cases is missing"},
	{"second document", "policy: policy.yaml", "policy: policy.yaml\n---", `2:1: a second document: it would not be read`},
	{"unknown key", "callers:", "caller:", `2:1: there is no key "caller" here; did you mean callers?`},
	{"key twice", "rows:", "callers: {}\nrows:", `4:1: the key "callers" stands here twice`},
	{"an alias", "visible: [1]", "visible: &a [1]", `14:14: an anchor or alias: what is shared by reference is hard to review; write it out`},
	{"unknown key of a case", "visible", "visibel", `14:5: there is no key "visibel" here; did you mean visible?`},
	{"method instead of methods", "methods", "method", "10:5: the key methods is missing\n13:5: there is no key \"method\" here; did you mean methods?"},
	{"no policy", "policy: policy.yaml\n", "", `1:1: the key policy is missing`},
	{"no caller", "    caller: ann\n", "", `10:5: the key caller is missing`},
	{"forbidden is a text", "visible: [1]", "forbidden: yes please", `14:16: a text stands where true or false is wanted`},
	{"name is empty", "name: first", `name: ""`, `10:11: the text is empty`},
	{"callers are a list", "  ann: {sub: ann, level: 3, roles: [user]}", "  - ann", `3:3: a list stands where a mapping is wanted`},

	// the policy
	{"policy that is not there", "policy: policy.yaml", "policy: polcy.yaml", `1:9: the policy cannot be read: file does not exist`},
	{"policy outside", "policy: policy.yaml", "policy: ../policy.yaml", `1:9: the policy cannot be read: file does not exist`},

	// callers
	{"claims are a text", "{sub: ann, level: 3, roles: [user]}", "ann", `3:8: a text stands where claims are wanted; claims are written {sub: ann, roles: [user]}`},
	{"claim misspelt", "sub: ann", "sbu: ann", `3:9: the policy declares no claim "sbu"; did you mean sub?`},
	{"claim of another kind", "level: 3", `level: "3"`, `3:26: the claim "level" is of type int, this is a text; write it without quotes`},
	{"claim that should be a text", "sub: ann", "sub: 7", `3:14: the claim "sub" is of type string, this is a number; write "7"`},
	{"claim with a fraction", "level: 3", `level: 3.5`, `3:26: the claim "level" is of type int: a fraction cannot be compared with an integer field`},
	{"nested claim", "level: 3", "org: {id: x}", `3:29: the claim "org.id" is of type int, this is a text`},
	{"nested claim misspelt", "level: 3", "org: {no: 1}", `3:25: the policy declares no claim "org.no"; did you mean org.id?`},
	{"roles are a text", "roles: [user]", "roles: user", `3:36: roles are a list of texts, this is a text; write roles: [user]`},
	{"a role is a number", "roles: [user]", "roles: [1]", `3:37: a role is a text, this is a number; write "1"`},
	{"caller called everyone", "  ann: {", "  \"*\": {}\n  ann: {", `3:3: * is every caller, and no name of one`},

	// rows
	{"unknown resource", "  users: [", "  usres: [", `8:3: the policy has no resource "usres"; did you mean users?`},
	{"endpoint instead of resource", "  users: [", "  export: [", `8:3: the policy has no resource "export"; there are tasks, users, logs, lists`},
	{"resource without a key", "  users: [", "  logs: [{text: x}]\n  users: [", `8:3: the resource "logs" has no field "id" that could name its rows; declare the field, or name another one by key: in the policy`},
	{"key that is a list", "  users: [", "  lists: [{tags: [x]}]\n  users: [", `8:3: the resource "lists" has no field "tags" that could name its rows; declare the field, or name another one by key: in the policy`},
	{"rows are a mapping", `[{id: "1", name: Ann}]`, `{id: "1"}`, `8:10: a mapping stands where rows are wanted; begin each row with -, or name a file of rows`},
	{"row is a number", "{id: 2, owner: bob}", "2", `7:7: a number stands where a row is wanted; a row is written {id: 1, name: x}`},
	{"field misspelt", "owner: bob", "onwer: bob", `7:15: the resource "tasks" has no field "onwer"; did you mean owner?`},
	{"field of another resource", "owner: bob", "name: bob", `7:15: the resource "tasks" has no field "name"; there are id, owner, at, state, n, b, ok, d, tags, size.x, boss, notes`},
	{"field of a related row by a dot", "owner: bob", "boss.name: bob", `7:15: the resource "tasks" has no field "boss.name"; there are id, owner, at, state, n, b, ok, d, tags, size.x, boss, notes`},
	{"null where none can be", "owner: bob", "owner: null", `7:22: the field "owner" cannot be null; leave it out, or let it be null in the policy: owner: string?`},
	{"text that is no instant", "owner: bob", "at: 2024-07-01", `7:19: the field "at" is of type time: a text that is not an instant of RFC 3339 with its zone`},
	{"enum", "owner: bob", "state: opne", `7:22: the field "state" is of type enum: the enum has no such label; did you mean open?`},
	{"below 0", "owner: bob", "n: -1", `7:18: the field "n" is of type uint: a number below 0`},
	{"beyond 64 bits", "id: 2", "id: 9223372036854775808", `7:12: the field "id" is of type int: a number beyond its range`},
	{"no base64", "owner: bob", `b: "="`, `7:18: the field "b" is of type bytes: bytes are written in base64`},
	{"yes is a text", "owner: bob", "ok: yes", `7:19: the field "ok" is of type bool, this is a text`},
	{"no decimal", "owner: bob", "d: 1_0", `7:18: the number "1_0" is not written as in JSON; write it as JSON does, or in quotes if it is a text`},
	{"list in a scalar", "owner: bob", "owner: [bob]", `7:22: the field "owner" is of type string, this is a list`},
	{"no list", "owner: bob", "tags: x", `7:21: the field "tags" is a list, this is a text; write it in brackets`},
	{"element of another type", "owner: bob", "tags: [x, 1]", `7:25: an element of the field "tags" is of type string, this is a number; write "1"`},
	{"NUL in a text", "owner: bob", `owner: "\0"`, `7:22: the field "owner" is of type string: a text that contains a NUL`},
	{"nested fields", "owner: bob", "size: {y: 1}", `7:22: the resource "tasks" has no field "size.y"; did you mean size.x?`},
	{"nested fields twice", "owner: bob", "size: {x: 1}, size.x: 2", `7:29: the field "size.x" stands here twice`},
	{"no nested fields", "owner: bob", "size: 1", `7:21: "size" is a mapping of fields, this is a number`},
	{"related row by its key", "owner: bob", "boss: 1", `7:21: the relation "boss" leads to rows, this is a number; write the row itself, {id: 1}`},
	{"related rows that are one", "owner: bob", "notes: {id: x}", `7:22: the relation "notes" leads to many rows, this is a mapping; begin each row with -`},
	{"field of a related row", "owner: bob", "notes: [{nmae: x}]", `7:24: the resource of the relation "notes" has no field "nmae"; did you mean name?`},
	{"key twice", "id: 2", "id: 1", `7:7: the key 1 is that of another row, at policy.test.yaml:6:7`},
	{"no key", "{id: 2, owner: bob}", "{owner: bob}", `7:7: the row has no id to name it by`},
	{"file of rows that is not there", `[{id: "1", name: Ann}]`, "users.ndjson", `8:10: the rows cannot be read: file does not exist`},

	// cases
	{"no cases", "", "policy: policy.yaml\ncases: []\n", `2:8: the suite has no cases`},
	{"nobody has a name", "", "policy: policy.yaml\ncases: [{caller: \"*\", endpoint: tasks, methods: GET, forbidden: true}]\n", `2:18: no caller has a name`},
	{"a key that the file does not have", "cases:\n", "cases: []\nx:\n", `10:1: there is no key "x" here; the keys are policy, callers, rows, cases`},
	{"unknown caller", "caller: ann", "caller: anne", `11:13: there is no caller "anne"; did you mean ann?`},
	{"caller twice", "caller: ann", "caller: [ann, ann]", `11:19: "ann" stands here twice`},
	{"no callers", "caller: ann", "caller: []", `11:13: the case names no caller`},
	{"caller is a number", "caller: ann", "caller: 7", `11:13: a number stands where the name of a caller or claims are wanted`},
	{"claims in place", "caller: ann", "caller: {sub: [ann]}", `11:19: the claim "sub" is of type string, this is a list`},
	{"unknown endpoint", "endpoint: tasks", "endpoint: task", `12:15: the policy has no endpoint "task"; did you mean tasks?`},
	{"resource that is no endpoint of its own", "endpoint: tasks", `endpoint: [tasks, "*"]`, `12:23: the policy has no endpoint "*"; there are tasks, export, users, logs, lists`},
	{"no endpoint", "endpoint: tasks", "endpoint: []", `10:5: the case names no endpoint or no method`},
	{"method misspelt", "methods: GET", "methods: [GTE]", `13:15: the policy has no method "GTE"; did you mean GET?`},
	{"unknown method", "methods: GET", "methods: [BROWSE]", `13:15: the policy has no method "BROWSE"; there are GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, EXECUTE, APPROVE`},
	{"unknown claim", "sub: ann", "name: ann", `3:9: the policy declares no claim "name"; there are sub, level, org.id, roles`},
	{"every method", "methods: GET", `methods: "*"`, `13:14: * is for policies: a caller asks for one method; name the methods`},
	{"nothing wanted", "    visible: [1]\n", "", `10:5: the case wants nothing; write visible, hidden, may_write, may_not_write, columns or forbidden`},
	{"forbidden and visible", "visible: [1]", "visible: []\n    forbidden: true", `15:16: what is forbidden has no rows and no columns to ask for`},
	{"unknown row", "visible: [1]", "visible: [1, 3]", `14:18: there is no row 3 of "tasks"; did you mean 1?`},
	{"row twice", "visible: [1]", "visible: [1, 1.0]", `14:18: the row 1 stands here twice`},
	{"key of another type", "visible: [1]", `visible: ["1"]`, `14:15: the key of tasks is of type int, this is a text; write it without quotes`},
	{"visible is a mapping", "visible: [1]", `visible: {id: 1}`, `14:14: the key of tasks is of type int, this is a mapping`},
	{"visible and hidden", "visible: [1]", "visible: [1]\n    hidden: [2, 1]", `15:13: the row 1 is to be visible as well as hidden`},
	{"nothing hidden", "visible: [1]", "hidden: []", `14:13: no row is named, so nothing is tested`},
	{"visible of no rows", "endpoint: tasks\n    methods: GET\n    visible: [1]", "endpoint: logs\n    methods: GET\n    visible: []", `14:14: the suite has no rows of this endpoint, so nothing is tested; write some below rows`},
	{"written rows", "visible: [1]", "may_write: {id: 1}", `14:16: a list of rows is wanted here; begin each row with -`},
	{"no written rows", "visible: [1]", "may_not_write: []", `14:20: a list of rows is wanted here; begin each row with -`},
	{"field of a written row", "visible: [1]", "may_write: [{idd: 1}]", `14:18: the resource "tasks" has no field "idd"; did you mean id?`},
	{"unknown column", "visible: [1]", "columns: [id, ownr]", `14:19: the resource "tasks" has no field "ownr"; did you mean owner?`},
	{"relation as a column", "visible: [1]", "columns: boss", `14:14: the resource "tasks" has no field "boss"; there are id, owner, at, state, n, b, ok, d, tags, size.x`},
	{"name twice", "    visible: [1]\n", "    visible: [1]\n  - {name: first, caller: ann, endpoint: tasks, methods: GET, visible: [1]}\n", `15:12: there is another case of this name, on line 10`},
	{"several at once, in order", "  users: [{id: \"1\", name: Ann}]\ncases:", "  users: [{id: 1, nme: Ann}]\ncases:\n  - {caller: bob, endpoint: tasks, methods: GET, columns: []}",
		"8:16: the field \"id\" is of type string, this is a number; write \"1\"\n8:19: the resource \"users\" has no field \"nme\"; did you mean name?\n10:14: there is no caller \"bob\"; there are ann"},
}

func TestFaults(t *testing.T) {
	if _, err := policytest.LoadFS(files(usersAndTasks, base), "policy.test.yaml"); err != nil {
		t.Fatalf("the suite without a fault: %v", err)
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			text := f.new
			if f.old != "" {
				if text = strings.Replace(base, f.old, f.new, 1); text == base {
					t.Fatal("the fault is not in the suite")
				}
			}
			s, err := policytest.LoadFS(files(usersAndTasks, text), "policy.test.yaml")
			checkFault(t, s, err, f.want)
		})
	}
}

// checkFault holds an error against what each of its lines says behind the name of
// the file.
func checkFault(t *testing.T, s *policytest.Suite, err error, want string) {
	t.Helper()
	var all policytest.Errors
	if s != nil || !errors.As(err, &all) || !errors.Is(err, policytest.ErrSuite) {
		t.Fatalf("have suite %v and error %v, want Errors", s != nil, err)
	}
	have := strings.ReplaceAll(err.Error(), "policy.test.yaml:", "")
	if diff := cmp.Diff(strings.ReplaceAll(want, "at policy.test.yaml:", "at "), have); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
	for _, e := range all {
		if detail := e.Detail(); !strings.HasPrefix(detail, e.Where()) || !strings.Contains(detail, e.Advice) || e.Line > 1 && !strings.Contains(detail, "^\n") {
			t.Errorf("the detail is %q", detail)
		}
	}
}

// A fault in a file of rows is told with its own place.
func TestFaultsInRowFiles(t *testing.T) {
	for name, test := range map[string]struct{ rows, want string }{
		"no JSON":       {"{\"id\": \"1\"}\n{\"id\" \"2\"}\n", `2:7: `},
		"no object":     {"[1]\n", `1:1: a line is a row, a JSON object in braces`},
		"YAML":          {"- id: 1\n", `1:1: a line is a row, a JSON object in braces`},
		"two in a line": {`{"id": "1"} {"id": "2"}`, `1:13: `},
		"key twice":     {"\n\n  {\"id\": \"1\", \"id\": \"2\"}\n", `3:15: the key "id" stands here twice`},
		"field":         {"\ufeff{\"id\": \"1\", \"nme\": \"2\"}\r\n", `1:13: the resource "users" has no field "nme"; did you mean name?`},
		"same row":      {"{\"id\": \"1\"}\n{\"id\": \"1\"}\n", `2:1: the key "1" is that of another row, at users.ndjson:1:1`},
		"no UTF-8":      {"{\"id\": \"1\"}\n{\"id\": \"\xff\"}\n", `2:9: the file is not UTF-8`},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := files(usersAndTasks, strings.Replace(base, `[{id: "1", name: Ann}]`, "users.ndjson", 1))
			fsys["users.ndjson"] = &fstest.MapFile{Data: []byte(test.rows)}
			_, err := policytest.LoadFS(fsys, "policy.test.yaml")
			if err == nil || !strings.HasPrefix(err.Error(), "users.ndjson:"+test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("have %v, want %s", err, test.want)
			}
		})
	}
	fsys := files(usersAndTasks, strings.Replace(base, `[{id: "1", name: Ann}]`, "users.ndjson", 1))
	fsys["users.ndjson"] = &fstest.MapFile{Data: []byte(" \n\n")}
	_, err := policytest.LoadFS(fsys, "policy.test.yaml")
	checkFault(t, nil, err, "8:10: the file has no rows")
}

// The same faults of a suite in JSON have places too.
func TestFaultInJSON(t *testing.T) {
	s, err := policytest.LoadFS(files(usersAndTasks, `{
  "policy": "policy.yaml",
  "cases": [{"caller": {"sub": 1}, "endpoint": "tasks", "methods": "GET", "visible": []}]
}`), "policy.test.yaml")
	checkFault(t, s, err, "3:32: the claim \"sub\" is of type string, this is a number; write \"1\"\n3:86: the suite has no rows of this endpoint, so nothing is tested; write some below rows")
}

// What is wrong with the policy is told in its own terms.
func TestFaultInThePolicy(t *testing.T) {
	_, err := policytest.LoadFS(files(strings.Replace(usersAndTasks, "rule: id", "rule: idd", 1), base), "policy.test.yaml")
	var all policy.Errors
	if !errors.As(err, &all) || !errors.Is(err, roles.ErrPolicy) || errors.Is(err, policytest.ErrSuite) {
		t.Errorf("have %v", err)
	}
	if _, err := policytest.Load("testdata/nothing.yaml"); !errors.Is(err, policytest.ErrSuite) {
		t.Errorf("a suite that is not there: %v", err)
	}
}

func TestManyFaults(t *testing.T) {
	rows := strings.Repeat("  - {x: 1}\n", 150)
	_, err := policytest.LoadFS(files(usersAndTasks, strings.Replace(base, "  tasks:\n", "  tasks:\n"+strings.ReplaceAll(rows, "  -", "    -"), 1)), "policy.test.yaml")
	var all policytest.Errors
	if !errors.As(err, &all) || len(all) != 100 {
		t.Errorf("%d errors", len(all))
	}
}

// Three lists of a case multiply.
func TestManyQuestions(t *testing.T) {
	var callers strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&callers, "  c%d: {}\n", i)
	}
	text := strings.Replace(base, "callers:\n", "callers:\n"+callers.String(), 1)
	one := "  - {caller: \"*\", endpoint: [tasks, export, users, logs], methods: [GET, PUT, POST, PATCH, DELETE], forbidden: true}\n"
	s, err := policytest.LoadFS(files(usersAndTasks, text+one), "policy.test.yaml")
	if err != nil || len(s.Run().Results) != 3001*20+1 {
		t.Fatalf("have %v", err)
	}
	_, err = policytest.LoadFS(files(usersAndTasks, text+one+one), "policy.test.yaml")
	checkFault(t, nil, err, "3016:5: the suite asks more than 100000 questions")
}
