package main

import "errors"

// readCaller reads the claims of a caller.
func (e *environment) readCaller(value string) (map[string]any, error) {
	text, source, err := e.argument("caller", value)
	if err != nil {
		return nil, err
	}
	return readObject(text, source, "the claims of a caller are a JSON object")
}

// readObject reads a JSON object that is all of a text.
func readObject(text []byte, source, want string) (map[string]any, error) {
	s := scanner{data: text}
	if s.peek() != '{' {
		return nil, &inputError{file: source, err: errors.New(want)}
	}
	object := map[string]any{}
	if err := s.row(object, nil); err != nil {
		return nil, at(source, 1, text, err)
	}
	return object, nil
}
