package spec_test

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

func ExampleEq() {
	show(spec.Eq("account_id", 7))
	// Output: [1 2] where account_id == 7
}

func ExampleNe() {
	show(spec.Ne("account_id", 7)) // the task of nobody stays hidden
	// Output: [3] where account_id != 7
}

func ExampleDistinct() {
	show(spec.Distinct("account_id", 7)) // the task of nobody is shown
	// Output: [3 4] where account_id is distinct from 7
}

func ExampleLt() {
	show(spec.Lt("price", 2.5))
	// Output: [2 4] where price < 2.5
}

func ExampleLte() {
	show(spec.Lte("price", spec.MustDecimal("2.50")))
	// Output: [1 2 4] where price <= decimal("2.5")
}

func ExampleGt() {
	show(spec.Gt("due_on", spec.Date{Year: 2024, Month: 7, Day: 1}))
	// Output: [4] where due_on > date("2024-07-01")
}

func ExampleGte() {
	show(spec.Gte("due_on", "2024-07-01")) // text is read as a date where the field is one
	// Output: [2 4] where due_on >= "2024-07-01"
}

func ExampleBetween() {
	show(spec.Between("id", 2, 3))
	show(spec.Between("id", 3, 2))
	// Output:
	// [2 3] where id >= 2 && id <= 3
	// [] where id >= 3 && id <= 2
}

func ExampleIn() {
	show(spec.In("account_id", 7, 8))
	show(spec.In[int]("account_id")) // of nothing: no row
	// Output:
	// [1 2 3] where account_id in [7, 8]
	// [] where !#
}

func ExampleNotIn() {
	show(spec.NotIn("account_id", 7, 9))
	show(spec.NotIn("account_id", spec.Of(7), spec.Null)) // the null may be anybody
	// Output:
	// [3] where !(account_id in [7, 9])
	// [] where !(account_id in [7, None])
}

func ExampleIsNull() {
	show(spec.IsNull("account_id"))
	// Output: [4] where account_id is None
}

func ExampleNotNull() {
	show(spec.NotNull("due_on"))
	// Output: [2 4] where !(due_on is None)
}

func ExampleContains() {
	show(spec.Contains("name", "ink"))    // a part of a text
	show(spec.Contains("labels", "home")) // an element of a list
	// Output:
	// [3] where name contains "ink"
	// [1 3] where labels contains "home"
}

func ExampleHasPrefix() {
	show(spec.HasPrefix("name", "buy "))
	// Output: [1 3] where name startswith "buy "
}

func ExampleHasSuffix() {
	show(spec.HasSuffix("name", "s"))
	// Output: [2 4] where name endswith "s"
}

func ExampleMatches() {
	show(spec.Matches("name", "buy|water")) // at the start
	show(spec.Matches("name", "^.*k$"))     // the whole
	// Output:
	// [1 3 4] where name matches "buy|water"
	// [1 3] where name matches "^.*k$"
}

func ExampleNewLeaf() {
	value, err := spec.ValueOf([]any{7, nil}) // as a decoder delivers it
	if err != nil {
		fmt.Println(err)
		return
	}
	show(spec.NewLeaf("account_id", spec.OpIn, value))
	fmt.Println(spec.NewLeaf("account_id", spec.Op(99), value).Err())
	// Output:
	// [1 2] where account_id in [7, None]
	// spec: no operator("account_id"): no such operator
}

func ExampleAnd() {
	show(spec.And(spec.Eq("status", "open"), spec.Eq("account_id", 7)))
	show(spec.And()) // no conditions
	// Output:
	// [1] where status == "open" && account_id == 7
	// [1 2 3 4] where #
}

func ExampleOr() {
	grants := []spec.Specification{}
	show(spec.Or(grants...)) // no grants
	grants = append(grants, spec.Eq("account_id", 8), spec.IsNull("account_id"))
	show(spec.Or(grants...))
	// Output:
	// [] where !#
	// [3 4] where account_id == 8 || account_id is None
}

func ExampleNot() {
	show(spec.Not(spec.Or(spec.Eq("account_id", 8), spec.Eq("status", "done"))))
	// Output: [1] where !(account_id == 8 || status == "done")
}

func ExampleAll() {
	show(spec.All())
	// Output: [1 2 3 4] where #
}

func ExampleNone() {
	show(spec.None())
	fmt.Println(spec.Specification{}.Equal(spec.None()))
	// Output:
	// [] where !#
	// true
}
