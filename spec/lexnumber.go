package spec

import (
	"strings"
	"unicode/utf8"
)

// startsNumber reports whether a number begins here: 7, -7, +7, .5, -.5.
func startsNumber(text string) bool {
	text = strings.TrimPrefix(trimSign(text), ".")
	return text != "" && isDigit(text[0])
}

func trimSign(text string) string {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		return text[1:]
	}
	return text
}

// number reads [sign] digits, with a point, an exponent or both. What follows at
// once must not look like more of it.
func (l *lexer) number(at int) (tokenKind, int) {
	rest := digits(trimSign(l.text[at:]))
	if strings.HasPrefix(rest, ".") {
		rest = digits(rest[1:])
	}
	if rest != "" && rest[0]|0x20 == 'e' {
		if exponent := trimSign(rest[1:]); exponent != "" && isDigit(exponent[0]) {
			rest = digits(exponent)
		}
	}
	end := len(l.text) - len(rest)
	if rest != "" && (isLetter(rest[0]) || isDigit(rest[0]) || rest[0] == '.' || rest[0] >= utf8.RuneSelf) {
		return l.refuse(problem(end, "a number that goes on with "+quoteStart(rest),
			"write numbers as 7, -7, 0.5 or 1e9; a name that begins with a digit stands in backquotes"))
	}
	return tokenNumber, end
}

// digits returns what follows the digits at the beginning.
func digits(text string) (rest string) {
	for text != "" && isDigit(text[0]) {
		text = text[1:]
	}
	return text
}
