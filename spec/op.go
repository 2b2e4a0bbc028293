package spec

// Op is the operator of a [Leaf]. The zero Op is no operator.
type Op uint8

// The operators. Their meaning stands with the constructor of the same name.
const (
	OpEq Op = iota + 1
	OpNe
	OpLt
	OpLte
	OpGt
	OpGte
	OpDistinct
	OpIn
	OpIsNull
	OpContains
	OpHasPrefix
	OpHasSuffix
	OpMatches
	OpOverlaps
	OpUnder
	OpEqualFold
	OpContainsFold
)

// ops names every operator once: for the text form and for people.
var ops = [...]struct {
	name   string // the constructor, as errors call it
	symbol string // the text form, between field and value
}{
	OpEq:        {"Eq", "=="},
	OpNe:        {"Ne", "!="},
	OpLt:        {"Lt", "<"},
	OpLte:       {"Lte", "<="},
	OpGt:        {"Gt", ">"},
	OpGte:       {"Gte", ">="},
	OpDistinct:  {"Distinct", "is distinct from"},
	OpIn:        {"In", "in"},
	OpIsNull:    {"IsNull", "is None"},
	OpContains:  {"Contains", "contains"},
	OpHasPrefix: {"HasPrefix", "startswith"},
	OpHasSuffix: {"HasSuffix", "endswith"},
	OpMatches:   {"Matches", "matches"},
	OpOverlaps:  {"Overlaps", "overlaps"},
	OpUnder:     {"Under", "under"},

	OpEqualFold:    {"EqualFold", "equalfold"},
	OpContainsFold: {"ContainsFold", "containsfold"},
}

// String returns the name of the operator's constructor, such as "Eq".
func (o Op) String() string {
	if o == 0 || int(o) >= len(ops) {
		return "no operator"
	}
	return ops[o].name
}

// Symbol returns the operator as the text form writes it, such as "==".
func (o Op) Symbol() string {
	if o == 0 || int(o) >= len(ops) {
		return "?"
	}
	return ops[o].symbol
}

// isOrder reports whether the operator needs an order, not just equality.
func (o Op) isOrder() bool { return o >= OpLt && o <= OpGte }

// isText reports whether the operator looks inside a text.
func (o Op) isText() bool {
	switch o {
	case OpHasPrefix, OpHasSuffix, OpMatches, OpUnder, OpEqualFold, OpContainsFold:
		return true
	}
	return false
}

// isComparison reports whether the operator can compare two fields.
func (o Op) isComparison() bool { return o >= OpEq && o <= OpDistinct }

// holds reports whether a comparison with result c (negative, zero, positive)
// satisfies the operator. Only equality and order operators come here.
func (o Op) holds(c int) bool {
	switch o {
	case OpEq:
		return c == 0
	case OpNe:
		return c != 0
	case OpLt:
		return c < 0
	case OpLte:
		return c <= 0
	case OpGt:
		return c > 0
	case OpGte:
		return c >= 0
	}
	return false
}
