package lint_test

import (
	"fmt"

	"github.com/rolespec/rolespec/policy"
	"github.com/rolespec/rolespec/policy/lint"
)

func ExampleCheck() {
	p, err := policy.Parse("policy.yaml", []byte(`
rolespec: 1
claims: {account: string}
resources:
  tasks:
    fields: {id: int, account: string, level: int}
roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: GET
        rule: account == $account && level > 3 && level < 4
`))
	if err != nil {
		fmt.Println(err)
	}
	findings, err := lint.Check(p)
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range findings {
		fmt.Println(f)
	}
	// Output:
	// policy.yaml:10:9: warning: no row of GET "tasks" satisfies the rule account == $account && level > 3 && level < 4 [no-row]
}
