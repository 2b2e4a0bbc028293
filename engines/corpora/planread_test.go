package corpora_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rolespec/rolespec/spec"
)

// specification writes a plan's condition in our operators.
func (e expression) specification() (spec.Specification, error) {
	if name, ok := e.field(); ok {
		return spec.Eq(name, true), nil
	}
	if e.isClosed() {
		return constant(evaluator{}.truth(e)), nil
	}
	switch e.operator {
	case "and", "or", "not":
		return e.join()
	case "eq":
		return e.equality()
	case "ne":
		s, err := e.equality()
		if leaf, ok := s.Node().(spec.Leaf); ok && leaf.Op == spec.OpEq {
			return spec.NewLeaf(leaf.Field, spec.OpNe, leaf.Value), err
		}
		return spec.Not(s), err
	case "lt", "le", "gt", "ge":
		return e.order()
	case "in":
		return e.membership()
	case "startsWith":
		return e.prefix()
	case "ancestorOf":
		return e.ancestors()
	case "hasIntersection":
		return e.overlap()
	case "all", "exists", "isSubset":
		return spec.None(), inexpressible("related rows")
	case "exists_one":
		return spec.None(), inexpressible("exactly one")
	}
	return spec.None(), fmt.Errorf("no operator %q", e.operator)
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

func (e expression) join() (spec.Specification, error) {
	terms := make([]spec.Specification, len(e.operands))
	for i, operand := range e.operands {
		s, err := operand.specification()
		if err != nil {
			return spec.None(), err
		}
		terms[i] = s
	}
	switch e.operator {
	case "and":
		return spec.And(terms...), nil
	case "or":
		return spec.Or(terms...), nil
	}
	return spec.Not(terms[0]), nil
}

// ordered returns the operands with the field first, and what it is compared
// with. A value that cannot be evaluated is null, with which a comparison is
// unknown.
func (e expression) ordered() (field string, value any, turned, ok bool) {
	for i, operand := range e.operands {
		other := e.operands[1-i]
		if name, isField := operand.field(); isField && other.isClosed() {
			return name, other.fixed(), i == 1, true
		}
	}
	return "", nil, false, false
}

// fixed returns the value of an expression without fields, as it is written if
// it is a constant.
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

func (e expression) equality() (spec.Specification, error) {
	if conditional, ok := e.find("if"); ok {
		return e.either(conditional)
	}
	if field, value, _, ok := e.ordered(); ok {
		if value == nil {
			return spec.IsNull(field), nil
		}
		v, err := spec.ValueOf(value)
		return spec.NewLeaf(field, spec.OpEq, v), err
	}
	if set := e.operands[0]; set.is("intersect") && e.operands[1].text() == "[]" {
		set.operator = "hasIntersection"
		s, err := set.overlap()
		return spec.Not(s), err
	}
	return spec.None(), inexpressible("related rows") // except(list, values) is empty: a subset
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
func (e expression) either(conditional expression) (spec.Specification, error) {
	condition, err := conditional.operands[0].specification()
	if err != nil {
		return spec.None(), err
	}
	when, err := e.replace(conditional, conditional.operands[1]).specification()
	if err != nil {
		return spec.None(), err
	}
	otherwise, err := e.replace(conditional, conditional.operands[2]).specification()
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

func (e expression) order() (spec.Specification, error) {
	field, value, turned, ok := e.ordered()
	if !ok || turned {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	v, err := spec.ValueOf(value)
	return spec.NewLeaf(field, orders[e.operator], v), err
}

// membership: a field in a list, a value in a list field, or in what a function
// makes of one.
func (e expression) membership() (spec.Specification, error) {
	if field, value, turned, ok := e.ordered(); ok {
		v, err := spec.ValueOf(value)
		if turned {
			return spec.NewLeaf(field, spec.OpContains, v), err
		}
		return spec.NewLeaf(field, spec.OpIn, v), err
	}
	wanted, made := e.operands[0], e.operands[1]
	field, ok := made.operands[0].field()
	if !ok || !wanted.isClosed() {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	body, names := made.lambda()
	text := wanted.constant.(string)
	switch {
	case made.is("filter"): // it is in there if it passes and is in the list
		return spec.And(constant(evaluator{}.truth(body.with(names[0], text))), spec.Contains(field, text)), nil
	case body.is("upperAscii"):
		return spec.Overlaps(field, casings(text)...), nil
	}
	return spec.None(), inexpressible("related rows")
}

// casings returns every text of which text is the form in capitals.
func casings(text string) []string {
	forms := []string{""}
	for _, r := range text {
		var longer []string
		for _, form := range forms {
			longer = append(longer, form+string(r))
			if r >= 'A' && r <= 'Z' {
				longer = append(longer, form+string(r-'A'+'a'))
			}
		}
		forms = longer
	}
	return forms
}

// prefix: a field begins with a text or, the other way round, is one of those
// with which a text begins.
func (e expression) prefix() (spec.Specification, error) {
	field, value, turned, ok := e.ordered()
	text, isText := value.(string)
	switch {
	case !ok || !isText:
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	case turned:
		return spec.In(field, prefixes(text)...), nil
	}
	return spec.HasPrefix(field, text), nil
}

// prefixes returns the texts with which a text begins, from "" to the whole.
func prefixes(text string) []string {
	found := []string{}
	for i := range text {
		found = append(found, text[:i])
	}
	return append(found, text)
}

// ancestors: the paths above a path are finitely many.
func (e expression) ancestors() (spec.Specification, error) {
	field, ok := e.operands[0].operands[0].field()
	path, isPath := evaluator{}.value(e.operands[1]).([]string)
	if !ok || !isPath {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	above := []string{}
	for n := 1; n < len(path); n++ {
		above = append(above, strings.Join(path[:n], "."))
	}
	return spec.In(field, above...), nil
}

func (e expression) overlap() (spec.Specification, error) {
	field, value, _, ok := e.ordered()
	if !ok {
		return spec.None(), fmt.Errorf("no form for %s", e.text())
	}
	v, err := spec.ValueOf(value)
	return spec.NewLeaf(field, spec.OpOverlaps, v), err
}
