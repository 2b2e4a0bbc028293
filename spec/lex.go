package spec

import "strings"

// tokenKind says what a token of the text form is.
type tokenKind uint8

const (
	tokenEnd      tokenKind = iota
	tokenWord               // a path of identifiers or a word of the language
	tokenQuoted             // a name in backquotes
	tokenText               // a text in double or single quotes
	tokenNumber             // with its sign
	tokenVariable           // $name
	tokenSymbol             // an operator or a bracket
	tokenBad                // the lexer knows why
)

// token is a part of the text that means something: text[start:end].
type token struct {
	kind       tokenKind
	start, end int
}

// lexer takes a text apart. What is no token is a tokenBad, with which the
// parser can do nothing but report it.
type lexer struct {
	text   string
	offset int
	bad    *SyntaxError // of the last tokenBad
}

// next returns the token after the blanks, and tokenEnd at the end for ever.
func (l *lexer) next() token {
	l.offset = afterBlanks(l.text, l.offset)
	start := l.offset
	if start == len(l.text) {
		return token{tokenEnd, start, start}
	}
	kind, end := l.scan(start)
	l.offset = end
	return token{kind, start, end}
}

func (l *lexer) scan(at int) (tokenKind, int) {
	switch c := l.text[at]; {
	case isLetter(c):
		return tokenWord, endOfPath(l.text, at, true)
	case c == '"', c == '\'':
		return l.quoted(at, tokenText)
	case c == '`':
		return l.quoted(at, tokenQuoted)
	case c == '$':
		return l.variable(at)
	case startsNumber(l.text[at:]):
		return l.number(at)
	}
	if n := symbolLength(l.text[at:]); n > 0 {
		return tokenSymbol, at + n
	}
	return l.refuse(notASymbol(at, l.text[at:]))
}

func (l *lexer) refuse(bad *SyntaxError) (tokenKind, int) {
	l.bad = bad
	return tokenBad, len(l.text)
}

func (l *lexer) variable(at int) (tokenKind, int) {
	switch rest := l.text[at+1:]; {
	case strings.HasPrefix(rest, "`"):
		return l.quoted(at+1, tokenVariable)
	case rest != "" && isLetter(rest[0]):
		return tokenVariable, endOfPath(l.text, at+1, false)
	}
	return l.refuse(problem(at, "a $ without a name", "write a variable as $name, or $`any name`"))
}

// endOfPath returns where the identifiers end that dots join. In a path blanks
// may stand around a dot, as the ancestor of the language has it.
func endOfPath(text string, at int, blanks bool) int {
	for {
		for at < len(text) && (isLetter(text[at]) || isDigit(text[at])) {
			at++
		}
		dot := at
		if blanks {
			dot = afterBlanks(text, at)
		}
		if dot == len(text) || text[dot] != '.' {
			return at
		}
		next := dot + 1
		if blanks {
			next = afterBlanks(text, next)
		}
		if next == len(text) || !isLetter(text[next]) {
			return at
		}
		at = next
	}
}

func afterBlanks(text string, at int) int {
	for at < len(text) && isBlank(text[at]) {
		at++
	}
	return at
}

func isBlank(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

func isLetter(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
