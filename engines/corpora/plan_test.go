package corpora_test

import (
	"bytes"
	"encoding/json"
	"strings"
)

// planCase is what a policy makes of a caller, an action and a kind of resource.
type planCase struct {
	ID   string
	Want struct {
		Kind      string
		Condition expression
	}
	Spec json.RawMessage // the plan as somebody else wrote it in our operators, null where they could not
}

// expression is a call, a variable or a constant. In a lambda the body comes
// before the names of its variables.
type expression struct {
	operator string
	operands []expression
	variable string
	constant any // with every number a json.Number
}

// UnmarshalJSON reads one of the three forms.
func (e *expression) UnmarshalJSON(data []byte) error {
	var raw struct {
		Expression struct {
			Operator string
			Operands []expression
		}
		Variable string
		Value    json.RawMessage
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*e = expression{operator: raw.Expression.Operator, operands: raw.Expression.Operands, variable: raw.Variable}
	if raw.Value == nil {
		return nil
	}
	return newDecoder(bytes.NewReader(raw.Value)).Decode(&e.constant)
}

// is reports whether the expression is a call of the operator.
func (e expression) is(operator string) bool { return e.operator == operator }

// attribute returns the name of the attribute that the expression is.
func (e expression) attribute() (name string, ok bool) {
	name, ok = strings.CutPrefix(e.variable, "request.resource.")
	if !ok {
		return "", false
	}
	return strings.TrimPrefix(name, "attr."), true
}

// isClosed reports whether the expression has no variable that is not its own.
// The second operand of get-field is a name and no variable.
func (e expression) isClosed() bool {
	if e.is("get-field") {
		return e.operands[0].isClosed()
	}
	for _, operand := range e.operands {
		if !operand.isClosed() {
			return false
		}
	}
	return e.variable == ""
}

// with returns the expression with a constant in place of a variable.
func (e expression) with(variable string, constant any) expression {
	if e.variable == variable {
		return expression{constant: constant}
	}
	operands := make([]expression, len(e.operands))
	for i, operand := range e.operands {
		operands[i] = operand.with(variable, constant)
	}
	e.operands = operands
	return e
}

// lambda returns the body of the lambda that is the second operand of a
// quantifier, and the names of its variables.
func (e expression) lambda() (body expression, names []string) {
	l := e.operands[1]
	for _, name := range l.operands[1:] {
		names = append(names, name.variable)
	}
	return l.operands[0], names
}

// text returns the operators and names of the expression, for messages.
func (e expression) text() string {
	switch {
	case e.operator != "":
		parts := []string{e.operator}
		for _, operand := range e.operands {
			parts = append(parts, operand.text())
		}
		return "(" + strings.Join(parts, " ") + ")"
	case e.variable != "":
		return e.variable
	}
	text, _ := json.Marshal(e.constant)
	return string(text)
}
