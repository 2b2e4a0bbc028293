package spec_test

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

type resource struct {
	Name   string
	Groups []string
	Folder string
	Owner  string
	Signer string
}

var resources = []resource{
	{Name: "Plan A", Groups: []string{"staff", "board"}, Folder: "eu.berlin", Owner: "ann", Signer: "bob"},
	{Name: "PLAN a", Groups: []string{"guests"}, Folder: "eu.b", Owner: "ann", Signer: "ann"},
	{Name: "Notes", Groups: nil, Folder: "eu.berlin.mitte", Owner: "bob", Signer: "ann"},
}

func showNames(s spec.Specification) {
	visible, err := spec.Filter(s, resources)
	fmt.Print(s, ":")
	for _, r := range visible {
		fmt.Print(" ", r.Name, ",")
	}
	fmt.Println(" error", err)
}

func ExampleOverlaps() {
	showNames(spec.Overlaps("groups", "board", "guests"))
	showNames(spec.Overlaps[string]("groups"))
	// Output:
	// groups overlaps ["board", "guests"]: Plan A, PLAN a, error <nil>
	// !#: error <nil>
}

func ExampleUnder() {
	showNames(spec.Under("folder", "eu.berlin"))
	// Output: folder under "eu.berlin": Plan A, Notes, error <nil>
}

func ExampleEqualFold() {
	showNames(spec.EqualFold("name", "plan A"))
	// Output: name equalfold "plan A": Plan A, PLAN a, error <nil>
}

func ExampleContainsFold() {
	showNames(spec.ContainsFold("name", "TES"))
	// Output: name containsfold "TES": Notes, error <nil>
}

func ExampleRef() {
	fourEyes := spec.Ne("owner", spec.Ref("signer"))
	showNames(fourEyes)
	// Output: owner != signer: Plan A, Notes, error <nil>
}

func ExampleReference_Field() {
	fmt.Println(spec.Ref("signer").Field())
	// Output: signer
}

func ExampleValue_Field() {
	fmt.Println(spec.Of(spec.Ref("signer")).Field())
	// Output: signer
}

func ExampleCompilePattern() {
	re, err := spec.CompilePattern("b|ab")
	fmt.Println(re.MatchString("abc"), re.MatchString("cab"), err)
	// Output: true false <nil>
}
