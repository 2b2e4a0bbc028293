package policytest_test

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/rolespec/rolespec/policy/policytest"
)

// inside names the suite that a test run by another one tests.
const inside = "POLICYTEST_SUITE"

// A suite that fails fails the test, by the name of the case; so does one that
// cannot be used.
func TestTestFails(t *testing.T) {
	if suite := os.Getenv(inside); suite != "" {
		policytest.Test(t, suite)
		return
	}
	for suite, want := range map[string][]string{
		"testdata/failing.test.yaml": {
			"--- FAIL: TestTestFails/shown_and_hidden", "row 1 is visible, and should be hidden", "(it is \"ann\")",
			"--- FAIL: TestTestFails/root_GET_tasks", "--- PASS: TestTestFails/passes", "3 of 9 lines of the policy are not tested",
		},
		"testdata/tasks.test.yaml":   {"--- PASS: TestTestFails/root_GET_users", "1 of 9 lines"},
		"testdata/users.ndjson":      {"--- FAIL: TestTestFails", `users.ndjson:2:1: not JSON`},
		"testdata/nothing.test.yaml": {"--- FAIL: TestTestFails", "policytest: suite cannot be used"},
	} {
		command := exec.Command(os.Args[0], "-test.run=^TestTestFails$", "-test.v")
		command.Env = append(os.Environ(), inside+"="+suite)
		output, err := command.CombinedOutput()
		if passes := suite == "testdata/tasks.test.yaml"; (err == nil) != passes {
			t.Errorf("%s: passes %v, want %v", suite, err == nil, passes)
		}
		for _, text := range want {
			if !strings.Contains(string(output), text) {
				t.Errorf("%s: no %q in\n%s", suite, text, output)
			}
		}
	}
}

func TestSuiteIsShared(t *testing.T) {
	s := mustLoad(t, "failing.test.yaml")
	want := s.Run().String()
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			if have := s.Run().String(); have != want {
				t.Errorf("another report: %s", have)
			}
		}()
	}
	all.Wait()
}
