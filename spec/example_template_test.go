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

func ExampleArguments() {
	var args spec.Arguments
	args.Reset([]any{"first"}, 3, 2, 1)
	args.Text("acme")
	args.Text("ann")
	args.Int(1_000)
	fmt.Println(args.All()...)
	// Output: first acme ann 1000
}

func ExampleAppendShape() {
	shape := func(s spec.Specification) (string, []spec.Value) {
		key, values, _ := spec.AppendShape(make([]byte, 0, 64), make([]spec.Value, 0, 4), s)
		return string(key), values
	}
	acme, values := shape(spec.Eq("account_id", "acme"))
	other, _ := shape(spec.Eq("account_id", "other"))
	differs, _ := shape(spec.Ne("account_id", "acme"))
	fmt.Println(acme == other, acme == differs, values[0].Text())
	// Output: true false acme
}

func ExampleSpecification_AppendBound() {
	mine, _ := spec.NewTemplate(spec.Eq("account_id", spec.Var("account")).And(spec.Eq("owner", spec.Var("sub"))))
	visible, _ := mine.Bind(spec.Of("acme"), spec.Of("ann"))

	args, ok := visible.AppendBound(nil, []uint8{1, 0})
	fmt.Println(args, ok)
	// Output: [ann acme] true
}
