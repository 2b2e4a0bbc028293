package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/lint"
	"github.com/rolespec/rolespec/policy/policytest"
)

// check looks for what is wrong with policies, and for what they hardly mean.
type check struct {
	tests  string
	strict bool
	found  []finding
}

func checkCommand() *command {
	return &command{
		name:    "check",
		summary: "find what is wrong with policies, or hardly meant",
		usage:   "POLICY...",
		about: `Reads policies and reports errors, for which a policy is not loaded: what is not
YAML or JSON, a key, endpoint, field, claim or type that does not exist, a rule
that does not fit its fields. Of what loads it reports warnings and notes:

    no-row         no row satisfies a rule, alone or with the restrictions
    every-row      every row satisfies a rule that is not "#"
    unreachable    a grant that is never asked
    shadowed       a grant that a role before it keeps from callers with both
    no-effect      an exception, denial or restriction that changes nothing
    empty-role     a role that permits and denies nothing
    uneven         a restriction over some endpoints of a resource only
    unknown-role   a caller has a role that the policy does not (with --tests)
    unheld-role    note: no caller has the role (with --tests)
    not-permitted  note: an endpoint that no role permits
    unused-claim   note: a claim that no rule names
    undeclared     note: resources or claims are not declared, and not checked

What is said of rules is proven for every row and every claim. What cannot be
proven is not reported.`,
		answer: "there is an error or a warning, with --strict also a note",
		json: `an object a finding, then one that counts: {"file":"policy.yaml","line":3,"column":5,
"where":"policy.yaml:3:5","severity":"error","code":"invalid","text":"..."} and
{"errors":1,"warnings":0,"notes":0}.`,
		examples: []example{{
			about: "A policy with something to see to:",
			line:  `rolespec check untidy.yaml`,
			output: `untidy.yaml:13:9: warning: no row of GET "tasks" satisfies the rule account == $account && account < 1 && account > 1 [no-row]
untidy.yaml:21:9: warning: role "guest", at untidy.yaml:16:9, is asked before role "user" and shows nothing of PUT "tasks" that this grant does not: who has both roles does not get this one [shadowed]
0 errors, 2 warnings, 0 notes
`,
			exit: 1,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &check{}
			flags.StringVar(&c.tests, "tests", "", "a `FILE` of policy tests, whose callers say who has which role")
			flags.BoolVar(&c.strict, "strict", false, "a note makes the answer no as well")
			return c.run
		},
	}
}

func (c *check) run(_ context.Context, e *environment) error {
	if len(e.args) == 0 {
		return usagef("check", "which policies?")
	}
	callers, err := c.callers()
	if err != nil {
		return err
	}
	for _, path := range e.args {
		if err := c.policy(e, path, callers); err != nil {
			return err
		}
	}
	return c.tell(e)
}

// callers are those of the tests.
func (c *check) callers() (callers []policy.Claims, err error) {
	if c.tests == "" {
		return nil, nil
	}
	suite, err := policytest.Load(c.tests)
	if err != nil {
		return nil, err
	}
	for _, claims := range suite.Callers() {
		callers = append(callers, claims)
	}
	return callers, nil
}

func (c *check) policy(e *environment, path string, callers []policy.Claims) error {
	p, err := e.readPolicy(path)
	var faults policy.Errors
	if errors.As(err, &faults) {
		for _, fault := range faults {
			c.found = append(c.found, faultOf(fault))
		}
		return nil
	}
	if err != nil {
		return err
	}
	findings, err := lint.Check(p, callers...)
	for _, f := range findings {
		c.found = append(c.found, findingOf(named(path), f))
	}
	return err
}

// tell prints the findings and how many there are.
func (c *check) tell(e *environment) error {
	count := map[string]int{}
	for _, f := range c.found {
		count[f.Severity]++
		err := error(nil)
		if e.json {
			err = e.printJSON(f)
		} else {
			err = e.print(f.text)
		}
		if err != nil {
			return err
		}
	}
	if err := c.count(e, count); err != nil {
		return err
	}
	if count["error"]+count["warning"] > 0 || c.strict && count["note"] > 0 {
		return errNo
	}
	return nil
}

func (c *check) count(e *environment, count map[string]int) error {
	if e.json {
		return e.printJSON(struct {
			Errors   int `json:"errors"`
			Warnings int `json:"warnings"`
			Notes    int `json:"notes"`
		}{count["error"], count["warning"], count["note"]})
	}
	return e.printf("%s, %s, %s\n", plural(count["error"], "error"), plural(count["warning"], "warning"), plural(count["note"], "note"))
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// finding is what check reports of a policy.
type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Where    string `json:"where"`
	Severity string `json:"severity"` // error, warning or note
	Code     string `json:"code"`
	Text     string `json:"text"`

	text string // for people
}

func faultOf(fault *policy.Error) finding {
	text := fault.Reason
	if fault.Advice != "" {
		text += "; " + fault.Advice
	}
	head := fault.Where() + ": "
	return finding{
		File: fault.File, Line: fault.Line, Column: fault.Column, Where: fault.Where(), Severity: "error", Code: "invalid", Text: text,
		text: head + "error: " + strings.TrimPrefix(fault.Detail(), head),
	}
}

func findingOf(path string, f lint.Finding) finding {
	if f.Where == "" {
		f.Where = path
	}
	return finding{
		File: path, Line: f.Line, Column: f.Column, Where: f.Where, Severity: string(f.Severity), Code: string(f.Code), Text: f.Text,
		text: f.String() + "\n",
	}
}
