package sqlguard

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rolespec/rolespec/sqlspec"
)

// errUnclear is why a statement cannot be read. Settings of a connection decide
// where some texts end, and then nobody but the connection knows.
var errUnclear = errors.New("it cannot be read for certain")

// lexer splits a statement of one dialect.
type lexer struct {
	dialect sqlspec.Dialect
	rest    string
	tokens  []token
	params  int // written as ?
	numbers int // written as $1
	unclear bool
}

// lex returns the tokens of a statement, without blanks and comments.
func lex(statement string, d sqlspec.Dialect) ([]token, error) {
	if !utf8.ValidString(statement) || strings.ContainsRune(statement, 0) {
		return nil, errUnclear
	}
	l := lexer{dialect: d, rest: statement}
	for l.rest != "" && !l.unclear {
		_ = l.blank() || l.name() || l.text() || l.placeholder() || l.number() || l.symbol()
	}
	if l.unclear || l.params > 0 && l.numbers > 0 {
		return nil, errUnclear
	}
	for i := range l.tokens[min(1, len(l.tokens)):] {
		if l.tokens[i].kind == literal && l.tokens[i+1].kind == literal {
			return nil, errUnclear // one text, to some engines, by the rules of the first
		}
	}
	return l.tokens, nil
}

// escapes reports whether a dialect has E'...' and $$.
func (l *lexer) escapes() bool {
	return l.dialect == sqlspec.Postgres || l.dialect == sqlspec.DuckDB
}

// fail ends the reading. Like each step it reports that it had something to do.
func (l *lexer) fail() bool {
	l.unclear = true
	return true
}

// add adds a token.
func (l *lexer) add(k kind, text string, n int) bool {
	l.tokens = append(l.tokens, token{k, text, n})
	return true
}

// blank skips blanks and comments.
func (l *lexer) blank() bool {
	trimmed := strings.TrimLeft(l.rest, " \t\r\n\f")
	switch {
	case trimmed != l.rest:
		l.rest = trimmed
	case strings.HasPrefix(l.rest, "--"):
		// To MariaDB it is twice a minus unless a blank follows.
		if l.dialect == sqlspec.MariaDB && !strings.HasPrefix(l.rest, "-- ") {
			return l.fail()
		}
		return l.line()
	case strings.HasPrefix(l.rest, "#") && l.dialect == sqlspec.MariaDB:
		return l.line()
	case strings.HasPrefix(l.rest, "/*"):
		return l.block()
	default:
		return false
	}
	return true
}

// line skips to the end of a line. What ends a line is not the same everywhere.
func (l *lexer) line() bool {
	line, rest, _ := strings.Cut(l.rest, "\n")
	l.rest = rest
	return !strings.ContainsAny(strings.TrimSuffix(line, "\r"), "\r\f\v") || l.fail()
}

// block skips a comment. Some engines nest them, and MariaDB runs some.
func (l *lexer) block() bool {
	body, rest, closed := strings.Cut(l.rest[2:], "*/")
	runs := l.dialect == sqlspec.MariaDB && (strings.HasPrefix(body, "!") || strings.HasPrefix(body, "M!"))
	l.rest = rest
	return closed && !runs && !strings.Contains(body, "/*") || l.fail()
}

func starts(c byte) bool { return c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf }

func digit(c byte) bool { return c >= '0' && c <= '9' }

// name reads an unquoted name.
func (l *lexer) name() bool {
	if !starts(l.rest[0]) {
		return false
	}
	n := 1
	for n < len(l.rest) && (starts(l.rest[n]) || digit(l.rest[n]) || l.rest[n] == '$') {
		n++
	}
	name := l.rest[:n]
	after := l.rest[n:]
	switch {
	case l.dialect == sqlspec.DuckDB && strings.IndexFunc(name, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0:
		return l.fail() // blanks of Unicode are blanks there
	case l.escapes() && strings.EqualFold(name, "u") && len(after) > 1 && after[0] == '&' && strings.ContainsRune(`'"`, rune(after[1])):
		return l.fail() // names and texts in which characters have numbers
	case l.escapes() && strings.EqualFold(name, "e") && strings.HasPrefix(after, "'"):
		l.rest = after
		return l.escaped()
	}
	l.rest = after
	return l.add(word, name, 0)
}

// number reads digits. What follows them is a token of its own, as 1OR is.
func (l *lexer) number() bool {
	digits := len(l.rest) - len(strings.TrimLeft(l.rest, "0123456789"))
	if digits == 0 {
		return false
	}
	l.add(number, l.rest[:digits], 0)
	l.rest = l.rest[digits:]
	return true
}

// placeholder reads ? or $1.
func (l *lexer) placeholder() bool {
	digits := len(l.rest) - 1 - len(strings.TrimLeft(l.rest[1:], "0123456789"))
	switch {
	case l.rest[0] == '?' && l.dialect != sqlspec.Postgres:
		if digits > 0 {
			return l.fail() // its number, and not its place, says which argument it has
		}
		l.add(param, "", l.params)
		l.params++
	case l.rest[0] == '$' && digits > 0 && l.escapes():
		n, err := strconv.Atoi(l.rest[1 : 1+digits])
		if err != nil || n == 0 {
			return l.fail()
		}
		l.add(param, "", n-1)
		l.numbers++
	default:
		return false
	}
	l.rest = l.rest[1+digits:]
	return true
}

// symbol reads any other character.
func (l *lexer) symbol() bool {
	c := l.rest[0]
	switch {
	case c < ' ', c == 0x7f, c == '\\', c == '$':
		return l.fail()
	case c == '@' || c == ':':
		// Arguments with names in SQLite, assignments in MariaDB.
		if !l.escapes() {
			return l.fail()
		}
	}
	l.rest = l.rest[1:]
	return l.add(symbol, string(rune(c)), 0)
}
