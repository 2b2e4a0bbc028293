package spec

import (
	"fmt"
	"strings"
)

// term reads what connectives join.
func (p *parser) term() (part, *SyntaxError) {
	start := p.token.start
	switch {
	case p.take("#"):
		return part{start: start, all: true}, nil
	case p.take("!"):
		if p.take("#") {
			return part{start: start}, nil
		}
		if !p.at("(") {
			return part{}, p.unexpected("a # or a parenthesis behind the !", "write !( .. )")
		}
		inner, bad := p.group()
		return inner.negated(start), bad
	case p.at("("):
		return p.group()
	case p.at("any"), p.at("every"):
		switch next := p.peek(); {
		case next.kind == tokenBad:
			p.advance()
			return part{}, p.unexpected("the name of a relation", "")
		case next.kind == tokenQuoted, next.kind == tokenWord && !p.isOperator(next):
			return p.quantified()
		}
	}
	return p.comparison()
}

// group reads a specification in parentheses.
func (p *parser) group() (part, *SyntaxError) {
	open := p.token.start
	if p.depth == MaxDepth {
		return part{}, tooDeep(open, "parentheses")
	}
	p.depth++
	p.advance()
	if p.at(")") {
		return part{}, problem(p.token.start, "nothing between the parentheses", "write # for every row, !# for none")
	}
	inner, bad := p.junction()
	if bad != nil {
		return inner, bad
	}
	if !p.take(")") {
		if p.token.kind == tokenEnd {
			return inner, problem(p.token.start, "the end, where a parenthesis is still open", "write )")
		}
		return inner, p.unexpectedAfterTerm()
	}
	p.depth--
	inner.start = open
	return inner, nil
}

func tooDeep(at int, what string) *SyntaxError {
	return &SyntaxError{Offset: at, Reason: fmt.Sprintf("%s nested deeper than %d", what, MaxDepth), err: ErrTooDeep}
}

func (p *parser) quantified() (part, *SyntaxError) {
	start, op := p.token.start, Existential
	if p.at("every") {
		op = Universal
	}
	p.advance()
	relation := p.name()
	p.advance()
	if !p.at("(") {
		return part{}, p.unexpected("a parenthesis behind the name of the relation", fmt.Sprintf("write %s %s ( .. )", op, quoteStart(relation)))
	}
	inner, bad := p.group()
	if bad != nil {
		return inner, bad
	}
	term, bad := p.build(inner)
	if bad != nil {
		return inner, bad
	}
	s := quantified(op, relation, rooted(term))
	if err := s.Err(); err != nil {
		return inner, refused(start, err)
	}
	return p.single(start, s.Node()), nil
}

// name is what a word or a quoted name stands for.
func (p *parser) name() string {
	switch word := p.word(); {
	case p.token.kind == tokenQuoted:
		return unquote(word)
	case strings.ContainsAny(word, " \n\t\r\f"):
		return strings.Map(func(r rune) rune {
			if isBlank(byte(r)) {
				return -1
			}
			return r
		}, word)
	default:
		return word
	}
}

// peek returns the token behind the present one.
func (p *parser) peek() token {
	ahead := p.lexer
	return ahead.next()
}
