package roles

import (
	"errors"
	"fmt"
)

// Payload is what Verify needs of a caller: the names of the caller's roles.
// Rules read the rest from the concrete type.
type Payload interface{ RoleNames() []string }

// Service answers for one policy. It never changes and may be used by any number
// of goroutines at once. The nil Service forbids everything.
type Service[P Payload] struct {
	roles        []string // in order
	union        bool
	nilable      nilability
	limited      bool                           // there are restrictions or denials
	endpoints    map[string]map[string]table[P] // endpoint -> method or AnyMethod -> who may
	all          table[P]                       // for what no endpoint says
	restrictions targets[[]*limit[P]]
	denials      targets[map[string]*limit[P]] // by role
	declared     []Declaration
	routes       routes[P]
}

// table holds, by the name of a role, what it says of one endpoint and method.
type table[P Payload] map[string]*entry[P]

// entry is a grant of a role. A nil rule is an Except.
type entry[P Payload] struct {
	order   int // of the role in the service
	role    string
	where   string
	rule    *evaluator[P]
	check   *evaluator[P] // nil for rule
	columns []string      // nil for all
}

// MustService is [NewService] for the variables of a program. It panics where
// NewService fails.
func MustService[P Payload](parts ...Part) *Service[P] {
	s, err := NewService[P](parts...)
	if err != nil {
		panic(err)
	}
	return s
}

// NewService returns the service of these roles, in this order, for payloads of
// type P. Every error wraps [ErrPolicy] and says where the grant was declared: a
// role or a grant declared twice, an empty name, a missing rule, a rule for
// another payload type, a template with an error or with a claim that P does not
// have, a check of a grant that allows nothing. All of them are reported together.
func NewService[P Payload](parts ...Part) (*Service[P], error) {
	s := &Service[P]{endpoints: map[string]map[string]table[P]{}, all: table[P]{}}
	s.nilable = nilabilityOf[P]()
	es := &evaluators[P]{}
	for _, part := range parts {
		if c, ok := part.(claimsPart); ok {
			es.claims = c.schema
		}
	}
	var problems []error
	declared := map[string]string{}
	for _, part := range parts {
		switch part := part.(type) {
		case combine:
			s.union = true
		case claimsPart:
		case Role:
			if where, twice := declared[part.name]; twice {
				problems = append(problems, fmt.Errorf("role %q is declared twice, at %s and at %s", part.name, where, part.where))
			}
			declared[part.name] = part.where
			problems = append(problems, s.add(part, es)...)
		case Restriction:
			if err := s.restrict(part, es); err != nil {
				problems = append(problems, err)
			}
		default: // nil, a pointer to a Role, a struct around one
			problems = append(problems, fmt.Errorf("a part is a %T, no Role, no Restriction, nor Union() or Claims()", part))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrPolicy, err)
	}
	s.inherit()
	s.prepareRoutes(es)
	s.declare(parts)
	return s, nil
}

func (s *Service[P]) add(r Role, es *evaluators[P]) (problems []error) {
	if r.name == "" {
		return []error{fmt.Errorf("a role has no name, at %s", r.where)}
	}
	order := len(s.roles)
	s.roles = append(s.roles, r.name)
	for _, g := range r.grants {
		if err := s.addGrant(r.name, order, g, es); err != nil {
			problems = append(problems, fmt.Errorf("role %q, grant for %v at %s: %w", r.name, g.target, g.where, err))
		}
	}
	return problems
}

func (s *Service[P]) addGrant(role string, order int, g Grant, es *evaluators[P]) error {
	if g.effect == denies {
		return s.addDenial(role, g, es)
	}
	e := &entry[P]{order: order, role: role, where: g.where, columns: g.columns}
	var err error
	if g.effect == allows {
		if e.rule, err = es.of(g.rule); err != nil {
			return err
		}
	}
	if g.check.isSet() {
		if e.check, err = es.of(g.check); err != nil {
			return fmt.Errorf("its check: %w", err)
		}
	}
	if err := g.target.check(); err != nil {
		return err
	}
	t := s.all
	if !g.all {
		if s.endpoints[g.endpoint] == nil {
			s.endpoints[g.endpoint] = map[string]table[P]{AnyMethod: {}}
		}
		if s.endpoints[g.endpoint][g.method] == nil {
			s.endpoints[g.endpoint][g.method] = table[P]{}
		}
		t = s.endpoints[g.endpoint][g.method]
	}
	if first, twice := t[role]; twice {
		return fmt.Errorf("the first is at %s: a grant is declared once", first.where)
	}
	t[role] = e
	return nil
}

func (s *Service[P]) addDenial(role string, g Grant, es *evaluators[P]) error {
	rule, err := es.of(g.rule)
	if err != nil {
		return err
	}
	if err := g.target.check(); err != nil {
		return err
	}
	s.denials.at(g.target, func(denials map[string]*limit[P]) map[string]*limit[P] {
		if denials == nil {
			denials = map[string]*limit[P]{}
		}
		if first, twice := denials[role]; twice {
			err = fmt.Errorf("the first is at %s: a denial is declared once", first.where)
			return denials
		}
		denials[role] = &limit[P]{g.where, rule}
		return denials
	})
	s.limited = true
	return err
}

// inherit copies what a role says of every method of an endpoint to the methods
// of that endpoint of which it says nothing, so that Verify looks once.
func (s *Service[P]) inherit() {
	for _, methods := range s.endpoints {
		for _, t := range methods {
			for role, e := range methods[AnyMethod] {
				if _, specific := t[role]; !specific {
					t[role] = e
				}
			}
		}
	}
}
