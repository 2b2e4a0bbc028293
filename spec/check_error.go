package spec

import (
	"errors"
	"fmt"
	"strings"
)

// ErrCheck is wrapped by every *CheckError.
var ErrCheck = errors.New("spec: row does not satisfy the specification")

// CheckError says why a row does not satisfy a specification: what would have to
// be otherwise for it to do so. It names fields, relations and operators and holds
// no value, neither of the row nor of the specification; see [Matcher.Explain] for
// those.
type CheckError struct {
	// Failures are the parts that are not true, from left to right. Of terms
	// joined by And they are those that fail; of terms joined by Or, where none is
	// true, all of them, though one would do. There are none where no row could
	// satisfy the specification, and where there is no row.
	Failures []CheckFailure
}

// CheckFailure is one comparison, or one question about related rows, that is not
// true of a row.
type CheckFailure struct {
	Field    string     // or the relation
	Op       Op         // zero for a relation
	Quantity Quantifier // of a relation
	Negated  bool       // the specification asks for the opposite
	Truth    Truth      // as the specification asks for it: False or Unknown
	Reason   string     // why it is Unknown, else empty
}

// maxFailures is how many failures the text of an error names: a list of rules may
// be long, a line of a log should not be.
const maxFailures = 10

// Error returns a sentence for a log.
func (e *CheckError) Error() string {
	if len(e.Failures) == 0 {
		return ErrCheck.Error() + ": there is no row, or none could"
	}
	var b strings.Builder
	b.WriteString(ErrCheck.Error())
	separator := ": "
	for _, f := range e.Failures[:min(len(e.Failures), maxFailures)] {
		b.WriteString(separator)
		b.WriteString(f.String())
		separator = ", "
	}
	if more := len(e.Failures) - maxFailures; more > 0 {
		fmt.Fprintf(&b, " and %d more", more)
	}
	return b.String()
}

// Unwrap returns [ErrCheck].
func (e *CheckError) Unwrap() error { return ErrCheck }

// String returns the failure in a few words, such as `Eq("account_id") is false`.
func (f CheckFailure) String() string {
	name := f.Op.String()
	if f.Op == 0 {
		name = f.Quantity.String()
	}
	text := fmt.Sprintf("%s(%q) is %v", name, f.Field, f.Truth)
	if f.Negated {
		text = fmt.Sprintf("not %s(%q) is %v", name, f.Field, f.Truth)
	}
	if f.Reason != "" {
		text += " (" + f.Reason + ")"
	}
	return text
}
