package prove_test

import (
	"fmt"

	"github.com/rolespec/rolespec/internal/prove"
	"github.com/rolespec/rolespec/spec"
)

var tasks, _ = spec.NewSchema(
	spec.Field{Name: "owner_id", Kind: spec.KindInt},
	spec.Field{Name: "priority", Kind: spec.KindInt, Nullable: true},
)

// A rule that shows nobody anything: of null no comparison is true.
func ExampleNever() {
	rule := spec.MustParse(`priority > 3 && priority is None`)
	fmt.Println(prove.Never(rule, tasks))
	// Output: true
}

// A condition that looks as if it were none leaves out the rows that have null.
func ExampleAlways() {
	fmt.Println(prove.Always(spec.MustParse(`owner_id == 1 || owner_id != 1`), tasks))
	fmt.Println(prove.Always(spec.MustParse(`priority == 1 || priority != 1`), tasks))
	// Output:
	// true
	// false
}

// A grant that another one has already given, whoever the caller is.
func ExampleImplies() {
	urgent := spec.MustParse(`owner_id == $sub && priority > 3`)
	own := spec.MustParse(`owner_id == $sub`)
	fmt.Println(prove.Implies(urgent, own, tasks), prove.Implies(own, urgent, tasks))
	// Output: true false
}

// Two ways to write one rule, and one that only looks like it.
func ExampleEquivalent() {
	rule := spec.MustParse(`!(priority == 1)`)
	fmt.Println(prove.Equivalent(rule, spec.MustParse(`priority != 1`), tasks))
	fmt.Println(prove.Equivalent(rule, spec.MustParse(`priority is distinct from 1`), tasks))
	// Output:
	// true
	// false
}
