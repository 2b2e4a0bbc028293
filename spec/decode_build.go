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

// build returns what the object stands for. What it joins is not put together yet,
// see part: one junction in another would be copied at every level.
func (r *jsonReader) build(p *jsonPart) (whole part, err error) {
	specs := r.pending[p.specs:]
	r.pending = r.pending[:p.specs]
	if err := p.check(); err != nil {
		return part{}, err
	}
	switch p.op {
	case "empty", "none":
		return part{start: p.begin, all: p.op == "empty"}, nil
	case "and", "&":
		return r.joined(p.begin, Conjunction, specs)
	case "or", "|":
		return r.joined(p.begin, Disjunction, specs)
	case "not", "!":
		return p.spec.negated(p.begin), nil
	case "any":
		return r.quantified(p, Existential)
	case "every":
		return r.quantified(p, Universal)
	}
	return r.sound(p, NewLeaf(p.field, leafOps[p.op], p.value))
}

func (r *jsonReader) joined(begin int, op Connective, specs []part) (part, error) {
	whole := part{all: op == Conjunction} // changes nothing
	for _, one := range specs {
		var bad *SyntaxError
		if whole, bad = r.join(op, whole, one); bad != nil {
			return part{}, nestedTooDeep(bad)
		}
	}
	whole.start = begin
	return whole, nil
}

func (r *jsonReader) quantified(p *jsonPart, op Quantifier) (part, error) {
	term, err := r.node(p.spec)
	if err != nil {
		return part{}, err
	}
	return r.sound(p, quantified(op, p.relation, rooted(term)))
}

// sound is a part of one term, unless a constructor refused it.
func (r *jsonReader) sound(p *jsonPart, s Specification) (part, error) {
	if err := s.Err(); err != nil {
		return part{}, p.refused(err)
	}
	return r.single(p.begin, s.Node()), nil
}

// node puts a part together.
func (r *jsonReader) node(whole part) (Node, error) {
	n, bad := r.parts.build(whole)
	if bad != nil {
		return nil, nestedTooDeep(bad)
	}
	return n, nil
}

// nestedTooDeep is what parts can have against a junction: all else was refused
// when its object was read.
func nestedTooDeep(bad *SyntaxError) error {
	return &DecodeError{Offset: bad.Offset, Reason: "nested too deep", err: bad.err}
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
