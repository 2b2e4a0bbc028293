package lint

import "fmt"

// Severity says how much a finding matters.
type Severity string

// The severities.
const (
	Warning Severity = "warning"
	Note    Severity = "note"
)

// Finding is one thing that a policy hardly means.
type Finding struct {
	Code     Code
	Severity Severity
	Where    string // file:line:column; empty where it is about the policy as a whole
	Line     int    // of Where; 0 where it is empty
	Column   int
	Text     string
}

// String returns a line as compilers print it.
func (f Finding) String() string {
	text := fmt.Sprintf("%s: %s [%s]", f.Severity, f.Text, f.Code)
	if f.Where == "" {
		return text
	}
	return f.Where + ": " + text
}

// Code names a kind of finding.
type Code string

// The kinds of findings.
const (
	NoRow        Code = "no-row"        // no row satisfies a rule
	EveryRow     Code = "every-row"     // every row satisfies a rule that is not #
	Unreachable  Code = "unreachable"   // a grant that is never asked
	Shadowed     Code = "shadowed"      // by the order of roles, a narrower grant is asked first
	NoEffect     Code = "no-effect"     // an exception, denial or restriction that changes nothing
	EmptyRole    Code = "empty-role"    // a role that permits and denies nothing
	Unheld       Code = "unheld-role"   // no known caller has the role
	UnknownRole  Code = "unknown-role"  // a known caller has a role that the policy does not
	Uneven       Code = "uneven"        // a restriction over some endpoints of a resource only
	NotPermitted Code = "not-permitted" // an endpoint that no role permits
	UnusedClaim  Code = "unused-claim"  // a claim that no rule names
	Undeclared   Code = "undeclared"    // resources or claims are not declared, and not checked
)

// severities are those of the kinds that are no warnings.
var severities = map[Code]Severity{Unheld: Note, NotPermitted: Note, UnusedClaim: Note, Undeclared: Note}

func (c Code) severity() Severity {
	if s, ok := severities[c]; ok {
		return s
	}
	return Warning
}
