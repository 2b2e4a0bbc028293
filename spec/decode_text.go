package spec

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

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
