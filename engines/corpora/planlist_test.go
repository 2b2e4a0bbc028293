package corpora_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// field returns the field that an expression is: an attribute of the resource, a
// field of the element, or the element itself.
func (s scope) field(e expression) (name string, ok bool) {
	if s.element == nil {
		return e.attribute()
	}
	variable, path, nested := strings.Cut(e.variable, ".")
	switch {
	case e.variable == "" || !slices.Contains(s.element, variable):
		return "", false
	case nested:
		return path, true
	case len(s.element) == 2: // a key or a value of a map
		return variable, true
	}
	return elementField, true
}

// ofList writes what is asked of lists.
func (s scope) ofList(e expression) (spec.Specification, error) {
	switch e.operator {
	case "in":
		return s.membership(e)
	case "hasIntersection":
		field, value, _, ok := s.ordered(e)
		if !ok {
			break
		}
		v, err := spec.ValueOf(value)
		return spec.NewLeaf(field, spec.OpOverlaps, v), err
	case "isSubset":
		field, ok := s.field(e.operands[0])
		if !ok {
			break
		}
		v, err := spec.ValueOf(e.operands[1].fixed())
		return spec.Every(field+"_each", spec.NewLeaf(elementField, spec.OpIn, v)), err
	case "all", "exists":
		return s.quantifier(e)
	case "exists_one":
		return spec.None(), inexpressible("exactly one")
	}
	return spec.None(), fmt.Errorf("no form for %s", e.text())
}

// emptiness: two lists have nothing in common, or the one nothing but what the
// other has.
func (s scope) emptiness(e expression) (spec.Specification, error) {
	set := e.operands[0]
	switch {
	case e.operands[1].text() != "[]":
	case set.is("intersect"):
		set.operator = "hasIntersection"
		overlap, err := s.ofList(set)
		return spec.Not(overlap), err
	case set.is("except"):
		set.operator = "isSubset"
		return s.ofList(set)
	}
	return spec.None(), fmt.Errorf("no form for %s", e.text())
}

// membership: a field in a list, a value in a list field, or in what a function
// makes of one.
func (s scope) membership(e expression) (spec.Specification, error) {
	if field, value, turned, ok := s.ordered(e); ok {
		v, err := spec.ValueOf(value)
		if turned {
			return spec.NewLeaf(field, spec.OpContains, v), err
		}
		return spec.NewLeaf(field, spec.OpIn, v), err
	}
	wanted, made := e.operands[0], e.operands[1]
	field, ok := s.field(made.operands[0])
	text, isText := wanted.constant.(string)
	if !ok || !isText {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	body, names := made.lambda()
	switch {
	case made.is("filter"): // it is in there if it passes and is in the list
		return spec.And(constant(evaluator{}.truth(body.with(names[0], text))), spec.Contains(field, text)), nil
	case body.is("upperAscii"):
		return spec.Overlaps(field, casings(text)...), nil
	}
	inner, ok := scope{names}.field(body)
	if !ok {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	return spec.Any(field, spec.Eq(inner, text)), nil
}

// quantifier: what is said of some or all of constants is said of each; what is
// said of some or all elements of a list is asked of related rows.
func (s scope) quantifier(e expression) (spec.Specification, error) {
	body, names := e.lambda()
	if list := e.operands[0]; list.isClosed() {
		joined := expression{operator: map[string]string{"all": "and", "exists": "or"}[e.operator]}
		for _, constant := range listOf(list.constant) {
			joined.operands = append(joined.operands, body.with(names[0], constant))
		}
		return s.join(joined)
	}
	field, ok := s.field(e.operands[0])
	if !ok {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	if e.is("exists") && body.is("in") && body.operands[0].variable == names[0] {
		v, err := spec.ValueOf(body.operands[1].fixed())
		return spec.NewLeaf(field, spec.OpOverlaps, v), err
	}
	if len(names) == 1 && body.mentions(names[0]) {
		field += "_each"
	}
	inner, err := scope{names}.specification(body)
	if e.is("all") {
		return spec.Every(field, inner), err
	}
	return spec.Any(field, inner), err
}

// mentions reports whether the expression has the variable itself, not a field
// of it.
func (e expression) mentions(variable string) bool {
	return e.variable == variable || slices.ContainsFunc(e.operands, func(o expression) bool { return o.mentions(variable) })
}
