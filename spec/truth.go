package spec

// Truth is a value of Kleene's three-valued logic, the logic of a SQL WHERE.
// The zero Truth is Unknown, which makes no row visible.
type Truth int8

// The order False < Unknown < True makes conjunction a minimum and disjunction
// a maximum.
const (
	False   Truth = -1
	Unknown Truth = 0
	True    Truth = 1
)

// And returns the conjunction of t and u.
func (t Truth) And(u Truth) Truth { return min(t, u) }

// Or returns the disjunction of t and u.
func (t Truth) Or(u Truth) Truth { return max(t, u) }

// Not returns the negation of t. Not Unknown is Unknown.
func (t Truth) Not() Truth { return -t }

// String returns "true", "false" or "unknown".
func (t Truth) String() string {
	switch {
	case t > 0:
		return "true"
	case t < 0:
		return "false"
	}
	return "unknown"
}

func truthOf(b bool) Truth {
	if b {
		return True
	}
	return False
}
