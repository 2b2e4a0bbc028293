package policytest_test

import (
	"fmt"
	"testing/fstest"

	"github.com/rolespec/rolespec/policy/policytest"
)

func ExampleLoadFS() {
	fsys := fstest.MapFS{
		"policy.yaml": {Data: []byte(`
rolespec: 1
claims: {sub: string, roles: [string]}
resources:
  tasks: {fields: {id: int, created_by: string, public: bool}}
roles:
  - name: user
    allow:
      - {endpoint: tasks, methods: GET, rule: public == True}
`)},
		"policy.test.yaml": {Data: []byte(`
policy: policy.yaml
callers:
  ann: {sub: ann, roles: [user]}
rows:
  tasks:
    - {id: 1, created_by: ann, public: false}
    - {id: 2, created_by: bob, public: true}
    - {id: 3, created_by: bob, public: false}
cases:
  - name: ann sees her own and what is public
    caller: ann
    endpoint: tasks
    methods: GET
    visible: [1, 2]
`)},
	}
	suite, err := policytest.LoadFS(fsys, "policy.test.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(suite.Run())
	// Output:
	// FAIL  ann sees her own and what is public    policy.test.yaml:11:5
	//     row 1 is hidden, and should be visible    policy.test.yaml:15:14
	//         false    public == True    (it is False)
	//     asked by         ann: GET tasks
	//     decided by       user (policy.yaml:9:9)
	//
	// policy.test.yaml: 0 passed, 1 failed
}
