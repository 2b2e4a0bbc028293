package roles

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/rolespec/rolespec/spec"
)

// evaluator is a rule for payloads of type P.
type evaluator[P Payload] struct {
	rows   func(*P) (spec.Specification, error)
	binder *spec.Binder[P] // of a template
}

// evaluators makes evaluators. Rules that are the same template share one, so that
// what is prepared for a template is prepared once for a policy.
type evaluators[P Payload] struct {
	claims    *spec.Schema // that are declared; nil for whatever the payload has
	templates map[string]*evaluator[P]
}

// of turns a rule into an evaluator, or says why it cannot.
func (es *evaluators[P]) of(r rule) (*evaluator[P], error) {
	switch {
	case r.template != nil:
		return es.template(*r.template)
	case r.call == nil:
		return nil, errors.New("it has no rule")
	}
	if f, ok := r.function.(func(P) spec.Specification); ok {
		return &evaluator[P]{rows: func(p *P) (spec.Specification, error) { return f(*p), nil }}, nil
	}
	if want, have := r.payload, reflect.TypeFor[P](); want.Kind() != reflect.Interface || !have.Implements(want) {
		return nil, fmt.Errorf("its rule takes a %v, the payload is a %v", want, have)
	}
	return &evaluator[P]{rows: func(p *P) (spec.Specification, error) {
		s, ok := r.call(*p)
		if !ok {
			return spec.Specification{}, errors.New("the payload is not what the rule takes")
		}
		return s, nil
	}}, nil
}

func (es *evaluators[P]) template(template spec.Specification) (*evaluator[P], error) {
	if err := template.Err(); err != nil {
		return nil, err
	}
	key := template.String() // two with the same text are built the same way
	if e, ok := es.templates[key]; ok {
		return e, nil
	}
	binder, err := binderOf[P](template, es.claims)
	if err != nil {
		return nil, err
	}
	e := &evaluator[P]{rows: binder.Bind, binder: binder}
	if es.templates == nil {
		es.templates = map[string]*evaluator[P]{}
	}
	es.templates[key] = e
	return e, nil
}
