package spec_test

import (
	"fmt"
	"net/url"

	"github.com/rolespec/rolespec/spec"
)

// What callers may filter and sort members of staff by. Their salary is not in it.
var filterable = []string{"name", "age", "office.city"}

func ExampleFromLookups() {
	wanted, err := spec.FromLookups(map[string]any{"age__gte": 18, "office__city__in": []string{"Rome", "Oslo"}}, filterable...)
	fmt.Println(wanted, err)

	visible := spec.Eq("account", 7)
	fmt.Println(spec.And(visible, wanted))

	wanted, err = spec.FromLookups(map[string]any{"salary__gte": 100_000}, filterable...)
	fmt.Println(wanted, err)
	// Output:
	// age >= 18 && office.city in ["Rome", "Oslo"] <nil>
	// account == 7 && age >= 18 && office.city in ["Rome", "Oslo"]
	// !# spec: lookup "salary__gte": not a field to filter or sort by, or no operator
}

func ExampleFromQuery() {
	type office struct{ City string }
	type person struct {
		Name   string
		Age    int
		Salary int
		Office *office
	}
	people, err := spec.SchemaOf[person]()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{"age__gte=18&name__in=ann&name__in=bob", "office__city=Rome", "", "age__gte=x", "salary=1"} {
		query, err := url.ParseQuery(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		wanted, err := spec.FromQuery(query, people, filterable...)
		fmt.Println(wanted, err)
	}
	// Output:
	// age >= 18 && name in ["ann", "bob"] <nil>
	// office.city == "Rome" <nil>
	// # <nil>
	// !# spec: lookup "age__gte": a text that is not a number
	// !# spec: lookup "salary": not a field to filter or sort by, or no operator
}

func ExampleSortKeys() {
	keys, err := spec.SortKeys([]string{"-age", "office__city"}, filterable...)
	fmt.Println(keys, err)

	keys, err = spec.SortKeys([]string{"salary"}, filterable...)
	fmt.Println(keys, err)
	// Output:
	// [{age true} {office.city false}] <nil>
	// [] spec: lookup "salary": not a field to filter or sort by, or no operator
}
