package main

import (
	"encoding/json"
	"strconv"
)

// value reads a value of any kind. Where it is not wanted it is checked and
// nothing is built. Numbers that are not small integers are kept as they are
// written.
func (s *scanner) value(wanted bool) (any, error) {
	switch c := s.peek(); {
	case c == '{':
		return s.object(wanted)
	case c == '[':
		return s.array(wanted)
	case c == '"':
		text, err := s.text()
		if err != nil || !wanted {
			return nil, err
		}
		return string(text), nil
	case c == '-' || c >= '0' && c <= '9':
		text, err := s.number()
		if err != nil || !wanted {
			return nil, err
		}
		return numberOf(text), nil
	case c == 't':
		return true, s.literal("true")
	case c == 'f':
		return false, s.literal("false")
	case c == 'n':
		return nil, s.literal("null")
	case s.atEnd():
		return nil, s.fail("the JSON ends too early")
	}
	return nil, s.fail("no JSON value begins like this")
}

func (s *scanner) object(wanted bool) (any, error) {
	var m map[string]any
	if wanted {
		m = map[string]any{}
	}
	err := s.members(func(key []byte) error {
		v, err := s.value(wanted)
		if wanted {
			m[string(key)] = v
		}
		return err
	})
	return m, err
}

func (s *scanner) array(wanted bool) (any, error) {
	list := []any{}
	err := s.elements(func() error {
		v, err := s.value(wanted)
		if wanted {
			list = append(list, v)
		}
		return err
	})
	return list, err
}

// skip checks a value and returns its text.
func (s *scanner) skip() ([]byte, error) {
	s.blank()
	start := s.pos
	_, err := s.value(false)
	return s.data[start:s.pos], err
}

func (s *scanner) literal(word string) error {
	if len(s.data)-s.pos < len(word) || string(s.data[s.pos:s.pos+len(word)]) != word {
		return s.fail("no JSON value begins like this")
	}
	s.pos += len(word)
	return nil
}

// number reads a number and returns its text.
func (s *scanner) number() ([]byte, error) {
	start := s.pos
	if s.is("-") {
		s.pos++
	}
	if s.is("0") {
		s.pos++
	} else if !s.digits() {
		return nil, s.fail("a minus is followed by digits")
	}
	if s.is(".") {
		s.pos++
		if !s.digits() {
			return nil, s.fail("a point is followed by digits")
		}
	}
	if s.is("eE") {
		s.pos++
		if s.is("+-") {
			s.pos++
		}
		if !s.digits() {
			return nil, s.fail("an exponent has digits")
		}
	}
	if s.is("0123456789") {
		return nil, s.fail("a number does not begin with a zero")
	}
	return s.data[start:s.pos], nil
}

// is reports whether the next character is one of these.
func (s *scanner) is(chars string) bool {
	if s.pos == len(s.data) {
		return false
	}
	for i := range len(chars) {
		if s.data[s.pos] == chars[i] {
			return true
		}
	}
	return false
}

func (s *scanner) digits() bool {
	start := s.pos
	for s.pos < len(s.data) && s.data[s.pos] >= '0' && s.data[s.pos] <= '9' {
		s.pos++
	}
	return s.pos > start
}

// numberOf returns a number exactly: an integer if it is short, else its text.
func numberOf(text []byte) any {
	if len(text) <= 18 {
		if n, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			return n
		}
	}
	return json.Number(text)
}
