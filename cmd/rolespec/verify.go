package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// verify asks a policy whether a caller may do something.
type verify struct {
	access access
	caller string
	decide bool
}

func verifyCommand() *command {
	return &command{
		name:    "verify",
		summary: "ask a policy what a caller may do",
		about: `Prints whether the policy lets the caller use a method of an endpoint, which role
and which line of the policy decided, and on which rows: those that are there, and
under "check" those that may be written where the policy tells them apart. A note
tells of an endpoint that no resource has, and of a claim that is not of its type.`,
		answer: "forbidden",
		json: `one object: {"allowed":true,"endpoint":"tasks","method":"GET","roles":["user"],"grants":
["policy.yaml:22:9"],"restrictions":[...],"rows":{...},"rows_text":"...","check":{...},
"check_text":"...","all_columns":true,"columns":[]}, with the specifications as JSON and
as text, and "check_reason" where the rule of the check fails and no row may be written.
Where it is forbidden, there are "allowed", "endpoint", "method" and "reason". Where
the question is hardly meant, "notes" says so: ["no resource has the endpoint ..."].
--decide adds "considered": [{"role":"user","where":"...","outcome":"decided"}].`,
		examples: []example{{
			about: "What may a user read?",
			line:  `rolespec verify --policy policy.yaml --caller @ann.json --endpoint tasks --method GET`,
			output: `allowed: GET tasks
  role          user (policy.yaml:30:9)
  restriction   policy.yaml:19:5
  rows          (owner == "ann" || tags contains "home") && account == 7
  columns       all
`,
		}, {
			about: "Who had what to say?",
			line:  `rolespec verify --policy policy.yaml --caller @ann.json --endpoint tasks --method DELETE --decide`,
			output: `forbidden: DELETE tasks
  reason        no role of the caller permits it
  considered
    admin: not held by the caller (policy.yaml:26:9)
    user: has no grant for it
`,
			exit: 1,
		}},
		setup: func(flags *flag.FlagSet) action {
			c := &verify{}
			c.access.register(flags, "`FILE` of the policy")
			flags.StringVar(&c.caller, "caller", "", "claims of the caller, a `JSON` object; @FILE reads them from a file")
			flags.BoolVar(&c.decide, "decide", false, "print what every role had to say")
			return c.run
		},
		words: []string{},
	}
}

func (c *verify) run(_ context.Context, e *environment) error {
	if len(e.args) > 0 {
		return usagef("verify", "takes no arguments, and %q is one", e.args[0])
	}
	if err := c.access.complete("verify", c.caller); err != nil {
		return err
	}
	d, _, notes, err := c.access.decide(e, c.caller)
	if err != nil {
		return err
	}
	if e.json {
		err = e.printJSON(decisionJSON(d, c.decide, notes))
	} else {
		err = e.print(decisionText(d, c.decide, notes))
	}
	if err == nil && !d.Allowed() {
		err = errNo
	}
	return err
}

// decisionText returns a decision for people.
func decisionText(d roles.Decision, all bool, notes []string) string {
	var b strings.Builder
	if d.Allowed() {
		allowedText(&b, d)
	} else {
		fmt.Fprintf(&b, "forbidden: %s %s\n  reason        %s\n", readable(d.Method), readable(d.Endpoint), reasonOf(forbidden(d)))
	}
	for _, note := range notes {
		fmt.Fprintf(&b, "  note          %s\n", note)
	}
	if all {
		b.WriteString("  considered\n")
		for _, c := range d.Considered {
			fmt.Fprintf(&b, "    %s: %s%s\n", readable(c.Role), c.Outcome, inParentheses(c.Where))
		}
	}
	return b.String()
}

func allowedText(b *strings.Builder, d roles.Decision) {
	fmt.Fprintf(b, "allowed: %s %s\n", readable(d.Method), readable(d.Endpoint))
	for _, c := range d.Considered {
		if c.Outcome == roles.Decided {
			fmt.Fprintf(b, "  role          %s%s\n", readable(c.Role), inParentheses(c.Where))
		}
	}
	for _, where := range d.Restrictions {
		fmt.Fprintf(b, "  restriction   %s\n", where)
	}
	fmt.Fprintf(b, "  rows          %s%s\n", d.Specification, remark(d.Specification))
	switch {
	case d.CheckErr != nil:
		fmt.Fprintf(b, "  check         no row may be written: %s\n", reasonOf(d.CheckErr))
	case !d.Check.Equal(d.Specification):
		fmt.Fprintf(b, "  check         %s%s\n", d.Check, remark(d.Check))
	}
	columns := "all"
	if !d.Columns.All() {
		columns = strings.Join(d.Columns.Names(), ", ")
		if columns == "" {
			columns = "none"
		}
	}
	fmt.Fprintf(b, "  columns       %s\n", columns)
}

// remark says in words what a constant means.
func remark(s spec.Specification) string {
	switch {
	case s.IsAll():
		return " (every row)"
	case s.IsNone():
		return " (no row)"
	}
	return ""
}

func inParentheses(text string) string {
	if text == "" {
		return ""
	}
	return " (" + text + ")"
}

// reasonOf says why something is forbidden.
func reasonOf(err error) string {
	var why *roles.ForbiddenError
	if errors.As(err, &why) {
		return why.Reason
	}
	return plain(err)
}
