package roles

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/rolespec/rolespec/spec"
)

// Payload is what Verify needs of a caller: the names of the caller's roles.
// Rules read the rest from the concrete type.
type Payload interface{ RoleNames() []string }

// Service answers for one policy. It never changes and may be used by any number
// of goroutines at once. The nil Service forbids everything.
type Service[P Payload] struct {
	roles        []string // in order
	union        bool
	nilable      bool                           // P can be nil
	limited      bool                           // there are restrictions or denials
	endpoints    map[string]map[string]table[P] // endpoint -> method or AnyMethod -> who may
	all          table[P]                       // for what no endpoint says
	restrictions targets[[]*limit[P]]
	denials      targets[map[string]*limit[P]] // by role
	declared     []Declaration
	claims       *spec.Schema // nil: whatever the payload has
}

// table holds, by the name of a role, what it says of one endpoint and method.
type table[P Payload] map[string]*entry[P]

// entry is a grant of a role. A nil evaluate is an Except.
type entry[P Payload] struct {
	order    int // of the role in the service
	role     string
	where    string
	evaluate func(*P) (spec.Specification, error)
	check    func(*P) (spec.Specification, error) // nil for evaluate
	columns  []string                             // nil for all
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
	switch reflect.TypeFor[P]().Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface, reflect.Func, reflect.Chan:
		s.nilable = true
	}
	for _, part := range parts {
		if c, ok := part.(claimsPart); ok {
			s.claims = c.schema
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
			problems = append(problems, s.add(part)...)
		case Restriction:
			if err := s.restrict(part); err != nil {
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
	s.declare(parts)
	return s, nil
}

func (s *Service[P]) add(r Role) (problems []error) {
	if r.name == "" {
		return []error{fmt.Errorf("a role has no name, at %s", r.where)}
	}
	order := len(s.roles)
	s.roles = append(s.roles, r.name)
	for _, g := range r.grants {
		if err := s.addGrant(r.name, order, g); err != nil {
			problems = append(problems, fmt.Errorf("role %q, grant for %v at %s: %w", r.name, g.target, g.where, err))
		}
	}
	return problems
}

func (s *Service[P]) addGrant(role string, order int, g Grant) error {
	if g.effect == denies {
		return s.addDenial(role, g)
	}
	e := &entry[P]{order: order, role: role, where: g.where, columns: g.columns}
	var err error
	if g.effect == allows {
		if e.evaluate, err = s.evaluator(g.rule); err != nil {
			return err
		}
	}
	if g.check.isSet() {
		if e.check, err = s.evaluator(g.check); err != nil {
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

func (s *Service[P]) addDenial(role string, g Grant) error {
	evaluate, err := s.evaluator(g.rule)
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
		denials[role] = &limit[P]{g.where, evaluate}
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

// evaluator turns a rule into a function of the payload, or says why it cannot.
func (s *Service[P]) evaluator(r rule) (func(*P) (spec.Specification, error), error) {
	switch {
	case r.template != nil:
		template := *r.template
		c, err := claimsOf[P](template, s.claims)
		if err != nil {
			return nil, err
		}
		return func(p *P) (spec.Specification, error) { return c.bind(template, p) }, nil
	case r.call == nil:
		return nil, errors.New("it has no rule")
	}
	if f, ok := r.function.(func(P) spec.Specification); ok {
		return func(p *P) (spec.Specification, error) { return f(*p), nil }, nil
	}
	if want, have := r.payload, reflect.TypeFor[P](); want.Kind() != reflect.Interface || !have.Implements(want) {
		return nil, fmt.Errorf("its rule takes a %v, the payload is a %v", want, have)
	}
	return func(p *P) (spec.Specification, error) {
		s, ok := r.call(*p)
		if !ok {
			return spec.Specification{}, errors.New("the payload is not what the rule takes")
		}
		return s, nil
	}, nil
}
