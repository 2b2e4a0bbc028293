package spec

import "errors"

// wants returns the keys that the operator needs beside op, not ok where there is
// no such operator.
func (p *jsonPart) wants() (keys keySet, ok bool) {
	switch p.op {
	case "empty", "none":
		return 0, true
	case "and", "&", "or", "|":
		return setOf(keySpecs), true
	case "not", "!":
		return setOf(keySpec), true
	case "any", "every":
		return setOf(keyRelation, keySpec), true
	}
	_, ok = leafOps[p.op]
	return setOf(keyField, keyValue), ok
}

// check says what is wrong with the keys that are there.
func (p *jsonPart) check() error {
	if !p.has.has(keyOp) {
		return failAt(p.begin, "there is no op")
	}
	wants, ok := p.wants()
	if !ok {
		return withinKey(keyOp, failAt(p.at[keyOp], "no operator is called "+quoted(p.op)))
	}
	has := p.has &^ setOf(keyOp)
	if leafOps[p.op] == OpIsNull {
		has |= setOf(keyValue) // null, or not there
	}
	if missing := wants &^ has; missing != 0 {
		return failAt(p.begin, "the operator "+p.op+" needs the key "+jsonKeyNames[missing.first()])
	}
	if extra := has &^ wants; extra != 0 {
		k := extra.first()
		return withinKey(k, failAt(p.at[k], "the operator "+p.op+" does not have this key"))
	}
	if leafOps[p.op] == OpIsNull && !p.value.IsNull() {
		return withinKey(keyValue, failAt(p.at[keyValue], "isnone takes no value but null"))
	}
	return nil
}

// build returns what the object stands for.
func (p *jsonPart) build() (s Specification, err error) {
	if err := p.check(); err != nil {
		return None(), err
	}
	switch p.op {
	case "empty":
		return All(), nil
	case "none":
		return None(), nil
	case "and", "&":
		s = rooted(joinNodes(Conjunction, p.specs))
	case "or", "|":
		s = rooted(joinNodes(Disjunction, p.specs))
	case "not", "!":
		s = Not(p.spec)
	case "any":
		s = Any(p.relation, p.spec)
	case "every":
		s = Every(p.relation, p.spec)
	default:
		s = NewLeaf(p.field, leafOps[p.op], p.value)
	}
	if err := s.Err(); err != nil {
		return None(), p.refused(err)
	}
	return s, nil
}

// refused says which part of the object a constructor did not take.
func (p *jsonPart) refused(err error) error {
	var field *FieldError
	var relation *RelationError
	switch {
	case errors.As(err, &relation):
		return withinKey(keyRelation, &DecodeError{Offset: p.at[keyRelation], Reason: relation.Reason, err: err})
	case errors.As(err, &field) && errors.Is(err, ErrUnknownField):
		return withinKey(keyField, &DecodeError{Offset: p.at[keyField], Reason: field.Reason, err: err})
	case errors.As(err, &field):
		return withinKey(keyValue, &DecodeError{Offset: p.at[keyValue], Reason: field.Op.String() + ": " + field.Reason, err: err})
	}
	return &DecodeError{Offset: p.begin, Reason: "nested too deep", err: err}
}
