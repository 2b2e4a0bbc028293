package corpora_test

import (
	"encoding/json"
	"maps"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// shape is what a plan says of an attribute by what it does with it.
type shape struct {
	kind      spec.Kind
	list      bool
	each      bool              // something is asked of each element
	constants []any             // that it, or its elements, are compared with
	fields    map[string]*shape // of its elements, where they are objects
}

// shapes are the attributes of a plan by their names, and the variables of the
// lambdas around an expression by theirs.
type shapes map[string]*shape

func (s shapes) of(variable string) *shape {
	name := variable
	if attribute, ok := (expression{variable: variable}).attribute(); ok {
		name = "." + attribute // apart from the variables of lambdas
	} else if local, path, nested := strings.Cut(variable, "."); nested {
		element := s[local]
		if element.fields == nil {
			element.fields = map[string]*shape{}
		}
		if element.fields[path] == nil {
			element.fields[path] = &shape{}
		}
		return element.fields[path]
	}
	if s[name] == nil {
		s[name] = &shape{}
	}
	return s[name]
}

// visit learns from an expression.
func (s shapes) visit(e expression) {
	switch e.operator {
	case "and", "or", "not", "if":
		for i, operand := range e.operands {
			if operand.variable != "" && (i == 0 || !e.is("if")) {
				s.of(operand.variable).kind = spec.KindBool
			}
			s.visit(operand)
		}
		return
	case "all", "exists", "exists_one", "map", "filter":
		s.visitLambda(e, nil)
		return
	case "get-field":
		return
	case "hasIntersection", "isSubset", "intersect", "except":
		s.listed(e.operands[0])
		s.listed(e.operands[1])
		if e.is("isSubset") || e.is("except") {
			s.of(e.operands[0].variable).each = true
		}
	case "lt":
		s.visitAge(e)
	case "in":
		s.listed(e.operands[1])
		if made := e.operands[1]; made.is("map") || made.is("filter") {
			s.visitLambda(made, e.operands[0].constant)
			return
		}
	}
	for i, operand := range e.operands {
		for j, other := range e.operands {
			if i != j {
				s.compared(operand, other, e.is("eq") || e.is("ne"))
			}
		}
		s.visit(operand)
	}
}

// visitLambda learns from the body what the elements are. A constant is what the
// result of the body is compared with.
func (s shapes) visitLambda(e expression, constant any) {
	s.listed(e.operands[0])
	body, names := e.lambda()
	element, quantified := &shape{constants: listOf(e.operands[0].constant)}, e.is("all") || e.is("exists")
	if e.operands[0].variable != "" {
		element = s.of(e.operands[0].variable)
		element.each = element.each || quantified && body.mentions(names[0]) && !body.is("in")
	}
	inner := maps.Clone(s)
	inner[names[0]] = element
	if len(names) == 2 { // a map: its keys and values are often the same here
		element.each, element.fields = false, map[string]*shape{}
		for _, name := range names {
			inner[name] = &shape{kind: spec.KindString, constants: []any{"same"}}
			element.fields[name] = inner[name]
		}
	}
	inner.visit(body)
	for _, o := range append(body.operands, body) {
		if o.variable != "" && constant != nil {
			inner.of(o.variable).compare(constant)
		}
	}
}

// visitAge learns that a variable is an instant, and which one is asked about.
func (s shapes) visitAge(e expression) {
	age, isNumber := evaluator{}.value(e.operands[1]).(float64)
	if since := e.operands[0]; since.is("timeSince") && isNumber {
		instant := s.of(since.operands[0].operands[0].variable)
		instant.kind = spec.KindTime
		instant.constants = append(instant.constants, now.Add(-seconds(age)))
	}
}

func (s shapes) listed(e expression) {
	if e.variable != "" {
		s.of(e.variable).list = true
	}
}

// compared learns that a variable stands beside a constant, or beside a variable
// that goes through constants. Whole says that it is compared as a whole.
func (s shapes) compared(e, other expression, whole bool) {
	for _, side := range []*expression{&e, &other} {
		if side.is("hierarchy") {
			*side = side.operands[0]
		}
	}
	if e.variable == "" {
		return
	}
	s.of(e.variable)
	switch {
	case other.variable != "" && s[other.variable] != nil:
		for _, constant := range s[other.variable].constants {
			s.of(e.variable).compare(constant)
		}
	case other.operator == "":
		s.of(e.variable).list = s.of(e.variable).list || isList(other.constant) && whole
		s.of(e.variable).compare(other.constant)
	}
}

// compare notes a constant, or each of a list of them.
func (s *shape) compare(constant any) {
	if list, isList := constant.([]any); isList {
		for _, element := range list {
			s.compare(element)
		}
		return
	}
	switch x := constant.(type) {
	case nil:
		return
	case bool:
		s.kind = spec.KindBool
	case json.Number:
		kind, _ := kindOf(x)
		s.kind = max(s.kind, kind)
	case string:
		s.kind = spec.KindString
	}
	s.constants = append(s.constants, constant)
}

func listOf(v any) []any {
	list, _ := v.([]any)
	return list
}
