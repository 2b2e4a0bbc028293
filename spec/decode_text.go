package spec

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonReader reads JSON (RFC 8259) and nothing more lenient. Unlike encoding/json
// it sees keys that are there twice, text that is not UTF-8 and halves of
// surrogate pairs. The errors of its methods are *DecodeErrors, whose path grows
// on the way up.
type jsonReader struct {
	data            []byte
	pos             int
	nodes, elements int     // so far
	counts          []int32 // of the lists that begin next, see countElements
}

// peek passes over blanks and returns the next byte, 0 at the end.
func (r *jsonReader) peek() byte {
	for ; r.pos < len(r.data); r.pos++ {
		switch c := r.data[r.pos]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// more reports whether another member or element follows, and passes over what is
// before it: a comma, except before the first.
func (r *jsonReader) more(closing byte, first bool) (bool, error) {
	switch c := r.peek(); {
	case c == closing:
		r.pos++
		return false, nil
	case first:
		return true, nil
	case c != ',':
		return false, r.wants("a comma or " + string(closing))
	}
	r.pos++
	if r.peek() == closing {
		return false, r.fail("a comma with nothing after it")
	}
	return true, nil
}

func (r *jsonReader) colon() error {
	if r.peek() != ':' {
		return r.wants("a colon")
	}
	r.pos++
	return nil
}

// end refuses what stands behind the specification.
func (r *jsonReader) end() error {
	if r.peek(); r.pos < len(r.data) {
		return r.fail("there is more after the end")
	}
	return nil
}

func (r *jsonReader) string() (string, error) {
	b, err := r.text()
	return string(b), err
}

// text reads a text. What it returns may be part of the data.
func (r *jsonReader) text() (_ []byte, err error) {
	if r.peek() != '"' {
		return nil, r.wants("a text")
	}
	r.pos++
	var b []byte  // the text, once an escape makes it differ from the data
	from := r.pos // where what is not in b begins
	for r.pos < len(r.data) {
		switch c := r.data[r.pos]; {
		case c == '"':
			rest := r.data[from:r.pos]
			r.pos++
			if b == nil {
				return rest, nil
			}
			return append(b, rest...), nil
		case c == '\\':
			if b, err = r.escape(append(b, r.data[from:r.pos]...)); err != nil {
				return nil, err
			}
			from = r.pos
		case c < ' ':
			return nil, r.fail("a control character in a text")
		case c < utf8.RuneSelf:
			r.pos++
		default:
			symbol, size := utf8.DecodeRune(r.data[r.pos:])
			if symbol == utf8.RuneError && size == 1 {
				return nil, r.fail("a text that is not valid UTF-8")
			}
			r.pos += size
		}
	}
	return nil, r.wants("the end of a text")
}

// escape appends what a backslash and what follows it stand for.
func (r *jsonReader) escape(b []byte) ([]byte, error) {
	rest := r.data[r.pos:]
	if len(rest) > 1 {
		if i := strings.IndexByte(`"\/bfnrt`, rest[1]); i >= 0 {
			r.pos += 2
			return append(b, "\"\\/\b\f\n\r\t"[i]), nil
		}
	}
	symbol, ok := codeUnit(rest)
	if !ok {
		return nil, r.fail("no such escape")
	}
	size := len(`\u0000`)
	if utf16.IsSurrogate(symbol) {
		second, _ := codeUnit(rest[size:])
		if symbol = utf16.DecodeRune(symbol, second); symbol == utf8.RuneError {
			return nil, r.fail("half of a surrogate pair")
		}
		size *= 2
	}
	r.pos += size
	return utf8.AppendRune(b, symbol), nil
}

// codeUnit reads \uXXXX at the beginning.
func codeUnit(b []byte) (unit rune, ok bool) {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return 0, false
	}
	for _, c := range b[2:6] {
		i := strings.IndexByte("0123456789abcdef", c|0x20)
		if i < 0 || c < '0' {
			return 0, false
		}
		unit = unit<<4 | rune(i)
	}
	return unit, true
}

// numberLength returns how many bytes at the beginning are a number of JSON, 0 for
// none.
func numberLength[T string | []byte](text T) int {
	n := 0
	if n < len(text) && text[n] == '-' {
		n++
	}
	whole := digits(text[n:])
	if whole == 0 || whole > 1 && text[n] == '0' {
		return 0
	}
	n += whole
	if n < len(text) && text[n] == '.' {
		fraction := digits(text[n+1:])
		if fraction == 0 {
			return 0
		}
		n += 1 + fraction
	}
	if n < len(text) && text[n]|0x20 == 'e' {
		n++
		if n < len(text) && (text[n] == '+' || text[n] == '-') {
			n++
		}
		exponent := digits(text[n:])
		if exponent == 0 {
			return 0
		}
		n += exponent
	}
	return n
}

func digits[T string | []byte](text T) (n int) {
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	return n
}

func failAt(offset int, reason string) error { return &DecodeError{Offset: offset, Reason: reason} }

func (r *jsonReader) fail(reason string) error { return failAt(r.pos, reason) }

// wants is the error where something else stands, or nothing.
func (r *jsonReader) wants(what string) error {
	if r.pos >= len(r.data) {
		return r.fail("it ends where " + what + " is wanted")
	}
	return r.fail(what + " is wanted here")
}

func (r *jsonReader) tooDeep() error {
	return &DecodeError{Offset: r.pos, Reason: "nested deeper than 100", err: ErrTooDeep}
}

func (r *jsonReader) tooLarge(reason string) error {
	return &DecodeError{Offset: r.pos, Reason: reason, err: ErrTooLarge}
}
