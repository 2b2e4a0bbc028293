package spec_test

import (
	"errors"
	"fmt"
	"slices"

	"github.com/rolespec/rolespec/spec"
)

// Task is a row as an application has it.
type Task struct {
	ID        int
	AccountID *int // nil: a task of nobody
	Name      string
	Status    string `spec:"status,enum=open|done"`
	Labels    []string
	DueOn     *spec.Date
	Price     spec.Decimal
}

var tasks = []Task{
	{ID: 1, AccountID: ptr(7), Name: "buy milk", Status: "open", Labels: []string{"home"}, Price: spec.MustDecimal("2.50")},
	{ID: 2, AccountID: ptr(7), Name: "file taxes", Status: "done", DueOn: &spec.Date{Year: 2024, Month: 7, Day: 1}},
	{ID: 3, AccountID: ptr(8), Name: "buy ink", Status: "open", Labels: []string{"office", "home"}, Price: spec.MustDecimal("40")},
	{ID: 4, Name: "water plants", Status: "open", DueOn: &spec.Date{Year: 2024, Month: 12, Day: 24}},
}

// show prints the ids of the tasks that s matches.
func show(s spec.Specification) {
	visible, err := spec.Filter(s, tasks)
	if err != nil {
		fmt.Println(err)
		return
	}
	ids := []int{}
	for _, task := range visible {
		ids = append(ids, task.ID)
	}
	fmt.Println(ids, "where", s)
}

func Example() {
	mine := spec.Eq("account_id", 7)
	open := spec.Eq("status", "open")

	visible, err := spec.Filter(mine.And(open), tasks)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, task := range visible {
		fmt.Println(task.ID, task.Name)
	}
	// Output: 1 buy milk
}

// A null, or a claim that a caller does not have, never makes a row visible, not
// even under Not.
func Example_unknown() {
	show(spec.Eq("account_id", 7))
	show(spec.Not(spec.Eq("account_id", 7)))
	show(spec.Eq("account_id", spec.Null))
	show(spec.IsNull("account_id"))
	// Output:
	// [1 2] where account_id == 7
	// [3] where !(account_id == 7)
	// [] where account_id == None
	// [4] where account_id is None
}

func ExampleCompile() {
	matcher, err := spec.Compile[Task](spec.HasPrefix("name", "buy"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(matcher.Match(&tasks[0]), matcher.Match(&tasks[1]))
	// Output: true false
}

// Whatever is wrong is an error before any row is read.
func ExampleCompile_errors() {
	for _, s := range []spec.Specification{
		spec.Eq("acount_id", 7), spec.Eq("account_id", "seven"), spec.Not(spec.Eq("status", "opne")), spec.Matches("name", "("), spec.Eq("account_id", spec.Var("account")),
	} {
		_, err := spec.Compile[Task](s)
		fmt.Println(err)
	}
	// Output:
	// spec: Eq("acount_id"): there is no such field
	// spec: Eq("account_id"): a string cannot be compared with an int
	// spec: Eq("status"): the enum has no such label
	// spec: Matches("name"): the pattern is not RE2: missing closing )
	// spec: variable "account" is not bound
}

func ExampleFilter() {
	visible, err := spec.Filter(spec.Contains("labels", "home"), tasks)
	fmt.Println(len(visible), err)
	// Output: 2 <nil>
}

// Rows without a type, as a JSON decoder makes them.
func ExampleFilter_maps() {
	rows := []map[string]any{
		{"id": 1.0, "owner": map[string]any{"name": "ann"}},
		{"id": 2.0, "owner": map[string]any{"name": "bob"}},
		{"id": 3.0},
	}
	visible, err := spec.Filter(spec.Ne("owner.name", "ann"), rows)
	fmt.Println(visible, err)
	// Output: [map[id:2 owner:map[name:bob]]] <nil>
}

func ExampleMatch() {
	ok, err := spec.Match(spec.Eq("account_id", 8), &tasks[2])
	fmt.Println(ok, err)
	// Output: true <nil>
}

func ExampleMatcher_Match() {
	matcher, err := spec.Compile[*Task](spec.Eq("id", 1))
	if err != nil {
		fmt.Println(err)
		return
	}
	first, nobody := &tasks[0], (*Task)(nil)
	fmt.Println(matcher.Match(&first), matcher.Match(&nobody))
	// Output: true false
}

func ExampleMatcher_Filter() {
	matcher, err := spec.Compile[Task](spec.Lt("id", 3))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(matcher.Filter(tasks)), len(matcher.Filter(nil)))
	// Output: 2 0
}

func ExampleMatcher_Seq() {
	matcher, err := spec.Compile[Task](spec.Eq("status", "open"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for task := range matcher.Seq(slices.Values(tasks)) {
		fmt.Println(task.Name)
	}
	// Output:
	// buy milk
	// buy ink
	// water plants
}

func ExampleMatcher_Explain() {
	s := spec.And(spec.Eq("account_id", 7), spec.Not(spec.Eq("status", "done")))
	matcher, err := spec.Compile[Task](s)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(matcher.Explain(&tasks[3]))
	// Output:
	// unknown  account_id == 7    (the row has no value here)
	// false    status == "done"    (it is "open")
	// unknown  not visible
}

func ExampleMatcher_Truth() {
	matcher, err := spec.Compile[Task](spec.Gt("due_on", "2024-07-31"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range tasks {
		fmt.Println(tasks[i].ID, matcher.Truth(&tasks[i]))
	}
	// Output:
	// 1 unknown
	// 2 false
	// 3 unknown
	// 4 true
}

func ExampleFieldError() {
	_, err := spec.Compile[Task](spec.Lt("status", "open"))
	var fieldErr *spec.FieldError
	if errors.As(err, &fieldErr) {
		fmt.Println(fieldErr.Field, fieldErr.Op, errors.Is(err, spec.ErrType))
		fmt.Println(fieldErr.Reason)
	}
	// Output:
	// status Lt true
	// the labels of an enum have no order
}

func ExampleUnboundError() {
	template := spec.Eq("account_id", spec.Var("account"))
	_, err := template.Bind(func(string) (spec.Value, bool) { return spec.Null, false })
	var unbound *spec.UnboundError
	fmt.Println(errors.As(err, &unbound), unbound.Name, errors.Is(err, spec.ErrUnbound))
	// Output: true account true
}
