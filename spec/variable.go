package spec

import (
	"slices"
)

// Variable stands for a claim that is not known yet. It is used as a value:
//
//	spec.Eq("account_id", spec.Var("account"))
//
// A specification with variables is a template: it can be printed, compared and
// combined, and matches only after [Specification.Bind] has filled them in.
// The zero Variable has no name and makes a specification invalid.
type Variable struct{ name string }

// Var returns the variable of that name.
func Var(name string) Variable { return Variable{name} }

// Name returns the name of the claim.
func (v Variable) Name() string { return v.name }

func (v Variable) value() Value {
	if v.name == "" || !stringValue(v.name).isUsable() {
		return invalidValue("a variable without a usable name")
	}
	return Value{kind: KindVariable, str: v.name}
}

func (v Value) isUsable() bool { return v.kind != kindInvalid && v.kind != kindOther }

func (v Value) hasVariables() bool {
	return v.kind == KindVariable || slices.ContainsFunc(v.elements(), Value.hasVariables)
}

// IsTemplate reports whether s has variables that are still to be bound.
func (s Specification) IsTemplate() bool {
	if _, bound := s.Template(); bound {
		return false
	}
	return hasVariables(s.Node())
}

// Vars returns the names of the variables of s, sorted, each once.
func (s Specification) Vars() []string {
	var names []string
	for leaf := range s.Leaves() {
		leaf.Value.eachVariable(func(name string) { names = append(names, name) })
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (v Value) eachVariable(yield func(name string)) {
	if v.kind == KindVariable {
		yield(v.str)
	}
	for _, e := range v.elements() {
		e.eachVariable(yield)
	}
}

// Bind returns s with every variable replaced by what lookup returns for its
// name. Inside the list of an In, a variable whose value is a list stands for
// all its elements; one bound to no elements at all adds none.
//
// A name that lookup does not know is an [*UnboundError]. So is a variable
// bound to another variable, to a field, or to a value that is invalid. Bind returns the
// zero Specification with every error.
func (s Specification) Bind(lookup func(name string) (Value, bool)) (Specification, error) {
	if err := s.Err(); err != nil {
		return Specification{}, err
	}
	b := binder{lookup: lookup}
	bound := rooted(b.node(s.Node()))
	if b.err != nil {
		return Specification{}, b.err
	}
	if err := bound.Err(); err != nil {
		return Specification{}, err
	}
	return bound, nil
}

type binder struct {
	lookup func(string) (Value, bool)
	err    error
}

func (b *binder) node(n Node) Node {
	if !hasVariables(n) || b.err != nil {
		return n
	}
	switch n := n.(type) {
	case Leaf:
		return leafOf(n.Field, n.Op, b.value(n.Value))
	case Negation:
		return negation(b.node(n.term))
	case Quantified:
		return quantified(n.op, n.relation, rooted(b.node(n.term))).Node()
	case Junction:
		j := newJoiner(n.op, len(n.terms))
		for _, t := range n.terms {
			j.add(b.node(t))
		}
		return j.joined()
	case Constant, Invalid:
	}
	return n
}

func (b *binder) value(v Value) Value {
	switch v.kind {
	case KindVariable:
		w, ok := b.lookup(v.str)
		if !ok || !w.isUsable() || w.hasVariables() || w.kind == KindField {
			b.err = &UnboundError{Name: v.str}
		}
		return w
	case KindList:
		var elements []Value
		for _, e := range v.elements() {
			if w := b.value(e); e.kind == KindVariable && w.kind == KindList {
				elements = append(elements, w.elements()...)
			} else {
				elements = append(elements, w)
			}
		}
		return listValue(elements)
	}
	return v
}
