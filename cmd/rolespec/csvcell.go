package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/rolespec/rolespec/spec"
)

// cellReader returns the value of a cell of CSV. Its error says what a cell of
// the field looks like, and not what is in this one.
type cellReader func(text []byte) (any, error)

// readerOf returns how the cells of a field are read.
func readerOf(f spec.Field) cellReader {
	if f.List {
		return listReader(f)
	}
	switch f.Kind {
	case spec.KindString:
		return func(text []byte) (any, error) { return string(text), nil }
	case spec.KindBool:
		return readBool
	case spec.KindInt:
		return func(text []byte) (any, error) {
			n, err := strconv.ParseInt(string(text), 10, 64)
			return n, reason(err, "not an integer of 64 bits")
		}
	case spec.KindUint:
		return func(text []byte) (any, error) {
			n, err := strconv.ParseUint(string(text), 10, 64)
			return n, reason(err, "not an unsigned integer of 64 bits")
		}
	case spec.KindFloat:
		return readFloat
	case spec.KindBytes:
		return func(text []byte) (any, error) {
			b, err := base64.StdEncoding.Strict().DecodeString(string(text))
			return b, reason(err, "not base64")
		}
	}
	return asValue(f)
}

func reason(err error, text string) error {
	if err == nil {
		return nil
	}
	return errors.New(text)
}

func readBool(text []byte) (any, error) {
	switch string(text) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return nil, errors.New("neither true nor false")
}

// readFloat reads a number as JSON writes it: no infinity, no hexadecimal.
func readFloat(text []byte) (any, error) {
	s := scanner{data: text}
	if _, err := s.number(); err != nil || s.pos < len(text) {
		return nil, errors.New("not a number such as -1.5e3")
	}
	f, err := strconv.ParseFloat(string(text), 64)
	return f, reason(err, "a number beyond the range of a float")
}

// asValue reads the kinds that are text in JSON as well, as a specification does.
func asValue(f spec.Field) cellReader {
	looks := map[spec.Kind]string{
		spec.KindTime: "not an instant such as 2024-07-01T12:00:00Z", spec.KindDate: "not a date such as 2024-07-01",
		spec.KindUUID: "not a UUID", spec.KindDecimal: "not a decimal such as -12.50",
	}
	convert := converter(f)
	return func(text []byte) (any, error) {
		v, ok := convert(spec.Of(string(text)))
		if !ok {
			return nil, errors.New(looks[f.Kind])
		}
		return v, nil
	}
}

// listReader reads a list in JSON.
func listReader(f spec.Field) cellReader {
	convert := converter(f)
	return func(text []byte) (any, error) {
		s := scanner{data: text}
		if s.peek() != '[' {
			return nil, errors.New("not a list in JSON, such as [1,2]")
		}
		list, err := s.value(true)
		if err == nil {
			err = s.end()
		}
		if err != nil {
			return nil, fmt.Errorf("not a list in JSON: %w", err)
		}
		if f.Kind == spec.KindFloat {
			list = asFloats(list)
		}
		v, err := spec.ValueOf(list)
		if err != nil {
			return nil, errors.New("a list with something that is no value")
		}
		w, ok := convert(v)
		if !ok {
			return nil, fmt.Errorf("a list with an element that is not of kind %s", f.Kind)
		}
		return w, nil
	}
}

// asFloats makes floats of the numbers of a list, the nearest ones, as readFloat
// does.
func asFloats(list any) any {
	elements, _ := list.([]any)
	for i, e := range elements {
		switch n := e.(type) {
		case int64:
			elements[i] = float64(n)
		case json.Number:
			if f, err := n.Float64(); err == nil {
				elements[i] = f
			}
		}
	}
	return elements
}

// converter returns how a value is brought to the kind of a field: by asking
// what a specification that compares the field with it would compare.
func converter(f spec.Field) func(spec.Value) (spec.Value, bool) {
	f.Labels = nil // a row may hold what no specification can ask about
	schema, err := spec.NewSchema(f)
	return func(v spec.Value) (spec.Value, bool) {
		if err != nil {
			return spec.Null, false
		}
		resolved, err := schema.Resolve(spec.NewLeaf(f.Name, spec.OpEq, v))
		if err != nil {
			return spec.Null, false
		}
		leaf, ok := resolved.Node().(spec.Leaf)
		return leaf.Value, ok
	}
}
