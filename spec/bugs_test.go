package spec_test

import (
	"testing"

	"github.com/rolespec/rolespec/spec"
)

// Every test here fails for a fault in the package. Once it is mended, the test
// belongs in the file of its theme.

// DecimalOf makes numbers that no Decimal may be (more than 400 digits after the
// point: ParseDecimal refuses their text), and panics in strings.Repeat for a
// number of digits that is far out.
// Fix: bound digits by maxDigits (and say so), or panic as MustDecimal does.
func TestBugDecimalOfManyDigits(t *testing.T) {
	for _, digits := range []int{401, 5000, 1 << 60} {
		mustNotPanic(t, func() {
			d := spec.DecimalOf(1, digits)
			if _, err := spec.ParseDecimal(d.String()); err != nil {
				t.Errorf("%d digits: %v", digits, err)
			}
		})
	}
}
