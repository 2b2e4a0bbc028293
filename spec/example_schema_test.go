package spec_test

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// Rows that lead to each other: each kind of row is called by its name.
func ExampleNewSchemas() {
	schemas, err := spec.NewSchemas(map[string]spec.Rows{
		"tasks": {
			Fields:    []spec.Field{{Name: "id", Kind: spec.KindInt}},
			Relations: []spec.Link{{Name: "owner", To: "users", One: true}},
		},
		"users": {
			Fields:    []spec.Field{{Name: "name", Kind: spec.KindString}},
			Relations: []spec.Link{{Name: "tasks", To: "tasks"}},
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(schemas["tasks"].Check(spec.MustParse(`owner.name == "ann" && any owner.tasks (id > 3)`), nil))
	fmt.Println(schemas["users"].Check(spec.MustParse(`any tasks (title == "x")`), nil))
	// Output:
	// <nil>
	// spec: Eq("tasks.title"): there is no such field
}

func ExampleParseType() {
	for _, text := range []string{"int", "time?", "[string]", "number"} {
		f, err := spec.ParseType(text)
		fmt.Println(f.Kind, f.List, f.Nullable, err)
	}
	// Output:
	// int false false <nil>
	// time false true <nil>
	// string true false <nil>
	// null false false spec: there is no type "number": they are bool, int, uint, float, decimal, string, bytes, time, date, uuid
}

func ExampleTypeNames() {
	fmt.Println(spec.TypeNames()[:3])
	// Output:
	// [bool int uint]
}
