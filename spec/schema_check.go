package spec

import "slices"

// Check reports whether the rows of the schema can be asked what s asks, before
// its variables have values: as [Schema.Resolve] does, but a variable stands for
// any value of the claim of its name. Claims that are nil are not known, and not
// checked; otherwise a variable that they do not have is an error. What can only
// be said of a value (is it a label of the enum, is the text a UUID) is left for
// when there is one.
//
// The error is a [*FieldError], a [*RelationError], or [ErrUnbound] for a claim
// that is not declared.
func (sc *Schema) Check(s Specification, claims *Schema) error {
	_, err := resolve(s, openScope{sc, claims})
	return err
}

// openScope is the scope of a specification whose variables are open.
type openScope struct{ rows, claims *Schema }

func (t openScope) related(relation string) (scope, error) {
	r := t.rows.relation(relation, 0)
	if r == nil {
		return nil, noRelation(relation)
	}
	return openScope{r.rows(), t.claims}, nil
}

func (t openScope) leaf(leaf Leaf) (Leaf, error) {
	if !leaf.Value.hasVariables() {
		return t.rows.leaf(leaf)
	}
	field, ok := t.rows.field(leaf.Field)
	if !ok {
		return leaf, t.rows.unknown(leaf.Field, leaf.Op)
	}
	if leaf.Value.kind == KindVariable {
		return leaf, t.variable(field, leaf, false)
	}
	constants := make([]Value, 0, len(leaf.Value.elements()))
	for _, e := range leaf.Value.elements() {
		if !e.hasVariables() {
			constants = append(constants, e)
			continue
		}
		if err := t.variable(field, Leaf{leaf.Field, leaf.Op, e}, true); err != nil {
			return leaf, err
		}
	}
	if len(constants) > 0 {
		_, err := field.resolve(Leaf{leaf.Field, leaf.Op, listValue(constants)})
		return leaf, err
	}
	return leaf, nil
}

// variable checks a leaf whose value is a variable, or an element of whose list
// is one.
func (t openScope) variable(field Field, leaf Leaf, element bool) error {
	refuse := func(reason string) error { return &FieldError{leaf.Field, leaf.Op, reason, ErrType} }
	if reason := field.takes(leaf.Op); reason != "" {
		return refuse(reason)
	}
	if leaf.Value.kind != KindVariable {
		return refuse("a list of lists cannot hold variables")
	}
	if t.claims == nil {
		return nil
	}
	claim, ok := t.claims.field(leaf.Value.str)
	if !ok {
		return &UnboundError{Name: leaf.Value.str}
	}
	members := leaf.Op == OpIn || leaf.Op == OpOverlaps
	switch {
	case claim.List && !members && !(field.List && isWhole(leaf.Op)):
		return refuse("takes one value, the claim " + claim.Name + " is a list")
	case !claim.List && members && !element:
		return refuse("takes a list, the claim " + claim.Name + " is one value")
	case !claim.List && field.List && isWhole(leaf.Op):
		return refuse("a list cannot be compared with the claim " + claim.Name + ", which is one value")
	case !fits(claim.Kind, field.Kind):
		return refuse("the claim " + claim.Name + " is " + claim.Kind.withArticle() + ", which cannot be compared with " + field.Kind.withArticle())
	}
	return nil
}

// isWhole reports whether an operator takes the field as it is, not a part of it.
func isWhole(op Op) bool { return op.isComparison() }

// fits reports whether values of a kind may be converted to another.
func fits(from, to Kind) bool {
	return from == to || from.isNumber() && to.isNumber() ||
		from == KindString && slices.Contains([]Kind{KindTime, KindDate, KindUUID, KindDecimal}, to)
}
