package spec

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// String returns s in the text form: what a policy file holds and a log shows.
//
//	account_id == $account && (public == True || owner in ["ann", "bob"])
//
// A junction inside another is always in parentheses, and a field whose name is
// not a path of identifiers, or is a word of the language, stands in backquotes.
// No value can look like anything but a value. [Parse] reads what String returns;
// [Format] breaks it into lines. A specification with an error prints as
// !error(reason), which is not part of the language.
func (s Specification) String() string { return string(appendNode(nil, s.Node(), false)) }

// GoString returns what String returns, so that %#v in a log stays readable.
func (s Specification) GoString() string { return "spec{" + s.String() + "}" }

func appendNode(b []byte, n Node, nested bool) []byte {
	switch n := n.(type) {
	case Constant:
		if n {
			return append(b, '#')
		}
		return append(b, "!#"...)
	case Leaf:
		return appendLeaf(b, n)
	case Negation:
		b = append(b, "!("...)
		return append(appendNode(b, n.term, false), ')')
	case Quantified:
		b = append(append(b, n.op.String()...), ' ')
		b = append(appendField(b, n.relation), " ("...)
		return append(appendNode(b, n.term, false), ')')
	case Junction:
		if nested {
			b = append(b, '(')
		}
		for i, t := range n.terms {
			if i > 0 {
				b = append(b, n.op.symbol()...)
			}
			b = appendNode(b, t, true)
		}
		if nested {
			b = append(b, ')')
		}
		return b
	case Invalid:
		return append(append(append(b, "!error("...), n.Err.Error()...), ')')
	}
	return b
}

// String returns "and" or "or".
func (c Connective) String() string {
	if c == Conjunction {
		return "and"
	}
	return "or"
}

func (c Connective) symbol() string {
	if c == Conjunction {
		return " && "
	}
	return " || "
}

// String returns the leaf in the text form.
func (l Leaf) String() string { return string(appendLeaf(nil, l)) }

func appendLeaf(b []byte, l Leaf) []byte {
	b = append(appendField(b, l.Field), ' ')
	b = append(b, l.Op.Symbol()...)
	if l.Op == OpIsNull {
		return b
	}
	return appendValue(append(b, ' '), l.Value)
}

// reserved are the words that a field can only be called in backquotes.
var reserved = map[string]bool{
	"and": true, "any": true, "contains": true, "containsfold": true, "date": true, "bytes": true, "decimal": true,
	"distinct": true, "endswith": true, "equalfold": true, "every": true, "false": true, "from": true, "in": true,
	"inf": true, "is": true, "matches": true, "nan": true, "nil": true, "none": true, "not": true, "null": true, "or": true,
	"overlaps": true, "startswith": true, "time": true, "true": true, "under": true, "uuid": true,
}

func appendField(b []byte, field string) []byte {
	for part := range strings.SplitSeq(field, ".") {
		if !isIdentifier(part) || reserved[strings.ToLower(part)] {
			return appendQuoted(b, field, '`')
		}
	}
	return append(b, field...)
}

func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '_', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
		case c >= '0' && c <= '9' && i > 0:
		default:
			return false
		}
	}
	return s != ""
}

// appendQuoted writes a text with the escapes that every reader of policies
// knows. It has none of one letter for \a, \b, \f and \v, which stand for
// something else in a pattern.
func appendQuoted(b []byte, s string, quote byte) []byte {
	b = append(b, quote)
	for i, r := range s {
		switch {
		case r == rune(quote), r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(r)): // a row may hold what is not UTF-8
			b = fmt.Appendf(b, `\x%02x`, s[i])
		case strconv.IsPrint(r):
			b = utf8.AppendRune(b, r)
		case r < utf8.RuneSelf:
			b = fmt.Appendf(b, `\x%02x`, r)
		case r <= 0xffff:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = fmt.Appendf(b, `\U%08x`, r)
		}
	}
	return append(b, quote)
}

// String returns the value in the text form: a quoted text, a number, True,
// None, $name, [a, b] or kind("text").
func (v Value) String() string { return string(appendValue(nil, v)) }

func appendValue(b []byte, v Value) []byte {
	switch v.kind {
	case KindBool:
		if v.num != 0 {
			return append(b, "True"...)
		}
		return append(b, "False"...)
	case KindInt:
		return strconv.AppendInt(b, int64(v.num), 10)
	case KindUint:
		return strconv.AppendUint(b, v.num, 10)
	case KindFloat:
		return appendFloat(b, v.Float())
	case KindString:
		return appendQuoted(b, v.str, '"')
	case KindVariable:
		return appendVariable(b, v.str)
	case KindField:
		return appendField(b, v.str)
	case KindDecimal:
		return appendCall(b, "decimal", v.Decimal().String())
	case KindBytes:
		return appendCall(b, "bytes", base64.StdEncoding.EncodeToString([]byte(v.str)))
	case KindTime:
		return appendCall(b, "time", v.Time().Format(time.RFC3339Nano))
	case KindDate:
		return appendCall(b, "date", v.Date().String())
	case KindUUID:
		return appendCall(b, "uuid", formatUUID(v.str))
	case KindList:
		b = append(b, '[')
		for i, e := range v.elements() {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = appendValue(b, e)
		}
		return append(b, ']')
	case kindInvalid, kindOther:
		return append(append(append(b, '<'), v.kind.String()...), '>')
	}
	return append(b, "None"...)
}

func appendCall(b []byte, kind, text string) []byte {
	b = append(append(b, kind...), '(')
	return append(appendQuoted(b, text, '"'), ')')
}

func appendVariable(b []byte, name string) []byte {
	b = append(b, '$')
	for part := range strings.SplitSeq(name, ".") {
		if !isIdentifier(part) {
			return appendQuoted(b, name, '`')
		}
	}
	return append(b, name...)
}

// appendFloat always shows that it is no integer.
func appendFloat(b []byte, f float64) []byte {
	text := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(text, ".eI") {
		text += ".0"
	}
	return append(b, text...)
}

// formatUUID writes 16 octets as RFC 9562 does.
func formatUUID(octets string) string {
	h := hex.EncodeToString([]byte(octets))
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
