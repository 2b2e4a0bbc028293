package spec

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoted finds the end of what begins with a quote, and whether its escapes can
// be read.
func (l *lexer) quoted(start int, kind tokenKind) (tokenKind, int) {
	quote := l.text[start]
	for at := start + 1; at < len(l.text); {
		switch c := l.text[at]; {
		case c == quote:
			return kind, at + 1
		case c == '\\':
			_, n, bad := unescape(l.text[at:])
			if bad != nil {
				return l.refuse(bad.moved(at))
			}
			at += n
		case c < utf8.RuneSelf:
			at++
		default:
			r, n := utf8.DecodeRuneInString(l.text[at:])
			if r == utf8.RuneError && n == 1 {
				return l.refuse(problem(at, "a byte that is not UTF-8", ""))
			}
			at += n
		}
	}
	return l.refuse(problem(start, "a quote that is never closed", fmt.Sprintf("end it with %c; inside, %c is written \\%c", quote, quote, quote)))
}

// unquote returns what a token between quotes stands for. The lexer has seen that
// its escapes can be read.
func unquote(token string) string {
	token = token[1 : len(token)-1]
	if strings.IndexByte(token, '\\') < 0 {
		return token
	}
	b := make([]byte, 0, len(token))
	for at := 0; at < len(token); {
		if token[at] != '\\' {
			b = append(b, token[at])
			at++
			continue
		}
		r, n, _ := unescape(token[at:])
		b = utf8.AppendRune(b, r)
		at += n
	}
	return string(b)
}

// unescape reads one escape, of n bytes.
func unescape(text string) (r rune, n int, bad *SyntaxError) {
	if len(text) < 2 {
		return 0, 0, problem(0, "a backslash at the end", `write \\ for a backslash`)
	}
	switch c := text[1]; c {
	case '\\', '"', '\'', '`':
		return rune(c), 2, nil
	case 'n':
		return '\n', 2, nil
	case 'r':
		return '\r', 2, nil
	case 't':
		return '\t', 2, nil
	case 'x':
		return unescapeHex(text, 2)
	case 'u':
		return unescapeHex(text, 4)
	case 'U':
		return unescapeHex(text, 8)
	}
	_, size := utf8.DecodeRuneInString(text[1:])
	escape := quoteStart(text[:1+size])
	return 0, 0, problem(0, "no such escape: "+escape, `write \`+escape+` for a backslash and what follows; the escapes are \\ \" \' \n \r \t \x41 \u00e9 \U0001f600`)
}

// unescapeHex reads the digits behind \x, \u and \U.
func unescapeHex(text string, width int) (r rune, n int, bad *SyntaxError) {
	n = 2 + width
	if len(text) < n {
		return 0, 0, badHex(width)
	}
	code, err := strconv.ParseUint(text[2:n], 16, 32)
	switch r = rune(code); {
	case err != nil:
		return 0, 0, badHex(width)
	case width == 2 && code >= utf8.RuneSelf:
		return 0, 0, problem(0, "an escape that is a byte to some and a character to others", fmt.Sprintf(`write \u%04x for the character`, code))
	case !utf8.ValidRune(r):
		return 0, 0, problem(0, "an escape for what is no character", `write characters beyond \uffff as \U0001f600`)
	}
	return r, n, nil
}

func badHex(width int) *SyntaxError {
	return problem(0, fmt.Sprintf("an escape without its %d hexadecimal digits", width), `write \x41, \u00e9 or \U0001f600, or \\ for a backslash`)
}
