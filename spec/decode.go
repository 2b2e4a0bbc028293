package spec

import "errors"

// UnmarshalJSON reads what [Specification.MarshalJSON] writes, and what
// fractal-specifications writes, its symbols included; the documentation of the
// package has the forms. It gives what the constructors give.
//
// Nothing is guessed or passed over: an unknown key, a key twice, a key in
// another case, a value of another type, text that is not UTF-8, more text after
// the end, null and what is beyond the limits are a [*DecodeError]. With every
// error s is None.
//
// json.Unmarshal finds broken syntax itself and then leaves s as it was; it may be
// passed over by calling UnmarshalJSON.
func (s *Specification) UnmarshalJSON(data []byte) (err error) {
	*s, err = decodeJSON(data)
	return err
}

func decodeJSON(data []byte) (Specification, error) {
	r := jsonReader{data: data}
	if len(data) > MaxJSON {
		return None(), within("$", r.tooLarge("more than 4194304 bytes"))
	}
	s, err := r.specification(1)
	if err == nil {
		err = r.end()
	}
	if err != nil {
		return None(), within("$", err)
	}
	return s, nil
}

// jsonPart is an object that is a specification, as it stands in the text.
type jsonPart struct {
	begin    int
	at       [jsonKeyCount]int // where what a key holds begins
	has      keySet
	op       string
	field    string
	value    Value
	specs    []Specification
	spec     Specification
	relation string
}

// specification reads an object. Its depth counts from 1.
func (r *jsonReader) specification(depth int) (Specification, error) {
	if depth > MaxDepth {
		return None(), r.tooDeep()
	}
	if r.nodes++; r.nodes > MaxJSONNodes {
		return None(), r.tooLarge("more than 10000 specifications")
	}
	if r.peek() != '{' {
		return None(), r.wants("a specification, an object,")
	}
	p := jsonPart{begin: r.pos}
	r.pos++
	for first := true; ; first = false {
		more, err := r.more('}', first)
		if err != nil {
			return None(), err
		}
		if !more {
			return p.build()
		}
		k, err := r.key(&p)
		if err != nil {
			return None(), err
		}
		if err := r.member(&p, k, depth); err != nil {
			return None(), withinKey(k, err)
		}
	}
}

// key reads a key and the colon behind it.
func (r *jsonReader) key(p *jsonPart) (jsonKey, error) {
	r.peek()
	at := r.pos
	name, err := r.text()
	if err != nil {
		return 0, err
	}
	k := keyOp
	for k < jsonKeyCount && jsonKeyNames[k] != string(name) {
		k++
	}
	switch {
	case k == jsonKeyCount:
		return 0, failAt(at, "no specification has the key "+quoted(name))
	case p.has.has(k):
		return 0, failAt(at, "the key "+quoted(name)+" is there twice")
	}
	p.has |= setOf(k)
	if err := r.colon(); err != nil {
		return 0, err
	}
	r.peek()
	p.at[k] = r.pos
	return k, nil
}

// member reads what a key holds.
func (r *jsonReader) member(p *jsonPart, k jsonKey, depth int) (err error) {
	switch k {
	case keyOp:
		p.op, err = r.string()
	case keyField:
		p.field, err = r.string()
	case keyRelation:
		p.relation, err = r.string()
	case keyValue:
		p.value, err = r.value(1)
	case keySpec:
		p.spec, err = r.specification(depth + 1)
	case keySpecs:
		p.specs, err = r.specifications(depth + 1)
	}
	return err
}

func (r *jsonReader) specifications(depth int) (specs []Specification, err error) {
	if r.peek() != '[' {
		return nil, r.wants("a list of specifications")
	}
	r.pos++
	for first := true; ; first = false {
		more, err := r.more(']', first)
		if err != nil || !more {
			return specs, err
		}
		s, err := r.specification(depth)
		if err != nil {
			return nil, withinElement(len(specs), err)
		}
		specs = append(specs, s)
	}
}

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
		s = And(p.specs...)
	case "or", "|":
		s = Or(p.specs...)
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
