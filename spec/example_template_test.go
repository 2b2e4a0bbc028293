package spec_test

import (
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

// A rule that is bound for every request is prepared once.
func ExampleNewTemplate() {
	mine, err := spec.NewTemplate(spec.Eq("account_id", spec.Var("account")))
	if err != nil {
		fmt.Println(err)
		return
	}
	visible, err := mine.Bind(spec.Of(7))
	show(visible)
	fmt.Println(err)
	// Output:
	// [1 2] where account_id == 7
	// <nil>
}

func ExampleSpecification_Template() {
	mine, _ := spec.NewTemplate(spec.Eq("account_id", spec.Var("account")))
	visible, _ := mine.Bind(spec.Of(7))

	template, ok := visible.Template()
	fmt.Println(template.Open(), ok)
	_, ok = visible.And(spec.IsNull("done_at")).Template()
	fmt.Println(ok)
	// Output:
	// account_id == $account true
	// false
}

func ExampleSpecification_Bound() {
	mine, _ := spec.NewTemplate(spec.Eq("account_id", spec.Var("account")).And(spec.Eq("owner", spec.Var("sub"))))
	visible, _ := mine.Bind(spec.Of(7), spec.Of("ann"))

	for i, name := range mine.Vars() {
		fmt.Println(name, visible.Bound(i))
	}
	// Output:
	// account 7
	// sub "ann"
}

// A binder reads the values from the claims of a caller.
func ExampleNewBinder() {
	type claims struct {
		Subject string `json:"sub"`
		Account int64  `json:"account"`
	}
	mine, err := spec.NewBinder[claims](spec.Eq("account_id", spec.Var("account")))
	if err != nil {
		fmt.Println(err)
		return
	}
	visible, err := mine.Bind(&claims{Subject: "ann", Account: 7})
	show(visible)
	fmt.Println(err)

	_, err = spec.NewBinder[claims](spec.Eq("account_id", spec.Var("tenant")))
	fmt.Println(err)
	// Output:
	// [1 2] where account_id == 7
	// <nil>
	// spec: IsNull("tenant"): there is no such field
}

func ExampleAppendTexts() {
	args := spec.AppendTexts(nil, "acme", "ann")
	fmt.Println(len(args), args[0], args[1])
	// Output: 2 acme ann
}

func ExampleSpecification_AppendBound() {
	mine, _ := spec.NewTemplate(spec.Eq("account_id", spec.Var("account")).And(spec.Eq("owner", spec.Var("sub"))))
	visible, _ := mine.Bind(spec.Of("acme"), spec.Of("ann"))

	args, ok := visible.AppendBound(nil, []uint8{1, 0})
	fmt.Println(args, ok)
	// Output: [ann acme] true
}
