package spectest

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// List returns the list of these values, which can be null, as one value. It
// panics where [spec.ValueOf] fails.
func List(values ...any) spec.Value {
	if values == nil {
		values = []any{}
	}
	v, err := spec.ValueOf(values)
	if err != nil {
		panic(fmt.Sprintf("spectest: %v", err))
	}
	return v
}
