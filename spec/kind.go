package spec

// Kind says what a [Value] or a [Field] holds. Kinds never mix: a comparison of
// two kinds is refused where the field's kind is known, and unknown where it is
// not. Numbers are the exception, and compare by what they are worth.
type Kind uint8

// The kinds. The zero Kind is null.
const (
	KindNull Kind = iota
	KindBool
	KindInt      // a 64-bit signed integer
	KindUint     // a 64-bit unsigned integer; as a value, one above the largest int64
	KindFloat    // a finite IEEE 754 double
	KindDecimal  // see Decimal
	KindString   // UTF-8 text, compared by its bytes
	KindBytes    // bytes
	KindTime     // an instant, to the microsecond
	KindDate     // a day of the calendar, see Date
	KindUUID     // 16 octets, RFC 9562
	KindList     // a list of values
	KindVariable // a claim that is not filled in yet, see Var
	KindField    // another field of the same row, see Ref
	kindInvalid  // carries the reason in its text
	kindOther    // something present that no operator can look into
)

var kindNames = [...]string{
	KindNull: "null", KindBool: "bool", KindInt: "int", KindUint: "uint",
	KindFloat: "float", KindDecimal: "decimal", KindString: "string",
	KindBytes: "bytes", KindTime: "time", KindDate: "date", KindUUID: "uuid",
	KindList: "list", KindVariable: "variable", KindField: "field", kindInvalid: "invalid value",
	kindOther: "object",
}

// String returns the name of the kind in lower case, such as "int".
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return "no kind"
	}
	return kindNames[k]
}

func (k Kind) isNumber() bool { return k >= KindInt && k <= KindDecimal }

func (k Kind) withArticle() string {
	if k == KindInt {
		return "an int"
	}
	return "a " + k.String()
}
