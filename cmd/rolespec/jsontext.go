package main

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// text reads a text. What it returns may be part of the data.
func (s *scanner) text() ([]byte, error) {
	s.pos++
	start, ascii := s.pos, true
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == '"':
			text := s.data[start:s.pos]
			if !ascii && !utf8.Valid(text) {
				return nil, s.fail("this text is not UTF-8")
			}
			s.pos++
			return text, nil
		case c == '\\':
			return s.escaped(start)
		case c < ' ':
			return nil, s.fail("a control character inside a text has to be escaped")
		case c >= utf8.RuneSelf:
			ascii = false
		}
		s.pos++
	}
	return nil, s.fail("a text is never closed")
}

// escaped is text from its first escape on.
func (s *scanner) escaped(start int) ([]byte, error) {
	b := append([]byte(nil), s.data[start:s.pos]...)
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; {
		case c == '"':
			if !utf8.Valid(b) {
				return nil, s.fail("this text is not UTF-8")
			}
			s.pos++
			return b, nil
		case c == '\\':
			var err error
			if b, err = s.escape(b); err != nil {
				return nil, err
			}
		case c < ' ':
			return nil, s.fail("a control character inside a text has to be escaped")
		default:
			b = append(b, c)
			s.pos++
		}
	}
	return nil, s.fail("a text is never closed")
}

// escape appends what a backslash and what follows it stand for.
func (s *scanner) escape(b []byte) ([]byte, error) {
	rest := s.data[s.pos:]
	if len(rest) > 1 {
		if i := strings.IndexByte(`"\/bfnrt`, rest[1]); i >= 0 {
			s.pos += 2
			return append(b, "\"\\/\b\f\n\r\t"[i]), nil
		}
	}
	r, ok := codeUnit(rest)
	if !ok {
		return nil, s.fail("no such escape")
	}
	size := len(`\u0000`)
	if utf16.IsSurrogate(r) {
		second, _ := codeUnit(rest[size:])
		if r = utf16.DecodeRune(r, second); r == utf8.RuneError {
			return nil, s.fail("half of a surrogate pair")
		}
		size *= 2
	}
	s.pos += size
	return utf8.AppendRune(b, r), nil
}

// codeUnit reads \uXXXX at the beginning.
func codeUnit(b []byte) (unit rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		unit = unit<<4 | rune(digit)
	}
	return unit, true
}
