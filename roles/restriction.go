package roles

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Restriction is a rule that is added with And to whatever any grant returns,
// whoever the caller is: the one place to say "never across accounts". It grants
// nothing. The zero Restriction makes a service fail to build.
type Restriction struct {
	target
	rule  rule
	where string
}

func (Restriction) part() {}

// Restrict restricts a method of an endpoint, or with [AnyMethod] the whole
// endpoint, to the rows that the rule returns. It is for rows that are written
// as well as for those that are there.
func Restrict[R any](endpoint, method string, rule func(payload R) spec.Specification) Restriction {
	return Restriction{on(endpoint, method), functionRule(rule), callerOutside()}
}

// RestrictWhere is [Restrict] with a template.
//
//	roles.RestrictWhere("tasks", roles.AnyMethod, spec.IsNull("deleted_at"))
func RestrictWhere(endpoint, method string, template spec.Specification) Restriction {
	return Restriction{on(endpoint, method), templateRule(template), callerOutside()}
}

// RestrictAll restricts everything: every method of every endpoint.
func RestrictAll[R any](rule func(payload R) spec.Specification) Restriction {
	return Restriction{everything(), functionRule(rule), callerOutside()}
}

// RestrictAllWhere is [RestrictAll] with a template.
//
//	roles.RestrictAllWhere(spec.Eq("account_id", spec.Var("account")))
func RestrictAllWhere(template spec.Specification) Restriction {
	return Restriction{everything(), templateRule(template), callerOutside()}
}

// At returns the restriction with another place of declaration, for code that
// makes restrictions from a file.
func (r Restriction) At(where string) Restriction {
	r.where = where
	return r
}

// limit is a rule that stands over all grants.
type limit[P Payload] struct {
	where string
	rule  *evaluator[P]
}

func (s *Service[P]) restrict(r Restriction, es *evaluators[P]) error {
	err := r.target.check()
	if err == nil {
		var rule *evaluator[P]
		if rule, err = es.of(r.rule); err == nil {
			s.restrictions.at(r.target, func(limits []*limit[P]) []*limit[P] {
				return append(limits, &limit[P]{r.where, rule})
			})
			s.limited = true
			return nil
		}
	}
	return fmt.Errorf("restriction for %v at %s: %w", r.target, r.where, err)
}
