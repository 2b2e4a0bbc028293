package spec

// code says how a kernel tests the value of a column. Whatever is not codeDefinition is
// a shortcut: it reads the column as its Go type and never makes a Value of it. It must
// give what the condition gives; the tests hold the two against each other.
type code uint8

const (
	codeDefinition code = iota // the condition, of a Value
	codeMatch                  // two fields of the row
	codeNull                   // whether there is a value
	codeRange                  // integers, truth values, instants
	codeFloat
	codeMember // one of a list of integers
	codeEqual  // texts
	codeLess
	codeLessEqual
	codeListed // one of a list of texts
	codeContains
	codePrefix
	codeSuffix
	codePattern
	codeUnder
	codeOctets
)

// cost of a code, see [clause.cost].
func (c code) cost() int {
	switch c {
	case codeNull, codeRange, codeFloat, codeEqual, codePrefix, codeSuffix, codeOctets:
		return 0
	case codeMember, codeLess, codeLessEqual, codeListed, codeUnder:
		return 1
	case codeContains:
		return 2
	case codePattern, codeMatch, codeDefinition:
	}
	return 5
}

// codeFor returns the code for an operand of that kind.
func (k *kernel) codeFor(operand Kind) code {
	c := k.column
	switch {
	case c == nil || k.leaf.Op == OpDistinct:
		return codeDefinition
	case k.leaf.Op == OpIsNull:
		return nullCode(c.form)
	}
	list, order := operand == KindList, k.leaf.Op.isComparison()
	switch c.form {
	case formString:
		if c.field.Kind == KindString && (list || operand == KindString) {
			return textCode(k.leaf.Op)
		}
	case formInt, formUint:
		switch {
		case list && c.field.Kind == KindInt:
			return codeMember
		case order && (operand == KindInt || operand == KindUint):
			return codeRange
		}
	case formBool:
		if order && operand == KindBool {
			return codeRange
		}
	case formTime:
		if order && operand == KindTime {
			return codeRange
		}
	case formFloat:
		if order && operand == KindFloat {
			return codeFloat
		}
	case formOctets:
		if operand == KindUUID && (k.leaf.Op == OpEq || k.leaf.Op == OpNe) {
			return codeOctets
		}
	case formReflect, formBytes, formValuer:
	}
	return codeDefinition
}

// nullCode is a shortcut unless a value has to be asked whether it is null.
func nullCode(f form) code {
	switch f {
	case formBool, formInt, formUint, formFloat, formString, formBytes, formTime, formOctets:
		return codeNull
	case formReflect, formValuer:
	}
	return codeDefinition
}

func textCode(op Op) code {
	switch op {
	case OpEq, OpNe:
		return codeEqual
	case OpLt, OpGte: // not less
		return codeLess
	case OpLte, OpGt:
		return codeLessEqual
	case OpIn:
		return codeListed
	case OpContains:
		return codeContains
	case OpHasPrefix:
		return codePrefix
	case OpHasSuffix:
		return codeSuffix
	case OpMatches:
		return codePattern
	case OpUnder:
		return codeUnder
	case OpDistinct, OpIsNull, OpOverlaps, OpEqualFold, OpContainsFold:
	}
	return codeDefinition
}
