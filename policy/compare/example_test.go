package compare_test

import (
	"fmt"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/compare"
)

func ExampleRoles() {
	before, err := policy.Parse("before.yaml", []byte(`
rolespec: 1
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: account == $account && public == True}
`))
	if err != nil {
		fmt.Println(err)
	}
	after, err := policy.Parse("after.yaml", []byte(`
rolespec: 1
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: account == $account}
`))
	if err != nil {
		fmt.Println(err)
	}
	changes, err := compare.Roles(before, after)
	if err != nil {
		fmt.Println(err)
	}
	for _, c := range changes {
		fmt.Println(c)
	}
	// Output:
	// user: GET "tasks": widened: account == $account && public == True  =>  account == $account
}
