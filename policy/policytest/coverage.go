package policytest

import (
	"slices"

	"github.com/rolespec/rolespec/roles"
)

// reach notes which lines of a policy the cases reach.
type reach struct {
	suite *Suite
	lines []bool // of the declarations
}

// note takes what a decision rests on. A grant is reached where it decided, an
// exception where the role held it back, a restriction and a denial where they
// stand over what is permitted, or deny it whole.
func (r *reach) note(result *Result, c *check, d roles.Decision) {
	for _, role := range d.Roles {
		if i := r.speaks(role, c); i >= 0 {
			result.Grants = append(result.Grants, r.mark(i))
		}
	}
	for _, considered := range d.Considered {
		if considered.Outcome == roles.Excepted {
			r.mark(r.speaks(considered.Role, c))
		}
	}
	for i, line := range r.suite.declared {
		if !isAbout(line, c) {
			continue
		}
		switch line.Effect {
		case roles.Denies:
			whole := line.Rule != nil && line.Rule.IsAll()
			if (whole || d.Allowed()) && slices.Contains(c.caller.claims.RoleNames(), line.Role) {
				result.Denials = append(result.Denials, r.mark(i))
			}
		case roles.Restricts:
			if d.Allowed() {
				result.Restrictions = append(result.Restrictions, r.mark(i))
			}
		}
	}
}

func (r *reach) mark(line int) (where string) {
	r.lines[line] = true
	return r.suite.declared[line].Where
}

// speaks returns the grant or the exception of a role that is most specific, -1
// where there is none.
func (r *reach) speaks(role string, c *check) int {
	best := -1
	for i, line := range r.suite.declared {
		grants := line.Effect == roles.Allows || line.Effect == roles.Excepts
		if grants && line.Role == role && isAbout(line, c) && (best < 0 || width(line) < width(r.suite.declared[best])) {
			best = i
		}
	}
	return best
}

// isAbout reports whether a line is about what a check asks for.
func isAbout(line roles.Declaration, c *check) bool {
	return line.Endpoint == "" || line.Endpoint == c.endpoint && (line.Method == roles.AnyMethod || line.Method == c.method)
}

// width orders lines by what they are about: one method, every method, everything.
func width(line roles.Declaration) int {
	switch {
	case line.Endpoint == "":
		return 2
	case line.Method == roles.AnyMethod:
		return 1
	}
	return 0
}

func (r *reach) coverage() Coverage {
	c := Coverage{Lines: len(r.lines)}
	for i, reached := range r.lines {
		if line := r.suite.declared[i]; !reached {
			c.Untested = append(c.Untested, Line{line.Where, line.Role, string(line.Effect), line.Endpoint, line.Method})
		}
	}
	held := r.suite.held()
	known := r.suite.service.Roles()
	for _, role := range known {
		if !slices.Contains(held, role) {
			c.NotHeld = append(c.NotHeld, role)
		}
	}
	for _, role := range held {
		if !slices.Contains(known, role) {
			c.Unknown = append(c.Unknown, role)
		}
	}
	return c
}

// held returns the roles of all callers, each once, in the order of the file.
func (s *Suite) held() (held []string) {
	add := func(c caller) {
		for _, role := range c.claims.RoleNames() {
			if !slices.Contains(held, role) {
				held = append(held, role)
			}
		}
	}
	for _, c := range s.callers {
		add(c)
	}
	for i := range s.checks {
		add(s.checks[i].caller)
	}
	return held
}
