package compare

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Change is what becomes of an answer.
type Change string

// The changes.
const (
	Permitted Change = "permitted" // it was forbidden
	Forbidden Change = "forbidden" // it was permitted
	Widened   Change = "widened"   // all rows that were visible still are, and others may be
	Narrowed  Change = "narrowed"  // no row becomes visible, and some may be hidden
	Changed   Change = "changed"   // nothing of the above is proven
)

// RoleChange is a change for callers who have one role.
type RoleChange struct {
	Role     string
	Endpoint string
	Method   string // AnyMethod for every method that neither policy names
	Change   Change
	Written  bool               // it is about rows as they are written, see roles.Check
	Before   spec.Specification // the rows, restrictions included; None where forbidden
	After    spec.Specification
}

// String returns a line.
func (c RoleChange) String() string {
	line := fmt.Sprintf("%s: %s %q: %s", c.Role, c.Method, c.Endpoint, c.Change)
	if c.Written {
		line += " for rows as they are written"
	}
	switch c.Change {
	case Permitted:
		return fmt.Sprintf("%s: %s", line, c.After)
	case Forbidden:
		return fmt.Sprintf("%s: %s", line, c.Before)
	}
	return fmt.Sprintf("%s: %s  =>  %s", line, c.Before, c.After)
}

// CallerChange is a change for a caller and the rows that are given.
type CallerChange struct {
	Caller   string
	Endpoint string
	Method   string
	Change   Change
	Reason   string   // why it is forbidden, where it is
	Gained   []string // the keys of the rows that become visible
	Lost     []string // the keys of those that become hidden
}

// String returns a line.
func (c CallerChange) String() string {
	line := fmt.Sprintf("%s: %s %q: %s", c.Caller, c.Method, c.Endpoint, c.Change)
	if len(c.Gained) > 0 {
		line += fmt.Sprintf(", gains %v", c.Gained)
	}
	if len(c.Lost) > 0 {
		line += fmt.Sprintf(", loses %v", c.Lost)
	}
	if c.Reason != "" {
		line += " (" + c.Reason + ")"
	}
	return line
}
