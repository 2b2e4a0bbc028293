package roles

import (
	"iter"

	"github.com/rolespec/rolespec/spec"
)

// Declaration is one line of a policy as it was declared, for code that lists,
// compares or translates policies.
type Declaration struct {
	Role     string // empty for a restriction
	Effect   Effect
	Endpoint string              // empty for everything
	Method   string              // in upper case, or AnyMethod; empty for everything
	Rule     *spec.Specification // the template; nil for a function and for Excepts
	Check    *spec.Specification // the template of the check; nil for none and for a function
	Checked  bool                // there is a check
	Columns  FieldSet
	Where    string // file and line
}

// Effect is what a [Declaration] does.
type Effect string

// The effects.
const (
	Allows    Effect = "allow"
	Excepts   Effect = "except"
	Denies    Effect = "deny"
	Restricts Effect = "restrict"
)

// Roles returns the names of the roles, in the order in which they are asked.
func (s *Service[P]) Roles() []string {
	if s == nil {
		return nil
	}
	return append([]string{}, s.roles...)
}

// IsUnion reports whether the service shows what any permitting role shows.
func (s *Service[P]) IsUnion() bool { return s != nil && s.union }

// Declarations yields what the service was made of, role by role, in the order of
// declaration, and then the restrictions.
func (s *Service[P]) Declarations() iter.Seq[Declaration] {
	return func(yield func(Declaration) bool) {
		if s == nil {
			return
		}
		for _, d := range s.declared {
			if !yield(d) {
				return
			}
		}
	}
}

// declare notes the parts once the service is sound.
func (s *Service[P]) declare(parts []Part) {
	for _, part := range parts {
		if role, ok := part.(Role); ok {
			for _, g := range role.grants {
				s.declared = append(s.declared, g.declaration(role.name))
			}
		}
	}
	for _, part := range parts {
		if r, ok := part.(Restriction); ok {
			s.declared = append(s.declared, Declaration{
				Effect: Restricts, Endpoint: r.endpoint, Method: r.method, Rule: r.rule.template, Columns: AllFields(), Where: r.where,
			})
		}
	}
}

func (g Grant) declaration(role string) Declaration {
	d := Declaration{
		Role: role, Effect: [...]Effect{Allows, Excepts, Denies}[g.effect], Endpoint: g.endpoint, Method: g.method,
		Rule: g.rule.template, Check: g.check.template, Checked: g.check.isSet(), Columns: AllFields(), Where: g.where,
	}
	if g.columns != nil {
		d.Columns = Fields(g.columns...)
	}
	return d
}
