package policytest_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy/policytest"
)

const judgedPolicy = `
rolespec: 1
claims: {sub: string, roles: [string]}
resources:
  tasks: {fields: {id: int, owner: string, state: {enum: [open, done]}}}
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: [GET, PUT, PATCH, DELETE], rule: owner == $sub, columns: [id]}
      - {endpoint: tasks, methods: POST, rule: state == $sub}
      - {endpoint: tasks, methods: TAKE, rule: owner == $sub, columns: []}
    deny:
      - {endpoint: tasks, methods: DELETE}
      - {endpoint: tasks, methods: PATCH, rule: id == 1}
  - name: guest
    allow:
      - {endpoint: tasks, methods: "*", rule: owner == "all"}
      - {endpoint: "*", rule: "#"}
    except:
      - {endpoint: tasks, methods: PUT}
`

// judged is a suite of that policy with one case more.
func judged(t *testing.T, oneCase string) policytest.Report {
	t.Helper()
	s, err := policytest.LoadFS(files(judgedPolicy, `
policy: policy.yaml
callers:
  ann: {sub: ann, roles: [user]}
  guest: {roles: [guest]}
rows:
  tasks:
    - {id: 1, owner: ann, state: open}
    - {id: 2, owner: ann, state: done}
    - {id: 3, owner: all}
cases:
  - `+oneCase), "policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return s.Run()
}

var judgements = []struct {
	name, oneCase string
	want          string // kinds and rows of the failures
}{
	{"exactly these", "{caller: ann, endpoint: tasks, methods: GET, visible: [1, 2]}", ""},
	{"one more", "{caller: ann, endpoint: tasks, methods: GET, visible: [1]}", "shown 2"},
	{"one less", "{caller: ann, endpoint: tasks, methods: GET, visible: [1, 2, 3]}", "hidden 3"},
	{"all of them", `{caller: ann, endpoint: tasks, methods: GET, visible: "*"}`, "hidden 3"},
	{"none of them", "{caller: ann, endpoint: tasks, methods: GET, visible: []}", "shown 1, shown 2"},
	{"one by its key alone", "{caller: ann, endpoint: tasks, methods: GET, visible: 1}", "shown 2"},
	{"hidden", "{caller: ann, endpoint: tasks, methods: GET, hidden: 3}", ""},
	{"hidden and others", "{caller: ann, endpoint: tasks, methods: GET, hidden: [1, 3]}", "shown 1"},
	{"all hidden", `{caller: ann, endpoint: tasks, methods: GET, hidden: "*"}`, "shown 1, shown 2"},
	{"what is denied is hidden", "{caller: ann, endpoint: tasks, methods: PATCH, visible: [2]}", ""},
	{"what is denied is not visible", "{caller: ann, endpoint: tasks, methods: PATCH, visible: [1, 2]}", "hidden 1"},
	{"denied as a whole", "{caller: ann, endpoint: tasks, methods: DELETE, forbidden: true}", ""},
	{"no row is not forbidden", "{caller: {sub: x, roles: [user]}, endpoint: tasks, methods: GET, visible: []}", ""},
	{"no row, and forbidden wanted", "{caller: {sub: x, roles: [user]}, endpoint: tasks, methods: GET, forbidden: true}", "permitted "},
	{"forbidden is not no row", "{caller: {}, endpoint: tasks, methods: GET, visible: []}", "forbidden "},
	{"forbidden is not hidden", "{caller: {}, endpoint: tasks, methods: GET, hidden: [1]}", "forbidden "},
	{"forbidden may not write", "{caller: {}, endpoint: tasks, methods: GET, may_not_write: [{id: 1}]}", "forbidden "},
	{"forbidden has no columns", "{caller: {}, endpoint: tasks, methods: GET, columns: []}", "forbidden "},
	{"not forbidden", "{caller: ann, endpoint: tasks, methods: GET, forbidden: false}", ""},
	{"not forbidden, and more", "{caller: ann, endpoint: tasks, methods: GET, forbidden: false, visible: [1]}", "shown 2"},
	{"a claim that is empty", `{caller: {sub: "", roles: [user]}, endpoint: tasks, methods: GET, forbidden: true}`, ""},
	{"excepted", "{caller: guest, endpoint: tasks, methods: PUT, forbidden: true}", ""},
	{"not excepted", "{caller: guest, endpoint: tasks, methods: GET, visible: [3]}", ""},
	{"a rule that fits no row is nothing to rest on", "{caller: ann, endpoint: tasks, methods: POST, visible: []}", "unfit "},
	{"nor to hide by", "{caller: ann, endpoint: tasks, methods: POST, hidden: [1]}", "unfit "},
	{"nor to refuse by", "{caller: ann, endpoint: tasks, methods: POST, may_not_write: [{id: 1}]}", "unfit "},
	{"columns", "{caller: ann, endpoint: tasks, methods: GET, columns: id}", ""},
	{"other columns", "{caller: ann, endpoint: tasks, methods: GET, columns: [id, owner]}", "columns "},
	{"no columns", "{caller: ann, endpoint: tasks, methods: TAKE, columns: []}", ""},
	{"no columns, and all wanted", `{caller: ann, endpoint: tasks, methods: TAKE, columns: "*"}`, "columns "},
	{"all columns, and none wanted", "{caller: guest, endpoint: tasks, methods: GET, columns: []}", "columns "},
	{"all columns, and all that there are wanted", "{caller: guest, endpoint: tasks, methods: GET, columns: [id, owner, state]}", "columns "},
	{"rows that may be written", "{caller: ann, endpoint: tasks, methods: PUT, may_write: [{owner: ann}, {owner: bob}]}", "refused policy.test.yaml:12:76"},
	{"rows that may not be written", "{caller: ann, endpoint: tasks, methods: PUT, may_not_write: [{owner: ann}, {}]}", "accepted policy.test.yaml:12:66"},
}

func TestJudge(t *testing.T) {
	for _, test := range judgements {
		t.Run(test.name, func(t *testing.T) {
			r := judged(t, test.oneCase)
			var have []string
			for _, f := range r.Results[0].Failures {
				have = append(have, string(f.Kind)+" "+f.Row)
				if !strings.HasPrefix(f.Where, "policy.test.yaml:12:") || f.Text == "" {
					t.Errorf("have %+v", f)
				}
			}
			if diff := cmp.Diff(test.want, strings.Join(have, ", ")); diff != "" {
				t.Errorf("(-want +have):\n%s", diff)
			}
			if len(r.Results) != 1 || r.OK() != (test.want == "") {
				t.Errorf("OK %v of %d results", r.OK(), len(r.Results))
			}
		})
	}
}

// What decided is told with the places of the policy.
func TestDecidedBy(t *testing.T) {
	r := judged(t, "{caller: ann, endpoint: tasks, methods: [patch, DELETE], forbidden: true}")
	first, second := r.Results[0], r.Results[1]
	if first.Method != "PATCH" || first.Passed || !second.Passed {
		t.Errorf("have %v", r)
	}
	if diff := cmp.Diff([]string{"policy.yaml:9:9"}, first.Grants); diff != "" {
		t.Errorf("grants (-want +have):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"policy.yaml:14:9"}, first.Denials); diff != "" {
		t.Errorf("denials (-want +have):\n%s", diff)
	}
	if second.Grants != nil || second.Forbidden == "" || len(second.Denials) != 1 {
		t.Errorf("have %+v", second)
	}
}

// Lines are reached where they have their effect, and no sooner.
func TestReached(t *testing.T) {
	for oneCase, want := range map[string]string{
		"{caller: ann, endpoint: tasks, methods: GET, forbidden: false}":                     "allow GET tasks",
		"{caller: ann, endpoint: tasks, methods: PATCH, forbidden: false}":                   "allow PATCH tasks, deny PATCH tasks",
		"{caller: {roles: [user]}, endpoint: tasks, methods: PATCH, forbidden: true}":        "", // a claim is missing: the denial of rows was not asked
		"{caller: {roles: [user]}, endpoint: tasks, methods: DELETE, forbidden: true}":       "deny DELETE tasks",
		"{caller: {}, endpoint: tasks, methods: GET, forbidden: true}":                       "",
		"{caller: guest, endpoint: tasks, methods: PUT, forbidden: true}":                    "except PUT tasks",
		"{caller: guest, endpoint: tasks, methods: [GET, TAKE], forbidden: false}":           "allow * tasks",
		"{caller: {sub: x, roles: [guest, user]}, endpoint: tasks, methods: GET, hidden: 1}": "allow GET tasks",
	} {
		coverage := judged(t, oneCase).Coverage
		untested := map[string]bool{}
		for _, line := range coverage.Untested {
			untested[line.Effect+" "+line.Method+" "+line.Endpoint] = true
		}
		var reached []string
		for _, line := range []string{
			"allow GET tasks", "allow PUT tasks", "allow PATCH tasks", "allow DELETE tasks", "allow POST tasks", "allow TAKE tasks",
			"deny DELETE tasks", "deny PATCH tasks", "allow * tasks", "allow  ", "except PUT tasks",
		} {
			if !untested[line] {
				reached = append(reached, line)
			}
		}
		if have := strings.Join(reached, ", "); have != want || coverage.Lines != 11 {
			t.Errorf("%s: reaches %q of %d, want %q", oneCase, have, coverage.Lines, want)
		}
	}
}

func TestRolesInCoverage(t *testing.T) {
	c := judged(t, "{caller: {roles: [gusest, user]}, endpoint: tasks, methods: GET, forbidden: true}").Coverage
	if diff := cmp.Diff([]string{"gusest"}, c.Unknown); diff != "" || c.NotHeld != nil {
		t.Errorf("not held %v, unknown (-want +have):\n%s", c.NotHeld, diff)
	}
	s, err := policytest.LoadFS(files(judgedPolicy, `{"policy": "policy.yaml", "cases": [
		{"caller": {}, "endpoint": "tasks", "methods": "GET", "forbidden": true}]}`), "policy.test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"user", "guest"}, s.Run().Coverage.NotHeld); diff != "" {
		t.Errorf("not held (-want +have):\n%s", diff)
	}
}

// Programs read a report as JSON.
func TestReportAsJSON(t *testing.T) {
	text, err := json.Marshal(judged(t, "{caller: ann, endpoint: tasks, methods: GET, visible: [1]}"))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`"suite":"policy.test.yaml","policy":"policy.yaml"`, `"passed":false`,
		`{"kind":"shown","where":"policy.test.yaml:12:59","row":"2","text":"row 2 is visible, and should be hidden","why":["true     owner == \"ann\"`,
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
}
