package spec

import "strings"

// operatorOf has the operators of one word or sign. The others begin with is.
var operatorOf = func() map[string]Op {
	m := map[string]Op{}
	for op := OpEq; int(op) < len(ops); op++ {
		if symbol := ops[op].symbol; !strings.Contains(symbol, " ") {
			m[symbol] = op
		}
	}
	return m
}()

// comparison reads a field, an operator and what the field is compared with.
func (p *parser) comparison() (part, *SyntaxError) {
	start := p.token.start
	field, bad := p.field()
	if bad != nil {
		return part{}, bad
	}
	op, not, bad := p.operator()
	if bad != nil {
		return part{}, bad
	}
	value, at := Null, p.token.start
	if op != OpIsNull {
		if value, bad = p.operand(op); bad != nil {
			return part{}, bad
		}
	}
	if bad := p.affordable(field, op, value, at); bad != nil {
		return part{}, bad
	}
	n := leafOf(field, op, value)
	if bad, ok := n.(Invalid); ok {
		if !isFieldName(field) {
			at = start
		}
		return part{}, refused(at, bad.Err)
	}
	leaf := p.single(start, n)
	if not {
		leaf = leaf.negated(start)
	}
	return leaf, nil
}

// field reads the name in front of an operator. A word of the language is a name
// where an operator follows it, unless it looks like a value.
func (p *parser) field() (string, *SyntaxError) {
	word := p.word()
	switch {
	case p.token.kind == tokenEnd && p.token.start == afterBlanks(p.text, 0):
		return "", p.unexpected("a specification", "write # for every row, !# for none")
	case p.token.kind != tokenWord && p.token.kind != tokenQuoted:
		return "", p.unexpected("a comparison", p.adviceForName())
	case p.token.kind == tokenWord && reserved[strings.ToLower(word)]:
		if otherValues[strings.ToLower(word)] != "" || !p.isOperator(p.peek()) {
			return "", p.unexpected("the name of a field", adviceForReserved(word))
		}
	}
	name := p.name()
	p.advance()
	return name, nil
}

// isOperator reports whether a token is, or begins, an operator.
func (p *parser) isOperator(t token) bool {
	text := p.text[t.start:t.end]
	if t.kind != tokenSymbol && t.kind != tokenWord {
		return false
	}
	return operatorOf[text] != 0 || t.kind == tokenWord && (text == "is" || text == "not")
}

// operator reads one, and whether its result is negated.
func (p *parser) operator() (op Op, not bool, bad *SyntaxError) {
	switch {
	case p.take("is"):
		not = p.take("not")
		if p.take("None") {
			return OpIsNull, not, nil
		}
		if !p.take("distinct") {
			return 0, false, p.unexpected("None or distinct from", "write is None, is not None, is distinct from, or == for equality")
		}
		if !p.take("from") {
			return 0, false, p.unexpected("from", "write is distinct from")
		}
		return OpDistinct, not, nil
	case p.take("not"):
		if !p.take("in") {
			return 0, false, p.unexpected("in", "write not in, or !( .. ) for any other negation")
		}
		return OpIn, true, nil
	case p.isOperator(p.token):
		op = operatorOf[p.word()]
		p.advance()
		return op, false, nil
	case p.token.kind == tokenWord:
		return 0, false, p.unexpected("an operator", adviceForOperator(p.word()))
	case p.token.kind == tokenEnd, p.at("&&"), p.at("||"), p.at(")"):
		return 0, false, p.unexpected("an operator", "a field alone is no condition: write field == True")
	}
	return 0, false, p.unexpected("an operator", "")
}

// affordable bounds what the patterns of a text cost together.
func (p *parser) affordable(field string, op Op, value Value, at int) *SyntaxError {
	if op != OpMatches || value.kind != KindString {
		return nil
	}
	cost, err := patternCost(value.str)
	if err != nil {
		return nil // which newLeaf says better
	}
	if p.patterns += cost; p.patterns > maxPattern {
		return refused(at, &FieldError{Field: field, Op: op, Reason: "the patterns of the text take too long to compile together", err: ErrPattern})
	}
	return nil
}
