package spec

import "bytes"

// UnmarshalJSON reads what [Specification.MarshalJSON] writes, and what
// fractal-specifications writes, its symbols included; the documentation of the
// package has the forms. It gives what the constructors give.
//
// Nothing is guessed or passed over: an unknown key, a key twice, a key in
// another case, a value of another type, text that is not UTF-8, more text after
// the end, null and what is beyond the limits are a [*DecodeError]. With every
// error s is None.
//
// Called by json.Unmarshal it does not see broken syntax: that is refused before,
// and leaves s as it was.
func (s *Specification) UnmarshalJSON(data []byte) (err error) {
	*s, err = decodeJSON(data)
	return err
}

func decodeJSON(data []byte) (Specification, error) {
	r := jsonReader{data: data}
	if len(data) > MaxJSON {
		return None(), within("$", r.tooLarge(MaxJSON, "bytes"))
	}
	r.most = min(bytes.Count(data, []byte{'{'}), MaxJSONNodes)
	r.parts = newParts(r.most)
	whole, err := r.specification(1)
	if err == nil {
		err = r.end()
	}
	var n Node
	if err == nil {
		n, err = r.node(whole)
	}
	if err != nil {
		return None(), within("$", err)
	}
	return rooted(n), nil
}

// jsonPart is an object that is a specification, as it stands in the text.
type jsonPart struct {
	begin    int
	at       [jsonKeyCount]int // where what a key holds begins
	has      keySet
	op       string
	field    string
	value    Value
	specs    int // the pending parts from here on
	spec     part
	relation string
}

// specification reads an object. Its depth counts from 1.
func (r *jsonReader) specification(depth int) (whole part, err error) {
	if depth > MaxDepth {
		return part{}, r.tooDeep()
	}
	if r.nodes++; r.nodes > MaxJSONNodes {
		return part{}, r.tooLarge(MaxJSONNodes, "specifications")
	}
	if r.peek() != '{' {
		return part{}, r.wants("a specification, an object,")
	}
	p := jsonPart{begin: r.pos, specs: len(r.pending)}
	r.pos++
	for first := true; ; first = false {
		more, err := r.more('}', first)
		if err != nil {
			return part{}, err
		}
		if !more {
			return r.build(&p)
		}
		k, err := r.key(&p)
		if err != nil {
			return part{}, err
		}
		if err := r.member(&p, k, depth); err != nil {
			return part{}, withinKey(k, err)
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
		err = r.specifications(depth + 1)
	}
	return err
}

// specifications reads a list, whose elements are pending then.
func (r *jsonReader) specifications(depth int) error {
	if r.peek() != '[' {
		return r.wants("a list of specifications")
	}
	r.pos++
	if r.pending == nil {
		r.pending = make([]part, 0, r.most)
	}
	for i := 0; ; i++ {
		more, err := r.more(']', i == 0)
		if err != nil || !more {
			return err
		}
		one, err := r.specification(depth)
		if err != nil {
			return withinElement(i, err)
		}
		r.pending = append(r.pending, one)
	}
}
