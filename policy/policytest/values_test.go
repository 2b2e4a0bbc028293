package policytest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/spec"
)

// files returns a file system with a policy and a suite.
func files(policy, suite string) fstest.MapFS {
	return fstest.MapFS{"policy.yaml": {Data: []byte(policy)}, "policy.test.yaml": {Data: []byte(suite)}}
}

// Where a policy declares no resources, rows are those of an endpoint.
func TestFreeRows(t *testing.T) {
	_, err := policytest.LoadFS(files(`
rolespec: 1
roles: [{name: user, allow: [{endpoint: tasks, methods: [GET, TAKE], rule: "a.b == $n && any c (d contains 1)"}]}]
`, `
policy: policy.yaml
callers: {ann: {roles: [user], n: 9007199254740993}}
rows:
  tasks:
    - {id: 1, a: {b: 9007199254740993}, c: [{d: [1, 2]}]}
    - {id: 1.5, a: {b: 9007199254740992}, c: [{d: [1]}]}
    - {id: "1", a: {b: 9007199254740993}, c: []}
    - {id: null, id2: 1, a.b: 9007199254740993, c: {d: [1]}}
cases:
  - {caller: ann, endpoint: tasks, methods: [GET, take], visible: 1.0}
`), "policy.test.yaml")
	if want := "policy.test.yaml:9:7: the row has no id to name it by"; err == nil || err.Error() != want {
		t.Fatalf("have %v, want %s", err, want)
	}
	s, err := policytest.LoadFS(files(`
rolespec: 1
roles: [{name: user, allow: [{endpoint: tasks, methods: [GET, TAKE], rule: "a.b == $n && any c (d contains 1)"}]}]
`, `
policy: policy.yaml
callers: {ann: {roles: [user], n: 9007199254740993}}
rows:
  tasks:
    - {id: 1, a: {b: 9007199254740993}, c: [{d: [1, 2]}]}
    - {id: 1.5, a: {b: 9007199254740992}, c: [{d: [1]}]}
    - {id: "1", a: {b: 9007199254740993}, c: []}
    - {id: true, a.b: 9007199254740993, c: {d: [1]}}
cases:
  - {caller: ann, endpoint: tasks, methods: [GET, take], visible: [1.0, true], hidden: [1.5, "1"]}
`), "policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Run(); !r.OK() || len(r.Results) != 2 {
		t.Error(r)
	}
}

// What nobody declares can still be wrong.
func TestFreeFaults(t *testing.T) {
	const policy = "rolespec: 1\nroles: [{name: user, allow: [{endpoint: tasks, methods: GET, rule: a == 1}]}]\n"
	for suite, want := range map[string]string{
		`rows: {tasks: [{id: 1, a: "\0"}]}`:              "3:27: a value that no row holds: a text that contains a NUL",
		"rows: {tasks: [{id: {x: 1}}]}":                  "3:16: the row has no id to name it by",
		"rows: {tasks: [{id: [1]}]}":                     "3:16: the row has no id to name it by",
		"rows: {tasks: [{id: 1}, {id: 1.0}]}":            "3:25: the key 1 is that of another row, at policy.test.yaml:3:16",
		"rows: {tasks: [{id: 1}]}\nx: 1":                 `4:1: there is no key "x" here; the keys are policy, callers, rows, cases`,
		"callers: {ann: {roles: user}}":                  "3:24: roles are a list of texts, this is a text; write roles: [user]",
		"rows: {tasks: tasks.ndjson}":                    "3:15: the rows cannot be read: it is too long: more than 67108864 bytes",
		"rows: {tasks: policy.test.yaml}":                "policy.test.yaml:1:1: a line is a row, a JSON object in braces",
		"rows: {tasks: [{id: 1}], task: [{id: {}}]}":     "3:33: the row has no id to name it by",
		"rows: {tasks: [{id: 1, a.b: 1, a: {b: null}}]}": "",
	} {
		fsys := files(policy, "policy: policy.yaml\ncases: [{caller: {}, endpoint: tasks, methods: GET, forbidden: true}]\n"+suite+"\n")
		fsys["tasks.ndjson"] = &fstest.MapFile{Data: make([]byte, 64<<20+1)}
		_, err := policytest.LoadFS(fsys, "policy.test.yaml")
		if err == nil && want != "" || err != nil && !strings.HasPrefix(strings.TrimPrefix(err.Error(), "policy.test.yaml:"), strings.TrimPrefix(want, "policy.test.yaml:")) {
			t.Errorf("%s: have %v, want %s", suite, err, want)
		}
	}
	_, err := policytest.LoadFS(files(policy, `policy: policy.yaml
rows: {tasks: [{id: 1}]}
cases: [{caller: {}, endpoint: task, methods: GET, visible: [{id: 1}]}, {caller: {}, endpoint: tasks, methods: GET, visible: [{id: 1}]}]
`), "policy.test.yaml")
	checkFault(t, nil, err, "3:32: the policy has no endpoint \"task\"; did you mean tasks?\n3:127: a mapping stands where a key is wanted")
}

// A field whose name leads nowhere cannot name rows.
func TestKeyThatLeadsNowhere(t *testing.T) {
	_, err := policytest.LoadFS(files(`
rolespec: 1
resources: {tasks: {key: a..b, fields: {a..b: int}}}
roles: [{name: user, allow: [{endpoint: tasks, methods: GET, rule: "#"}]}]
`, `policy: policy.yaml
rows: {tasks: [{a..b: 1}]}
cases: [{caller: {}, endpoint: tasks, methods: GET, forbidden: true}]
`), "policy.test.yaml")
	if err == nil || !strings.Contains(err.Error(), "a..b") {
		t.Errorf("have %v", err)
	}
}

// A policy has no resource for an endpoint that is granted with all others.
func TestAnyEndpoint(t *testing.T) {
	s, err := policytest.LoadFS(files(`
rolespec: 1
roles: [{name: admin, allow: [{endpoint: "*", rule: "#"}]}]
`, `
policy: policy.yaml
cases: [{caller: {roles: [admin]}, endpoint: order_pizza, methods: EXECUTE, forbidden: false}]
`), "policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Run(); !r.OK() || len(r.Coverage.Untested) > 0 || r.Results[0].Caller != "the caller at 3:18" {
		t.Error(r)
	}
}

// Values are read by the type of their field.
func TestValues(t *testing.T) {
	s, err := policytest.LoadFS(files(`
rolespec: 1
resources:
  all:
    key: at
    fields:
      at: time
      yes: bool
      int: int
      uint: uint
      float: float
      decimal: decimal
      small: decimal
      power: decimal
      text: string
      bytes: bytes
      date: date
      uuid: uuid
      list: [date]
      none: int?
      size.in.cm: int
      size.name: string?
roles: [{name: user, allow: [{endpoint: all, methods: GET, rule: "#"}]}]
`, `
policy: policy.yaml
rows:
  all:
    - at: 2024-07-01T14:00:00+02:00
      yes: true
      int: -9223372036854775808
      uint: 18446744073709551615
      float: 7
      decimal: 0.10000000000000000000000000000000000001
      small: "12.50"
      power: 1e3
      text: "2024-07-01"
      bytes: AP8=
      date: 2024-07-01
      uuid: F81D4FAE-7dec-11d0-a765-00a0c91e6bf6
      list: [2024-07-01, null]
      none: null
      size: {in: {cm: 5}, name: x}
cases:
  - {caller: {roles: [user]}, endpoint: all, methods: GET, visible: ["2024-07-01T12:00:00Z"]}
`), "policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if r := s.Run(); !r.OK() {
		t.Error(r)
	}
	row := s.Rows("all")[0]
	size := row.Values["size"].(map[string]any)
	for name, want := range map[string]string{
		"at": `time("2024-07-01T12:00:00Z")`, "yes": "True", "int": "-9223372036854775808", "uint": "18446744073709551615",
		"float": "7.0", "decimal": `decimal("0.10000000000000000000000000000000000001")`, "small": `decimal("12.5")`,
		"power": `decimal("1000")`, "text": `"2024-07-01"`, "bytes": `bytes("AP8=")`, "date": `date("2024-07-01")`,
		"uuid": `uuid("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")`, "list": `[date("2024-07-01"), None]`, "none": "None",
	} {
		if have := row.Values[name].(spec.Value).String(); have != want {
			t.Errorf("%s is %s, want %s", name, have, want)
		}
	}
	if have := size["in"].(map[string]any)["cm"].(spec.Value); have.Int() != 5 || size["name"].(spec.Value).Text() != "x" {
		t.Errorf("size is %v", size)
	}
}
