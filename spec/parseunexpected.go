package spec

import (
	"fmt"
	"strings"
)

// unexpected is the error for the token, where something else should stand.
func (p *parser) unexpected(wanted, advice string) *SyntaxError {
	if p.token.kind == tokenBad {
		return p.bad
	}
	found := "the end"
	if p.token.kind != tokenEnd {
		found = quoteStart(p.word())
	}
	return problem(p.token.start, "expected "+wanted+", found "+found, advice)
}

// unexpectedAfterTerm is the error for what stands where a term has ended.
func (p *parser) unexpectedAfterTerm() *SyntaxError {
	switch {
	case p.at(")"):
		return problem(p.token.start, "a ) without its (", "")
	case p.token.kind == tokenWord:
		return p.unexpected("&&, || or the end", otherWords[strings.ToLower(p.word())])
	}
	return p.unexpected("&&, || or the end", "")
}

// mixed is the error for a connective behind terms that another one joins.
func (p *parser) mixed(start int) *SyntaxError {
	const most = 80
	advice := "use parentheses around the terms before it, or around the last of them and what follows"
	if before := strings.TrimRight(p.text[start:p.token.start], " \n\t\r\f"); len(before) <= most && !strings.Contains(before, "\n") {
		advice = fmt.Sprintf("use parentheses: (%s) %s .., or around what belongs together", shown(before), p.word())
	}
	return problem(p.token.start, "&& and || mixed without parentheses", advice)
}

// isReserved reports whether the token is a word of the language, in any case.
func (p *parser) isReserved() bool { return reserved[strings.ToLower(p.word())] }
