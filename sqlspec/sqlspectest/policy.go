package sqlspectest

import (
	"fmt"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// Policy gives the specifications that are to be proven, each with the name of
// the caller that it is for: see [Callers], [RandomCallers], [Rule] and
// [Policies].
type Policy interface {
	callers(s *Sample) ([]caller, error)
}

type caller struct {
	name string
	spec spec.Specification
}

type policyFunc func(s *Sample) ([]caller, error)

func (f policyFunc) callers(s *Sample) ([]caller, error) { return f(s) }

// Callers is what a service shows to these callers. One that is denied is an
// error: there is nothing to prove then.
func Callers[P roles.Payload](service *roles.Service[P], endpoint, method string, payloads ...P) Policy {
	return policyFunc(func(*Sample) ([]caller, error) {
		return verified(service, endpoint, method, payloads)
	})
}

// RandomCallers is what a service shows to n callers that are made up, with claims
// that rows have: see [Pick].
//
//	sqlspectest.RandomCallers(policy, "tasks", "GET", 10, func(s *sqlspectest.Sample) Claims {
//		return Claims{Roles: []string{"user"}, Account: sqlspectest.Pick[string](s, "account")}
//	})
func RandomCallers[P roles.Payload](service *roles.Service[P], endpoint, method string, n int, payload func(s *Sample) P) Policy {
	return policyFunc(func(s *Sample) (_ []caller, err error) {
		defer s.caught(&err)
		payloads := make([]P, n)
		for i := range payloads {
			payloads[i] = payload(s)
		}
		return verified(service, endpoint, method, payloads)
	})
}

func verified[P roles.Payload](service *roles.Service[P], endpoint, method string, payloads []P) (callers []caller, err error) {
	for i, p := range payloads {
		name := fmt.Sprintf("%s %s for caller %d %+v", method, endpoint, i+1, p)
		s, err := service.Verify(p, endpoint, method)
		if err != nil {
			return nil, fmt.Errorf("sqlspectest: %s: there is nothing to prove: %w", name, err)
		}
		callers = append(callers, caller{name, s})
	}
	return callers, nil
}

// bindings is how often a template is bound.
const bindings = 5

// Rule is a specification of its own. Variables in it are bound several times, to
// values that rows have in the fields that they are compared with.
func Rule(name string, s spec.Specification) Policy {
	return policyFunc(func(sample *Sample) (callers []caller, err error) {
		defer sample.caught(&err)
		if !s.IsTemplate() {
			return []caller{{name, s}}, s.Err()
		}
		for range bindings {
			claims := map[string]spec.Value{}
			for l := range s.Leaves() {
				sample.bind(l, claims)
			}
			bound, err := s.Bind(func(name string) (spec.Value, bool) { v, ok := claims[name]; return v, ok })
			if err != nil {
				return nil, fmt.Errorf("sqlspectest: rule %q: %w", name, err)
			}
			callers = append(callers, caller{fmt.Sprintf("%s with %v", name, claims), bound})
		}
		return callers, nil
	})
}

// Policies is all of these together.
func Policies(policies ...Policy) Policy {
	return policyFunc(func(s *Sample) (all []caller, err error) {
		for _, p := range policies {
			callers, err := p.callers(s)
			if err != nil {
				return nil, err
			}
			all = append(all, callers...)
		}
		return all, nil
	})
}
