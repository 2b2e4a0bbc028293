package policytest_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rolespec/rolespec/policy/policytest"
)

// plantedBugs are changes of the policy that its suite has to notice.
var plantedBugs = []struct {
	name     string
	old, new string
	caught   string // part of the name of a case that fails
	kind     policytest.Kind
}{
	{"tenants mix", `rule: account == $account`, `rule: "#"`, "a team of another account", policytest.Shown},
	{"tenants mix for some", `rule: account == $account`, `rule: account == $account || account == "b"`, "accounts do not mix", policytest.Shown},
	{"deleted tasks show", `rule: deleted_at is None`, `rule: "#"`, "accounts do not mix", policytest.Shown},
	{"deleted tasks only", `rule: deleted_at is None`, `rule: deleted_at is not None`, "root GET tasks", policytest.Hidden},
	{"deleted tasks can be read", "    methods: \"*\"\n    rule: deleted_at", "    methods: [POST, PUT]\n    rule: deleted_at", "accounts do not mix", policytest.Shown},
	{"everybody's tasks", `          created_by == $sub
`, `          #
`, "what is one's own", policytest.Shown},
	{"not one's own", `          created_by == $sub
          || team in $teams`, `          team in $teams`, "what is one's own", policytest.Hidden},
	{"other teams", `team in $teams`, `!(team in $teams)`, "what is one's own", policytest.Hidden},
	{"all comments", `any comments (author == $sub)`, `every comments (author == $sub)`, "what is one's own", ""},
	{"no comments", `
          || any comments (author == $sub)`, ``, "what is one's own", policytest.Hidden},
	{"both instead of either", `          created_by == $sub
          || team in $teams`, `          (created_by == $sub && team in $teams)`, "what is one's own", policytest.Hidden},
	{"an admin deletes users", "    except:\n      - endpoint: users\n        methods: DELETE\n", "", "nobody deletes users", policytest.Permitted},
	{"an admin without comments", "    except:\n      - endpoint: users\n        methods: DELETE\n", "    except:\n      - endpoint: users\n        methods: DELETE\n      - endpoint: comments\n        methods: GET\n", "root GET comments", policytest.Forbidden},
	{"check left out", "        check: created_by == $sub && status == \"open\"\n", "", "users change their own", policytest.Accepted},
	{"check without the owner", `check: created_by == $sub && status == "open"`, `check: status == "open"`, "users change their own", policytest.Accepted},
	{"check of another status", `status == "open"`, `status == "done"`, "users change their own", policytest.Refused},
	{"check for open and unknown", `status == "open"`, `(status == "open" || status is None)`, "users change their own", policytest.Accepted},
	{"a column more", `columns: [title, status, tags]`, `columns: [title, status, tags, created_by]`, "users change their own", policytest.Columns},
	{"a column less", `columns: [title, status, tags]`, `columns: [title, tags]`, "users change their own", policytest.Columns},
	{"all columns", "        columns: [title, status, tags]\n", "", "users change their own", policytest.Columns},
	{"columns where there were none", `        methods: GET
        rule: |`, `        methods: GET
        columns: [id]
        rule: |`, "bob GET", policytest.Columns},
	{"tasks of others are changed", `rule: created_by == $sub
        check`, `rule: "#"
        check`, "users change their own", policytest.Shown},
	{"no export", `[tasks, tasks/export]
        methods: GET`, `[tasks]
        methods: GET`, "bob GET tasks/export", policytest.Forbidden},
	{"done tasks are deleted", `rule: {op: eq, field: status, value: done}`, `rule: {op: eq, field: status, value: open}`, "both DELETE tasks", policytest.Shown},
	{"no task is deleted", "        methods: DELETE\n        rule: {op: eq, field: status, value: done}", "        methods: DELETE", "both DELETE tasks", policytest.Forbidden},
	{"all roles together", "rolespec: 1\n", "rolespec: 1\ncombine: union\n", "the first role decides", policytest.Columns},
	{"a method more", `methods: [POST, PUT]`, `methods: "*"`, "ann PATCH tasks", policytest.Permitted},
}

func TestPlantedBugs(t *testing.T) {
	policy, suite := read(t, "tasks.yaml"), read(t, "tasks.test.yaml")
	for _, bug := range plantedBugs {
		t.Run(bug.name, func(t *testing.T) {
			text := strings.Replace(policy, bug.old, bug.new, 1)
			if text == policy {
				t.Fatal("the bug is not planted")
			}
			s, err := policytest.LoadFS(fstest.MapFS{
				"tasks.yaml": {Data: []byte(text)}, "tasks.test.yaml": {Data: []byte(suite)}, "users.ndjson": {Data: []byte(read(t, "users.ndjson"))},
			}, "tasks.test.yaml")
			if err != nil {
				t.Fatal(err)
			}
			r := s.Run()
			if r.OK() {
				t.Fatal("nobody noticed")
			}
			if !fails(r, bug.caught, bug.kind) {
				t.Errorf("want a case named %q to fail with %q, have\n%s", bug.caught, bug.kind, r)
			}
		})
	}
}

func fails(r policytest.Report, name string, kind policytest.Kind) bool {
	for _, result := range r.Results {
		for _, f := range result.Failures {
			if strings.Contains(result.Name, name) && (kind == "" || f.Kind == kind) {
				return true
			}
		}
	}
	return false
}

func read(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
