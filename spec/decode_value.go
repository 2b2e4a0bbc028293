package spec

import (
	"bytes"
	"strconv"
)

// value reads a value. Its depth counts the lists that it is in, from 1.
func (r *jsonReader) value(depth int) (Value, error) {
	c := r.peek()
	at := r.pos
	switch {
	case c == '[':
		return r.list(depth)
	case c == '{':
		return r.tagged()
	case c == '"':
		text, err := r.string()
		if err != nil {
			return Null, err
		}
		return usable(at, stringValue(text))
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	switch {
	case r.literal("null"):
		return Null, nil
	case r.literal("true"):
		return boolValue(true), nil
	case r.literal("false"):
		return boolValue(false), nil
	}
	return Null, r.wants("a value")
}

func (r *jsonReader) literal(word string) bool {
	if !bytes.HasPrefix(r.data[r.pos:], []byte(word)) {
		return false
	}
	r.pos += len(word)
	return true
}

// usable refuses a value that no specification can hold.
func usable(at int, v Value) (Value, error) {
	if !v.isUsable() {
		return Null, &DecodeError{Offset: at, Reason: v.str, err: ErrValue}
	}
	return v, nil
}

func (r *jsonReader) number() (Value, error) {
	at := r.pos
	n := numberLength(r.data[at:])
	if n == 0 {
		return Null, r.wants("a number of JSON")
	}
	text := r.data[at : at+n]
	r.pos += n
	if !bytes.ContainsAny(text, ".eE") {
		if i, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return intValue(i), nil
		}
	}
	return usable(at, numberValue(string(text)))
}

// emptyList is every empty list that is read.
var emptyList = Value{kind: KindList, list: new([]Value)}

// list reads a list, and makes room for no more than its elements.
func (r *jsonReader) list(depth int) (Value, error) {
	if depth > MaxDepth {
		return Null, r.tooDeep()
	}
	if depth == 1 {
		r.countElements()
	}
	most := r.nextCount()
	r.pos++
	if r.peek() == ']' {
		r.pos++
		return emptyList, nil
	}
	elements := make([]Value, 0, most)
	for first := true; ; first = false {
		more, err := r.more(']', first)
		if err != nil {
			return Null, err
		}
		if !more {
			return Value{kind: KindList, list: &elements}, nil
		}
		if r.elements++; r.elements > MaxJSONElements {
			return Null, withinElement(len(elements), r.tooLarge(MaxJSONElements, "elements of lists"))
		}
		e, err := r.value(depth + 1)
		if err != nil {
			return Null, withinElement(len(elements), err)
		}
		elements = append(elements, e)
	}
}
