package sqlguard

import (
	"strings"

	"github.com/rolespec/rolespec/sqlspec"
)

// text reads what is in quotes of any kind.
func (l *lexer) text() bool {
	switch c := l.rest[0]; {
	case c == '\'':
		return l.between(literal, '\'')
	case c == '"', c == '`' && l.dialect != sqlspec.Postgres && l.dialect != sqlspec.DuckDB:
		return l.between(quoted, c)
	case c == '[' && l.dialect == sqlspec.SQLite:
		name, rest, closed := strings.Cut(l.rest[1:], "]")
		l.rest = rest
		return closed && l.add(quoted, name, 0) || l.fail()
	case c == '$' && l.escapes():
		return l.dollars()
	}
	return false
}

// between reads up to the quote that is not doubled. To MariaDB a backslash may
// hide a quote or may not, as its sql_mode has it.
func (l *lexer) between(k kind, quote byte) bool {
	var text strings.Builder
	for i := 1; i < len(l.rest); i++ {
		switch c := l.rest[i]; {
		case c == '\\' && quote != '`' && l.dialect == sqlspec.MariaDB:
			return l.fail()
		case c != quote:
			text.WriteByte(c)
		case i+1 < len(l.rest) && l.rest[i+1] == quote:
			text.WriteByte(c)
			i++
		default:
			l.rest = l.rest[i+1:]
			return l.add(k, text.String(), 0)
		}
	}
	return l.fail()
}

// escaped reads the rest of E'...', in which a backslash hides a quote.
func (l *lexer) escaped() bool {
	for i := 1; i < len(l.rest); i++ {
		switch {
		case l.rest[i] == '\\':
			i++
		case l.rest[i] == '\'' && i+1 < len(l.rest) && l.rest[i+1] == '\'':
			i++
		case l.rest[i] == '\'':
			text := l.rest[1:i]
			l.rest = l.rest[i+1:]
			return l.add(literal, text, 1) // not the text '...' of the same letters
		}
	}
	return l.fail()
}

// dollars reads $tag$...$tag$.
func (l *lexer) dollars() bool {
	n := 1
	for n < len(l.rest) && (starts(l.rest[n]) || n > 1 && digit(l.rest[n])) {
		n++
	}
	if n == len(l.rest) || l.rest[n] != '$' {
		return false
	}
	tag := l.rest[:n+1]
	text, rest, closed := strings.Cut(l.rest[n+1:], tag)
	l.rest = rest
	return closed && l.add(literal, text, 0) || l.fail()
}
