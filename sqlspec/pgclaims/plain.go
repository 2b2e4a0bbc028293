package pgclaims

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// manyNames is from where on comparing each name with each takes long.
const manyNames = 16

// plain reports whether JSON is what most claims are, so that unambiguous, which takes
// longer than to send them, needs not be asked: few names, no two of them alike even in
// different objects, no list in a list, and nothing escaped. Nothing else is decided
// here. There are no blanks, as encoding/json takes them out.
func plain(text []byte) bool {
	if bytes.IndexByte(text, '\\') >= 0 || bytes.ContainsRune(text, utf8.RuneError) {
		return false
	}
	names := make([][]byte, 0, manyNames)
	list := false
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '[':
			if list {
				return false
			}
			list = true
		case ']':
			list = false
		case '"':
			said, rest, closed := bytes.Cut(text[i+1:], []byte{'"'})
			if !closed {
				return false
			}
			i += len(said) + 1
			if len(rest) == 0 || rest[0] != ':' {
				continue
			}
			if len(names) == manyNames || slices.ContainsFunc(names, func(n []byte) bool { return bytes.Equal(n, said) }) {
				return false
			}
			names = append(names, said)
		}
	}
	return true
}
