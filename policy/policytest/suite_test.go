package policytest_test

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/rolespec/rolespec/policy/policytest"
)

var update = flag.Bool("update", false, "write the golden files")

func TestTasks(t *testing.T) { policytest.Test(t, "testdata/tasks.test.yaml") }

// mustLoad loads a suite of testdata.
func mustLoad(t *testing.T, name string) *policytest.Suite {
	t.Helper()
	s, err := policytest.Load(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkGolden holds a text against a file of testdata.
func checkGolden(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("%s (-want +have):\n%s", name, diff)
	}
}

func TestReportOfFailures(t *testing.T) {
	r := mustLoad(t, "failing.test.yaml").Run()
	checkGolden(t, "failing.txt", r.String())
	if r.OK() || r.Passed() != 1 || r.Failed() != 6 {
		t.Errorf("OK %v, %d passed, %d failed", r.OK(), r.Passed(), r.Failed())
	}
	var kinds []policytest.Kind
	for _, result := range r.Results {
		for _, f := range result.Failures {
			kinds = append(kinds, f.Kind)
		}
		if result.Passed != (result.Reasons() == "") {
			t.Errorf("%s: passed %v, reasons %q", result.Name, result.Passed, result.Reasons())
		}
	}
	want := []policytest.Kind{
		policytest.Shown, policytest.Hidden, policytest.Hidden, policytest.Shown, // once by visible, once by hidden
		policytest.Refused, policytest.Accepted, policytest.Columns, policytest.Forbidden,
		policytest.Permitted, policytest.Forbidden, policytest.Forbidden,
	}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds (-want +have):\n%s", diff)
	}
}

func TestCoverage(t *testing.T) {
	have := mustLoad(t, "tasks.test.yaml").Run().Coverage
	want := policytest.Coverage{Lines: 9, Untested: []policytest.Line{{
		Where: filepath.FromSlash("testdata/tasks.yaml") + ":55:9", Role: "user", Effect: "allow", Endpoint: "tasks", Method: "POST",
	}}}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("(-want +have):\n%s", diff)
	}
}

// The zero values say that nothing was tested.
func TestNothingIsNotOK(t *testing.T) {
	var s *policytest.Suite
	if r := s.Run(); r.OK() || (policytest.Report{}).OK() {
		t.Error("a report of nothing is OK")
	}
	if s.Name() != "" || s.Policy() != nil || s.Rows("tasks") != nil || len(maps.Collect(s.Callers())) > 0 {
		t.Error("the nil suite has something")
	}
	if (policytest.Result{}).Passed {
		t.Error("the zero result has passed")
	}
}

func TestExposed(t *testing.T) {
	s := mustLoad(t, "tasks.test.yaml")
	var names []string
	for name, claims := range s.Callers() {
		if names = append(names, name); name == "ann" {
			want := map[string]any{"sub": "ann", "account": "a", "roles": []any{"user"}, "teams": []any{int64(7)}}
			if diff := cmp.Diff(want, map[string]any(claims)); diff != "" {
				t.Errorf("claims (-want +have):\n%s", diff)
			}
		}
	}
	if have := strings.Join(names, " "); have != "ann bob cem root both nobody" {
		t.Errorf("the callers are %s", have)
	}
	if r, ok := s.Policy().Resource("tasks/export"); !ok || r.Name != "tasks" {
		t.Errorf("the policy has resource %q", r.Name)
	}
	var keys []string
	for _, row := range s.Rows("users") {
		keys = append(keys, row.Key)
	}
	if have := strings.Join(keys, " "); have != "1 2 3" {
		t.Errorf("users %s", have)
	}
	if last := s.Rows("users")[2]; filepath.ToSlash(last.Where) != "testdata/users.ndjson:4:1" {
		t.Errorf("the row of the fourth line is at %s", last.Where)
	}
	if s.Rows("nothing") != nil || len(s.Rows("tasks")) != 6 {
		t.Error("rows of nothing, or not all rows of tasks")
	}
}
