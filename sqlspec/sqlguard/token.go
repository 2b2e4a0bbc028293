package sqlguard

import "strings"

// kind is what a token is.
type kind uint8

const (
	word      kind = iota // an unquoted name or a keyword
	quoted                // a name in quotes
	literal               // a text
	number                // digits
	param                 // a placeholder
	symbol                // any other character
	condition             // a condition of the request, in place of its tokens
)

// token is a piece of a statement.
type token struct {
	kind kind
	text string // of a name and a text what they stand for, without quotes
	n    int    // of a placeholder the index of its argument, of E'...' 1
}

// is reports whether the token is one of these keywords.
func (t token) is(keywords ...string) bool {
	if t.kind == word {
		for _, k := range keywords {
			if strings.EqualFold(t.text, k) {
				return true
			}
		}
	}
	return false
}

// sign reports whether the token is one of these characters.
func (t token) sign(characters string) bool {
	return t.kind == symbol && strings.Contains(characters, t.text)
}

// named reports whether the token is the name. Engines differ in how they fold case
// and in quotes, so any way to write it counts.
func (t token) named(name string) bool {
	return (t.kind == word || t.kind == quoted) && strings.EqualFold(cut(t.text), name)
}

// cut is what PostgreSQL does to longer names, silently.
func cut(name string) string { return name[:min(len(name), 63)] }

// equal reports whether two tokens are the same, whichever argument they stand for.
func (t token) equal(other token) bool {
	return t.kind == other.kind && (t.kind == param || t.text == other.text && t.n == other.n)
}
