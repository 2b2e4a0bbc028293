package policytest

import (
	"fmt"
	"strings"
	"unicode"
)

// String returns the report for people: each case that failed, with why; then what
// the cases do not reach; then the counts.
func (r Report) String() string {
	var b strings.Builder
	for _, result := range r.Results {
		if !result.Passed {
			b.WriteString(result.String())
			b.WriteByte('\n')
		}
	}
	b.WriteString(r.Coverage.String())
	fmt.Fprintf(&b, "%s: %d passed, %d failed\n", printable(r.Suite), r.Passed(), r.Failed())
	return b.String()
}

// String returns the result for people, of several lines where it failed.
func (r Result) String() string {
	var b strings.Builder
	verdict := "FAIL"
	if r.Passed {
		verdict = "ok  "
	}
	fmt.Fprintf(&b, "%s  %s    %s\n", verdict, printable(r.Name), printable(r.Where))
	if r.Passed {
		return b.String()
	}
	b.WriteString(r.Reasons())
	return b.String()
}

// Reasons returns what failed and why, and what decided; "" where all is as wanted.
func (r Result) Reasons() string {
	if r.Passed {
		return ""
	}
	var b strings.Builder
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "    %s    %s\n", printable(f.Text), printable(f.Where))
		for _, line := range f.Why {
			fmt.Fprintf(&b, "        %s\n", printable(line))
		}
	}
	said := func(what string, of ...string) {
		if len(of) > 0 {
			fmt.Fprintf(&b, "    %-16s %s\n", what, printable(strings.Join(of, ", ")))
		}
	}
	said("asked by", fmt.Sprintf("%s: %s %s", r.Caller, r.Method, r.Endpoint))
	if text := deciders(r); text != "" {
		said("decided by", text)
	}
	said("denials", r.Denials...)
	said("restrictions", r.Restrictions...)
	return b.String()
}

// String returns the coverage for people; "" where there is nothing to say.
func (c Coverage) String() string {
	var b strings.Builder
	if len(c.Untested) > 0 {
		fmt.Fprintf(&b, "%d of %d lines of the policy are not tested:\n", len(c.Untested), c.Lines)
		for _, line := range c.Untested {
			fmt.Fprintf(&b, "    %s\n", printable(line.String()))
		}
	}
	if len(c.NotHeld) > 0 {
		fmt.Fprintf(&b, "roles that no caller has: %s\n", printable(strings.Join(c.NotHeld, ", ")))
	}
	if len(c.Unknown) > 0 {
		fmt.Fprintf(&b, "roles of callers that the policy does not have: %s\n", printable(strings.Join(c.Unknown, ", ")))
	}
	return b.String()
}

// String says where the line stands and what it is.
func (l Line) String() string {
	about := "everything"
	if l.Endpoint != "" {
		about = l.Method + " " + l.Endpoint
	}
	if l.Role == "" {
		return fmt.Sprintf("%s: %s %s", l.Where, l.Effect, about)
	}
	return fmt.Sprintf("%s: role %s: %s %s", l.Where, l.Role, l.Effect, about)
}

// printable replaces what moves the cursor or cannot be seen: names are the
// suite's, and the report is read in a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
}
