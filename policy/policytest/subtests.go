package policytest

import (
	"errors"
	"testing"
)

// Test runs each case of the suite in a file as a subtest, and logs what the cases
// do not reach. A suite that cannot be used fails the test.
//
//	func TestPolicy(t *testing.T) { policytest.Test(t, "policy.test.yaml") }
func Test(t *testing.T, path string) {
	t.Helper()
	s, err := Load(path)
	if err != nil {
		t.Fatal(detail(err))
	}
	s.Test(t)
}

// Test is the function [Test] for a suite that was loaded.
func (s *Suite) Test(t *testing.T) {
	t.Helper()
	report := s.Run()
	if len(report.Results) == 0 {
		t.Fatal("policytest: there is no suite")
	}
	for _, r := range report.Results {
		t.Run(r.Name, func(t *testing.T) {
			if !r.Passed {
				t.Errorf("%s\n%s", r.Where, r.Reasons())
			}
		})
	}
	if missed := report.Coverage.String(); missed != "" {
		t.Log(missed)
	}
}

// detail returns an error for people.
func detail(err error) string {
	var detailed interface{ Detail() string }
	if errors.As(err, &detailed) {
		return "\n" + detailed.Detail()
	}
	return err.Error()
}
