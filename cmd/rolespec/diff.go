package main

import (
	"context"
	"encoding/json"
	"flag"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/compare"
	"github.com/rolespec/rolespec/policy/policytest"
	"github.com/rolespec/rolespec/spec"
)

// diff says what changes from one policy to another.
type diff struct{ tests string }

func diffCommand() *command {
	return &command{
		name:    "diff",
		summary: "say who gains or loses what from one policy to another",
		usage:   "BEFORE AFTER",
		about: `Compares two policies. For callers with one role, it says for every endpoint and
method whether it becomes permitted or forbidden, and whether the rows become more
(widened) or fewer (narrowed). That is proven for every row and every claim; of
rules of which it cannot be, it says that they changed, and prints both. Rules that
mean the same in other words are no change. The method * stands for all that
neither policy names.

With --tests it looks at the callers and the rows of a file of policy tests as
well, and says which rows each of them gains or loses. That is exact, for these
callers and rows, and sees what the order of roles does.`,
		answer: "something changes",
		json: `an object a change, of one of three kinds: {"kind":"role","role":"user","endpoint":"tasks",
"method":"GET","change":"widened","written":false,"before":{...},"after":{...}} with
specifications as JSON, absent where forbidden; {"kind":"caller","caller":"ann",
"endpoint":"tasks","method":"GET","change":"widened","gained":["2"],"lost":[]}, with
"reason" where it is forbidden; {"kind":"order"} where roles are asked in another order.`,
		examples: []example{{
			about: "What would change?",
			line:  `rolespec diff policy.yaml next.yaml`,
			output: `role user: DELETE "tasks": permitted: owner == $sub && account == $account
role user: GET "tasks": narrowed: (owner == $sub || tags contains "home") && account == $account  =>  owner == $sub && account == $account
`,
			exit: 1,
		}, {
			about: "And for the callers and rows of the tests?",
			line:  `rolespec diff policy.yaml next.yaml --tests policy.test.yaml`,
			output: `role user: DELETE "tasks": permitted: owner == $sub && account == $account
role user: GET "tasks": narrowed: (owner == $sub || tags contains "home") && account == $account  =>  owner == $sub && account == $account
caller ann: DELETE "tasks": permitted, gains [1]
caller ann: GET "tasks": narrowed, loses [2]
`,
			exit: 1,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &diff{}
			flags.StringVar(&c.tests, "tests", "", "a `FILE` of policy tests, whose callers and rows are looked at")
			return c.run
		},
	}
}

func (c *diff) run(_ context.Context, e *environment) error {
	if len(e.args) != 2 {
		return usagef("diff", "takes two policies, the one before and the one after")
	}
	before, err := e.readPolicy(e.args[0])
	if err != nil {
		return err
	}
	after, err := e.readPolicy(e.args[1])
	if err != nil {
		return err
	}
	var changes []change
	for _, look := range []func(before, after *policy.Policy) ([]change, error){orderChanges, roleChanges, c.callerChanges} {
		found, err := look(before, after)
		if err != nil {
			return err
		}
		changes = append(changes, found...)
	}
	return tellChanges(e, changes)
}

// change is a change for people and for programs.
type change struct {
	text string
	json any
}

func tellChanges(e *environment, changes []change) error {
	for _, c := range changes {
		err := error(nil)
		if e.json {
			err = e.printJSON(c.json)
		} else {
			err = e.print(c.text + "\n")
		}
		if err != nil {
			return err
		}
	}
	switch {
	case len(changes) > 0:
		return errNo
	case e.json:
		return nil
	}
	return e.print("nothing changes\n")
}

func orderChanges(before, after *policy.Policy) ([]change, error) {
	changed, err := compare.OrderChanged(before, after)
	if !changed || err != nil {
		return nil, err
	}
	return []change{{
		"roles are asked in another order, or combined in another way: callers who have several may see other rows",
		map[string]string{"kind": "order"},
	}}, nil
}

func roleChanges(before, after *policy.Policy) (changes []change, err error) {
	found, err := compare.Roles(before, after)
	for _, c := range found {
		changes = append(changes, change{"role " + c.String(), struct {
			Kind     string          `json:"kind"`
			Role     string          `json:"role"`
			Endpoint string          `json:"endpoint"`
			Method   string          `json:"method"`
			Change   compare.Change  `json:"change"`
			Written  bool            `json:"written"`
			Before   json.RawMessage `json:"before,omitempty"`
			After    json.RawMessage `json:"after,omitempty"`
		}{"role", c.Role, c.Endpoint, c.Method, c.Change, c.Written, rawUnless(c.Change == compare.Permitted, c.Before), rawUnless(c.Change == compare.Forbidden, c.After)}})
	}
	return changes, err
}

// rawUnless returns a specification as JSON, and nothing where there is none.
func rawUnless(absent bool, s spec.Specification) json.RawMessage {
	if absent {
		return nil
	}
	text, err := s.MarshalJSON()
	if err != nil { // too large for JSON
		return nil
	}
	return text
}

func (c *diff) callerChanges(before, after *policy.Policy) (changes []change, err error) {
	if c.tests == "" {
		return nil, nil
	}
	suite, err := policytest.Load(c.tests)
	if err != nil {
		return nil, err
	}
	data, err := dataOf(suite, before, after)
	if err != nil {
		return nil, err
	}
	found, err := compare.Callers(before, after, data)
	for _, c := range found {
		changes = append(changes, change{"caller " + c.String(), struct {
			Kind     string         `json:"kind"`
			Caller   string         `json:"caller"`
			Endpoint string         `json:"endpoint"`
			Method   string         `json:"method"`
			Change   compare.Change `json:"change"`
			Reason   string         `json:"reason,omitempty"`
			Gained   []string       `json:"gained"`
			Lost     []string       `json:"lost"`
		}{"caller", c.Caller, c.Endpoint, c.Method, c.Change, c.Reason, append([]string{}, c.Gained...), append([]string{}, c.Lost...)}})
	}
	return changes, err
}

// dataOf are the callers and rows of a suite.
func dataOf(suite *policytest.Suite, policies ...*policy.Policy) (compare.Data, error) {
	data := compare.Data{Callers: map[string]policy.Claims{}, Rows: map[string][]map[string]any{}}
	for name, claims := range suite.Callers() {
		data.Callers[name] = claims
	}
	for _, p := range policies {
		names, err := rowsOf(p)
		if err != nil {
			return data, err
		}
		for _, name := range names {
			if _, done := data.Rows[name]; done {
				continue
			}
			for _, r := range suite.Rows(name) {
				data.Rows[name] = append(data.Rows[name], r.Values)
			}
		}
	}
	return data, nil
}

// rowsOf names the rows that a policy is about: its resources, or its endpoints
// where it declares none.
func rowsOf(p *policy.Policy) (names []string, err error) {
	for r := range p.Resources() {
		names = append(names, r.Name)
	}
	if len(names) > 0 {
		return names, nil
	}
	service, err := policy.NewService[policy.Claims](p)
	for d := range service.Declarations() {
		names = append(names, d.Endpoint)
	}
	return names, err
}
