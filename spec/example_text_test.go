package spec_test

import (
	"errors"
	"fmt"

	"github.com/rolespec/rolespec/spec"
)

func ExampleParse() {
	s, err := spec.Parse(`account_id == $account && (public == True || owner in ["ann", 'bob',])`)
	fmt.Println(s, err)
	fmt.Println(s.Vars())
	// Output:
	// account_id == $account && (public == True || owner in ["ann", "bob"]) <nil>
	// [account]
}

// What a person wrote is better shown with the place.
func ExampleSyntaxError_Detail() {
	_, err := spec.Parse(`a == 1 || b == 2 && c == 3`)
	fmt.Println(err)
	var syntax *spec.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Print(syntax.Detail())
	}
	_, err = spec.Parse(`title startwith "x"`)
	fmt.Println(err)
	// Output:
	// spec: line 1, column 18: && and || mixed without parentheses; use parentheses: (a == 1 || b == 2) && .., or around what belongs together
	// line 1, column 18: && and || mixed without parentheses
	//     a == 1 || b == 2 && c == 3
	//                      ^
	// use parentheses: (a == 1 || b == 2) && .., or around what belongs together
	// spec: line 1, column 7: expected an operator, found startwith; did you mean startswith?
}

func ExampleMustParse() {
	mine := spec.MustParse(`owner == "ann" && signer != owner`)
	visible, err := spec.Filter(mine, resources)
	fmt.Println(visible, err)
	// Output: [{Plan A [staff board] eu.berlin ann bob}] <nil>
}

func ExampleFormat() {
	s := spec.MustParse(`account == $account && (public == True || owner in ["ann", "bob"] || any comments (author == $sub))`)
	fmt.Println(spec.Format(s, 40))
	// Output:
	// account == $account
	// && (
	//   public == True
	//   || owner in ["ann", "bob"]
	//   || any comments (author == $sub)
	// )
}
