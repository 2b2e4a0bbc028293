package spec_test

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

type member struct {
	UserID string
	Role   string
}

type space struct {
	Name    string
	Owner   *member
	Members []member
}

var spaces = []space{
	{Name: "garden", Owner: &member{UserID: "ann"}, Members: []member{{"ann", "admin"}, {"bob", "guest"}}},
	{Name: "cellar", Owner: &member{UserID: "bob"}, Members: []member{{"bob", "admin"}}},
	{Name: "attic"},
}

func showSpaces(s spec.Specification) {
	visible, err := spec.Filter(s, spaces)
	fmt.Print(s, ":")
	for _, r := range visible {
		fmt.Print(" ", r.Name)
	}
	fmt.Println(" error", err)
}

func ExampleAny() {
	showSpaces(spec.Any("members", spec.Eq("user_id", "bob").And(spec.Eq("role", "admin"))))
	showSpaces(spec.Not(spec.Any("members", spec.Eq("user_id", "ann"))))
	// Output:
	// any members (user_id == "bob" && role == "admin"): cellar error <nil>
	// !(any members (user_id == "ann")): cellar attic error <nil>
}

func ExampleEvery() {
	showSpaces(spec.Every("members", spec.Eq("role", "admin")))
	// Output: every members (role == "admin"): cellar attic error <nil>
}

// The fields of one related row are reached by a dot. Where there is no such row
// they are null.
func ExampleEq_relation() {
	showSpaces(spec.Eq("owner.user_id", "ann"))
	showSpaces(spec.Ne("owner.user_id", "ann"))
	showSpaces(spec.IsNull("owner.user_id"))
	// Output:
	// owner.user_id == "ann": garden error <nil>
	// owner.user_id != "ann": cellar error <nil>
	// owner.user_id is None: attic error <nil>
}

func ExampleSchema_Relate() {
	person, err := spec.NewSchema(spec.Field{Name: "name", Kind: spec.KindString})
	if err != nil {
		fmt.Println(err)
		return
	}
	tree, err := person.Relate(spec.Relation{Name: "parent", One: true}, spec.Relation{Name: "friends", Rows: person})
	fmt.Println(err)
	field, ok := tree.Field("parent.parent.name")
	fmt.Println(field.Name, field.Kind, field.Nullable, ok)
	_, err = tree.Resolve(spec.Eq("friends.name", "ann"))
	fmt.Println(err)
	// Output:
	// <nil>
	// parent.parent.name string true true
	// spec: Eq("friends.name"): leads through many rows: ask Any or Every
}
