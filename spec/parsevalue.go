package spec

import (
	"encoding/base64"
	"strings"
)

// operand reads what a field is compared with: a value or another field.
func (p *parser) operand(op Op) (Value, *SyntaxError) {
	if p.token.kind == tokenQuoted || p.token.kind == tokenWord && !p.isReserved() {
		if !op.isComparison() {
			return Null, p.unexpected("a value", "a text stands in quotes; only == != < <= > >= and is distinct from compare two fields")
		}
		return p.usable(Ref(p.name()).value(), p.token.start)
	}
	if op == OpIn && p.at("(") {
		return Null, p.unexpected("a list", "lists stand in brackets: [1, 2]")
	}
	return p.value(0)
}

// value reads a value inside so many lists.
func (p *parser) value(depth int) (v Value, bad *SyntaxError) {
	start := p.token.start
	switch {
	case p.at("["):
		return p.list(depth + 1)
	case p.take("None"):
		return Null, nil
	case p.take("True"):
		return boolValue(true), nil
	case p.take("False"):
		return boolValue(false), nil
	case p.token.kind == tokenText:
		v = stringValue(unquote(p.word()))
	case p.token.kind == tokenNumber:
		v = numberValue(strings.TrimPrefix(p.word(), "+"))
	case p.token.kind == tokenVariable:
		v = Var(p.variable()).value()
	case p.token.kind == tokenWord && calls[p.word()] != 0:
		if v, bad = p.call(); bad != nil {
			return Null, bad
		}
	case p.token.kind == tokenWord && p.isReserved():
		return Null, p.unexpected("a value", adviceForReserved(p.word()))
	case p.token.kind == tokenWord || p.token.kind == tokenQuoted:
		return Null, p.unexpected("a value", "a list holds no fields; a text stands in quotes")
	default:
		return Null, p.unexpected("a value", "")
	}
	return p.usable(v, start)
}

// usable goes on behind the token, the last of a value, if there can be such a
// value.
func (p *parser) usable(v Value, start int) (Value, *SyntaxError) {
	if v.kind == kindInvalid {
		return Null, &SyntaxError{Offset: start, Reason: v.str, err: ErrValue}
	}
	p.advance()
	return v, nil
}

// list reads values between brackets. A comma may follow the last.
func (p *parser) list(depth int) (Value, *SyntaxError) {
	if depth > MaxDepth {
		return Null, tooDeep(p.token.start, "lists")
	}
	elements := make([]Value, 0, p.lists[0])
	p.lists = p.lists[1:]
	p.advance()
	for !p.at("]") {
		v, bad := p.value(depth)
		if bad != nil {
			return Null, bad
		}
		elements = append(elements, v)
		if !p.take(",") && !p.at("]") {
			return Null, p.unexpected("a , or the ] of the list", "")
		}
	}
	p.advance()
	return Value{kind: KindList, list: &elements}, nil
}

// variable returns the name behind the $.
func (p *parser) variable() string {
	name := p.word()[1:]
	if name[0] == '`' {
		return unquote(name)
	}
	return name
}

// calls are the kinds that have no literal, as kind("text").
var calls = map[string]Kind{
	"decimal": KindDecimal, "bytes": KindBytes, "time": KindTime, "date": KindDate, "uuid": KindUUID,
}

// call reads kind("text") up to its parenthesis. An unusable text makes an
// invalid value.
func (p *parser) call() (Value, *SyntaxError) {
	name := p.word()
	example := name + `("..")`
	p.advance()
	if !p.take("(") {
		return Null, p.unexpected("a parenthesis behind "+name, "write "+example+", or `"+name+"` for the field")
	}
	if p.token.kind != tokenText {
		return Null, p.unexpected("a text in quotes", "write "+example)
	}
	text := unquote(p.word())
	p.advance()
	if !p.at(")") {
		return Null, p.unexpected("a parenthesis behind the text", "write "+example)
	}
	if kind := calls[name]; kind != KindBytes {
		return parseAs(text, kind), nil
	}
	octets, err := base64.StdEncoding.Strict().DecodeString(text)
	if err != nil {
		return invalidValue("a text that is not base64"), nil
	}
	return bytesValue(octets), nil
}
