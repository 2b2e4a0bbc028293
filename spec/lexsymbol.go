package spec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// symbolLength returns the length of the symbol at the beginning, and 0 where
// there is none: what reads as more of it belongs to another language.
func symbolLength(text string) int {
	second, third := byteAt(text, 1), byteAt(text, 2)
	switch first := text[0]; first {
	case '(', ')', '[', ']', ',', '#':
		return 1
	case '&', '|':
		if second == first {
			return 2
		}
	case '=':
		if second == '=' && third != '=' {
			return 2
		}
	case '!':
		if second == '=' && third == '=' {
			return 0
		}
		return 1 + b2i(second == '=')
	case '<':
		if second == '>' {
			return 0
		}
		return 1 + b2i(second == '=')
	case '>':
		return 1 + b2i(second == '=')
	}
	return 0
}

func byteAt(text string, i int) byte {
	if i < len(text) {
		return text[i]
	}
	return 0
}

// otherSymbols are what other languages write, and what to write here. The first
// that fits is the one.
var otherSymbols = [...]struct{ symbol, advice string }{
	{"===", "write =="},
	{"!==", "write !="},
	{"=<", "write <="},
	{"=>", "write >="},
	{"<>", "write !="},
	{"=~", "write matches"},
	{"~", "write matches"},
	{"=", "write == for equality"},
	{"&", "write &&"},
	{"|", "write ||"},
	{"/", "there are no comments and no sums here"},
	{"--", "there are no comments and no sums here"},
	{"{", "lists stand in brackets: [1, 2]"},
	{".", "a path is words joined by single dots: owner.name"},
	{"“", `write " around a text`},
	{"”", `write " around a text`},
	{"„", `write " around a text`},
	{"‘", `write " around a text`},
	{"’", `write " around a text`},
}

// notASymbol is the error for what begins no token.
func notASymbol(at int, text string) *SyntaxError {
	for _, s := range otherSymbols {
		if strings.HasPrefix(text, s.symbol) {
			return problem(at, s.symbol+" means nothing here", s.advice)
		}
	}
	r, size := utf8.DecodeRuneInString(text)
	reason := quoteStart(text[:size]) + " means nothing here"
	switch {
	case r == utf8.RuneError && size == 1:
		return problem(at, "a byte that is not UTF-8", "")
	case unicode.IsLetter(r):
		return problem(at, reason, "a name with other characters than a-z, A-Z, 0-9 and _ stands in backquotes")
	case unicode.IsSpace(r), r == '\ufeff', r == '\u200b':
		return problem(at, reason, "write an ordinary blank")
	}
	return problem(at, reason, "a text stands in quotes, a name with other characters than a-z, A-Z, 0-9 and _ in backquotes")
}
