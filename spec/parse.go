package spec

import "fmt"

// MaxSource is the longest text that [Parse] reads, in bytes.
const MaxSource = 1 << 20

// maxTokens bounds what a text can be made of. With MaxSource it bounds the
// memory of Parse, for the densest text to about ten times MaxSource.
const maxTokens = 300_000

// Parse reads the text form of a specification; the grammar stands in the
// documentation of the package. What String and [Format] print it reads as a
// specification that is Equal.
//
// An error is a [*SyntaxError] with the place, what is wrong there and what to
// write instead; the specification returned with it is [None]. Beside what is
// not of the grammar, errors are what the constructors refuse (a pattern that is
// not RE2, a text of more than [MaxText] bytes), a text of more than [MaxSource]
// bytes or 300,000 tokens, parentheses or lists nested deeper than [MaxDepth],
// and patterns that together take long to compile. Within these bounds Parse
// takes time and memory in proportion to the text.
func Parse(text string) (Specification, error) {
	p := parser{lexer: lexer{text: text}}
	s, bad := p.specification()
	if bad != nil {
		return Specification{}, bad.in(text)
	}
	return s, nil
}

// MustParse is [Parse] for constants of a program. It panics where Parse fails.
func MustParse(text string) Specification {
	s, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return s
}

// parser reads one token ahead.
type parser struct {
	lexer
	token token
	parts
	lists    []int32 // how many elements each list can have, in the order of the text
	depth    int     // of parentheses
	patterns int     // what they cost together
}

func (p *parser) specification() (Specification, *SyntaxError) {
	if len(p.text) > MaxSource {
		return Specification{}, problem(MaxSource, fmt.Sprintf("a text longer than %d bytes", MaxSource), "")
	}
	size, bad := sizeOf(p.text)
	if bad != nil {
		return Specification{}, bad
	}
	p.lists, p.parts = size.lists, newParts(size.terms)
	p.advance()
	whole, bad := p.junction()
	if bad != nil {
		return Specification{}, bad
	}
	if p.token.kind != tokenEnd {
		return Specification{}, p.unexpectedAfterTerm()
	}
	n, bad := p.build(whole)
	if bad != nil {
		return Specification{}, bad
	}
	return rooted(n), nil
}

// junction reads terms joined by one connective. Languages differ in how they
// read two that are mixed, so nobody has to guess here.
func (p *parser) junction() (part, *SyntaxError) {
	start := p.token.start
	whole, bad := p.term()
	first, more := p.connective()
	for bad == nil && more {
		p.advance()
		var next part
		if next, bad = p.term(); bad != nil {
			return whole, bad
		}
		whole, bad = p.join(first, whole, next)
		var op Connective
		if op, more = p.connective(); bad == nil && more && op != first {
			return whole, p.mixed(start)
		}
	}
	return whole, bad
}

// connective returns what the token joins terms by, if anything.
func (p *parser) connective() (op Connective, ok bool) {
	if p.at("||") {
		return Disjunction, true
	}
	return Conjunction, p.at("&&")
}

func (p *parser) advance() { p.token = p.next() }

// word is the text of the token.
func (p *parser) word() string { return p.text[p.token.start:p.token.end] }

// at reports whether the token is that symbol or word.
func (p *parser) at(text string) bool {
	return (p.token.kind == tokenSymbol || p.token.kind == tokenWord) && p.word() == text
}

// take goes on behind the symbol or word, if it is the token.
func (p *parser) take(text string) bool {
	if !p.at(text) {
		return false
	}
	p.advance()
	return true
}
