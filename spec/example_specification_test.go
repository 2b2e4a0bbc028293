package spec_test

import (
	"errors"
	"fmt"
	"math"

	"github.com/rolespec/rolespec/spec"
)

func ExampleSpecification_And() {
	mine := spec.Eq("account_id", 7)
	show(mine.And(spec.Eq("status", "done")))
	show(mine) // has not changed
	// Output:
	// [2] where account_id == 7 && status == "done"
	// [1 2] where account_id == 7
}

func ExampleSpecification_Or() {
	show(spec.Eq("account_id", 7).Or(spec.IsNull("account_id")))
	// Output: [1 2 4] where account_id == 7 || account_id is None
}

func ExampleSpecification_Not() {
	show(spec.Eq("status", "done").Not())
	// Output: [1 3 4] where !(status == "done")
}

// A rule is a template: claims are filled in for each caller.
func ExampleSpecification_Bind() {
	template := spec.Eq("account_id", spec.Var("account")).And(spec.In("status", spec.Var("statuses")))
	claims := map[string]any{"account": 7, "statuses": []string{"open", "done"}}

	bound, err := template.Bind(func(name string) (spec.Value, bool) {
		value, err := spec.ValueOf(claims[name])
		return value, err == nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(template)
	show(bound)
	// Output:
	// account_id == $account && status in [$statuses]
	// [1 2] where account_id == 7 && status in ["open", "done"]
}

func ExampleSpecification_Vars() {
	s := spec.Eq("account_id", spec.Var("account")).Or(spec.Eq("owner", spec.Var("sub")))
	fmt.Println(s.Vars())
	// Output: [account sub]
}

func ExampleSpecification_IsTemplate() {
	fmt.Println(spec.Eq("account_id", spec.Var("account")).IsTemplate(), spec.Eq("account_id", 7).IsTemplate())
	// Output: true false
}

func ExampleSpecification_Equal() {
	a := spec.And(spec.Eq("id", 1), spec.And(spec.Eq("status", "open"), spec.All()))
	b := spec.Eq("id", int64(1)).And(spec.Eq("status", "open"))
	fmt.Println(a.Equal(b), a.Equal(b.Not()))
	// Output: true false
}

// An error is found where it is made, or wherever the specification is used.
func ExampleSpecification_Err() {
	s := spec.Or(spec.All(), spec.Lt("price", math.NaN()))
	fmt.Println(s.Err())
	_, err := spec.Filter(s, tasks)
	fmt.Println(errors.Is(err, spec.ErrValue))
	// Output:
	// spec: Lt("price"): a float that is not a finite number
	// true
}

func ExampleSpecification_IsAll() {
	fmt.Println(spec.Or(spec.Eq("id", 1), spec.All()).IsAll(), spec.NotNull("id").IsAll())
	// Output: true false
}

func ExampleSpecification_IsNone() {
	fmt.Println(spec.Or().IsNone(), spec.Specification{}.IsNone())
	// Output: true true
}

func ExampleSpecification_Leaves() {
	s := spec.And(spec.Eq("account_id", 7), spec.Not(spec.Eq("status", "done")))
	for leaf := range s.Leaves() {
		fmt.Println(leaf.Field, leaf.Op, leaf.Value)
	}
	// Output:
	// account_id Eq 7
	// status Eq "done"
}

// Whoever translates a specification walks its nodes. The default case is an
// error.
func ExampleSpecification_Node() {
	var walk func(n spec.Node) string
	walk = func(n spec.Node) string {
		switch n := n.(type) {
		case spec.Constant:
			return fmt.Sprint(bool(n))
		case spec.Leaf:
			return fmt.Sprintf("(%s %s %s)", n.Op.Symbol(), n.Field, n.Value)
		case spec.Negation:
			return "(not " + walk(n.Term()) + ")"
		case spec.Junction:
			text := "(" + n.Connective().String()
			for term := range n.Terms() {
				text += " " + walk(term)
			}
			return text + ")"
		case spec.Invalid:
			return n.Err.Error()
		}
		return "unknown node"
	}
	fmt.Println(walk(spec.Eq("id", 1).And(spec.Gt("id", 2).Or(spec.IsNull("name")).Not()).Node()))
	// Output: (and (== id 1) (not (or (> id 2) (is None name None))))
}

func ExampleSpecification_String() {
	fmt.Println(spec.Or(spec.Eq("name", `the "best"`), spec.And(spec.In("id", 1, 2), spec.IsNull("due on"))))
	// Output: name == "the \"best\"" || (id in [1, 2] && `due on` is None)
}

func ExampleSpecification_GoString() {
	fmt.Printf("%#v\n", spec.Eq("id", 1))
	// Output: spec{id == 1}
}
