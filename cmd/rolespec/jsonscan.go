package main

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// maxNesting is how deep the values of a row may be nested.
const maxNesting = 1000

// fewKeys is how many keys of an object are as soon compared one by one.
const fewKeys = 32

// scanner reads JSON to the letter of RFC 8259: what another reader could read
// in another way (a key twice, half of a surrogate pair, text that is not UTF-8)
// is an error. It builds only the values that are wanted, and checks all.
type scanner struct {
	data  []byte
	pos   int
	depth int
	keys  [][]byte // of the objects that are open, the innermost last
}

// jsonError is what is wrong at a place of the data.
type jsonError struct {
	pos    int
	reason string
}

func (e *jsonError) Error() string { return e.reason }

func (s *scanner) fail(reason string) error { return &jsonError{s.pos, reason} }

func (s *scanner) reset(data []byte) { s.data, s.pos, s.depth, s.keys = data, 0, 0, s.keys[:0] }

// at returns an error of the scanner with its place in an input.
func at(file string, line int, data []byte, err error) error {
	var e *jsonError
	if !errors.As(err, &e) {
		return &inputError{file: file, line: line, err: err}
	}
	before := data[:min(e.pos, len(data))]
	line += bytes.Count(before, []byte{'\n'})
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	return &inputError{file: file, line: line, column: utf8.RuneCount(before) + 1, err: errors.New(e.reason)}
}

func (s *scanner) blank() {
	for s.pos < len(s.data) {
		switch s.data[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return
		}
	}
}

// peek returns the next character that is no blank, 0 at the end.
func (s *scanner) peek() byte {
	s.blank()
	if s.pos == len(s.data) {
		return 0
	}
	return s.data[s.pos]
}

func (s *scanner) atEnd() bool {
	s.blank()
	return s.pos == len(s.data)
}

// end makes sure that nothing follows.
func (s *scanner) end() error {
	if !s.atEnd() {
		return s.fail("something follows the JSON value")
	}
	return nil
}

// members reads an object and calls each with every key, at its value, which it
// has to read. The key is part of the data, or of nothing else.
func (s *scanner) members(each func(key []byte) error) error {
	if err := s.enter(); err != nil {
		return err
	}
	base := len(s.keys)
	var wide map[string]struct{}
	for first := true; ; first = false {
		more, err := s.next('}', first)
		if err != nil || !more {
			s.keys = s.keys[:base]
			return err
		}
		if s.peek() != '"' {
			return s.fail("a key has to be a text in double quotes")
		}
		start := s.pos
		key, err := s.text()
		if err != nil {
			return err
		}
		var twice bool
		if wide, twice = s.remember(key, base, wide); twice {
			return &jsonError{start, fmt.Sprintf("the key %q stands here a second time", key[:min(len(key), 64)])}
		}
		if s.peek() != ':' {
			return s.fail("a key is followed by a colon")
		}
		s.pos++
		if err := each(key); err != nil {
			return err
		}
	}
}

// remember adds a key to those of the object, and reports whether it was there
// already: of two values no reader knows which is meant. A wide object has a set
// of its keys.
func (s *scanner) remember(key []byte, base int, wide map[string]struct{}) (_ map[string]struct{}, twice bool) {
	keys := s.keys[base:]
	s.keys = append(s.keys, key)
	if len(keys) < fewKeys {
		return nil, slices.ContainsFunc(keys, func(k []byte) bool { return bytes.Equal(k, key) })
	}
	if wide == nil {
		wide = make(map[string]struct{}, 2*fewKeys)
		for _, k := range keys {
			wide[string(k)] = struct{}{}
		}
	}
	_, twice = wide[string(key)]
	wide[string(key)] = struct{}{}
	return wide, twice
}

// elements reads an array and calls each at every element.
func (s *scanner) elements(each func() error) error {
	if err := s.enter(); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := s.next(']', first)
		if err != nil || !more {
			return err
		}
		if err := each(); err != nil {
			return err
		}
	}
}

func (s *scanner) enter() error {
	if s.depth++; s.depth > maxNesting {
		return s.fail(fmt.Sprintf("nested deeper than %d", maxNesting))
	}
	s.pos++
	return nil
}

// next reports whether one more stands before the closing bracket.
func (s *scanner) next(closing byte, first bool) (bool, error) {
	switch c := s.peek(); {
	case c == closing:
		s.pos++
		s.depth--
		return false, nil
	case first:
		return true, nil
	case c != ',':
		return false, s.fail(fmt.Sprintf("a comma or %c is missing", closing))
	}
	s.pos++
	return true, nil
}
