package main

import (
	"github.com/rolespec/rolespec/policy/policytest"
)

// suite runs the tests of a policy.
func (c *test) suite(e *environment, path string) (tally, error) {
	s, err := policytest.Load(path)
	if err != nil {
		return tally{}, err
	}
	report := s.Run()
	t := tally{yes: report.Passed(), no: report.Failed()}
	if !e.json {
		return t, e.print(report.String())
	}
	for _, r := range report.Results {
		if r.Passed {
			continue
		}
		if err := e.printJSON(r); err != nil {
			return t, err
		}
	}
	return t, e.printJSON(struct {
		Suite    string              `json:"suite"`
		Policy   string              `json:"policy"`
		Version  string              `json:"version"`
		Coverage policytest.Coverage `json:"coverage"`
	}{report.Suite, report.Policy, report.Version, report.Coverage})
}
