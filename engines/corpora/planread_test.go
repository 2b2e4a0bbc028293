package corpora_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/rolespec/rolespec/spec"
)

// scope is whose fields an expression is about: those of the resource or, within
// a lambda, of the element that its variables stand for.
type scope struct{ element []string }

// now is when the plans are asked.
var now = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

// specification writes a plan's condition in our operators.
func (s scope) specification(e expression) (spec.Specification, error) {
	if name, ok := s.field(e); ok {
		return spec.Eq(name, true), nil
	}
	if e.isClosed() {
		return constant(evaluator{}.truth(e)), nil
	}
	switch e.operator {
	case "and", "or", "not":
		return s.join(e)
	case "eq":
		return s.equality(e)
	case "ne":
		equal, err := s.equality(e)
		if leaf, ok := equal.Node().(spec.Leaf); ok && leaf.Op == spec.OpEq {
			return spec.NewLeaf(leaf.Field, spec.OpNe, leaf.Value), err
		}
		return spec.Not(equal), err
	case "lt", "le", "gt", "ge":
		return s.order(e)
	case "startsWith":
		return s.prefix(e)
	case "ancestorOf":
		return s.ancestors(e)
	}
	return s.ofList(e)
}

// constant is what a specification without fields comes to; one that cannot be
// evaluated shows nothing, negated or not.
func constant(a answer) spec.Specification {
	switch a {
	case yes:
		return spec.All()
	case no:
		return spec.None()
	}
	return spec.NewLeaf(idField, spec.OpEq, spec.Null)
}

func (s scope) join(e expression) (spec.Specification, error) {
	terms := make([]spec.Specification, len(e.operands))
	for i, operand := range e.operands {
		term, err := s.specification(operand)
		if err != nil {
			return spec.None(), err
		}
		terms[i] = term
	}
	switch e.operator {
	case "and":
		return spec.And(terms...), nil
	case "or":
		return spec.Or(terms...), nil
	}
	return spec.Not(terms[0]), nil
}

// ordered returns the field that one operand is, and what it is compared with.
// Turned says that the field is the second.
func (s scope) ordered(e expression) (field string, value any, turned, ok bool) {
	for i, operand := range e.operands {
		other := e.operands[1-i]
		if name, isField := s.field(operand); isField && other.isClosed() {
			return name, other.fixed(), i == 1, true
		}
	}
	return "", nil, false, false
}

// fixed returns the value of an expression without fields, as it is written if
// it is a constant. One that cannot be evaluated is null, with which a comparison
// is unknown.
func (e expression) fixed() any {
	value := evaluator{}.value(e)
	switch {
	case isFailed(value):
		return spec.Null
	case e.operator == "":
		return e.constant
	}
	return value
}

func (s scope) equality(e expression) (spec.Specification, error) {
	if conditional, ok := e.find("if"); ok {
		return s.either(e, conditional)
	}
	if field, value, _, ok := s.ordered(e); ok {
		if value == nil {
			return spec.IsNull(field), nil
		}
		v, err := spec.ValueOf(value)
		return spec.NewLeaf(field, spec.OpEq, v), err
	}
	field, ok := s.field(e.operands[0])
	other, isField := s.field(e.operands[1])
	if ok && isField {
		return spec.Eq(field, spec.Ref(other)), nil
	}
	return s.emptiness(e)
}

// find returns the first call of the operator.
func (e expression) find(operator string) (expression, bool) {
	if e.is(operator) {
		return e, true
	}
	for _, operand := range e.operands {
		if found, ok := operand.find(operator); ok {
			return found, true
		}
	}
	return expression{}, false
}

// either takes an expression apart by what a condition in it comes to.
func (s scope) either(e, conditional expression) (spec.Specification, error) {
	condition, err := s.specification(conditional.operands[0])
	if err != nil {
		return spec.None(), err
	}
	when, err := s.specification(e.replace(conditional, conditional.operands[1]))
	if err != nil {
		return spec.None(), err
	}
	otherwise, err := s.specification(e.replace(conditional, conditional.operands[2]))
	return spec.Or(spec.And(condition, when), spec.And(spec.Not(condition), otherwise)), err
}

func (e expression) replace(old, with expression) expression {
	if e.text() == old.text() {
		return with
	}
	e.operands = slices.Clone(e.operands)
	for i, operand := range e.operands {
		e.operands[i] = operand.replace(old, with)
	}
	return e
}

var orders = map[string]spec.Op{"lt": spec.OpLt, "le": spec.OpLte, "gt": spec.OpGt, "ge": spec.OpGte}

// order: the time since an instant is less where the instant is later.
func (s scope) order(e expression) (spec.Specification, error) {
	if since := e.operands[0]; since.is("timeSince") && e.is("lt") {
		field, ok := s.field(since.operands[0].operands[0])
		age, isNumber := evaluator{}.value(e.operands[1]).(float64)
		if ok && isNumber {
			return spec.Gt(field, now.Add(-seconds(age))), nil
		}
	}
	field, value, turned, ok := s.ordered(e)
	if !ok || turned {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	v, err := spec.ValueOf(value)
	return spec.NewLeaf(field, orders[e.operator], v), err
}

func seconds(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }
