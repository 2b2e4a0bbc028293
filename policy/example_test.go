package policy_test

import (
	"context"
	"errors"
	"fmt"
	"testing/fstest"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/policy"
)

// access is who may do what with the tasks of an account.
const access = `
rolespec: 1
claims: {sub: string, account: string}
resources:
  tasks:
    fields: {id: int, account: string, created_by: string}
restrict:
  - endpoint: "*"
    rule: account == $account
roles:
  - name: user
    allow:
      - endpoint: tasks
        methods: [GET, PUT]
        rule: created_by == $sub
`

func ExampleNewService() {
	type Claims struct {
		payload.Registered
		Account string `json:"account"`
	}
	p, err := policy.Parse("access.yaml", []byte(access))
	if err != nil {
		fmt.Println(err)
		return
	}
	service, err := policy.NewService[Claims](p)
	if err != nil {
		fmt.Println(err)
		return
	}
	ann := Claims{payload.Registered{Subject: "ann", Roles: []string{"user"}}, "a1"}
	visible, err := service.Verify(ann, "tasks", "GET")
	fmt.Println(visible, err)
	_, err = service.Verify(ann, "tasks", "DELETE")
	fmt.Println(err)
	// Output:
	// created_by == "ann" && account == "a1" <nil>
	// roles: forbidden: DELETE "tasks": no role of the caller permits it
}

func ExampleLoad() {
	service, err := policy.Load[policy.Claims]("testdata/tasks.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	admin := policy.Claims{"sub": "eve", "account": "a1", "roles": []string{"admin"}}
	fmt.Println(service.Verify(admin, "tasks", "GET"))
	// Output:
	// deleted_at is None && account == "a1" <nil>
}

func ExampleErrors_Detail() {
	_, err := policy.Parse("access.yaml", []byte(`rolespec: 1
claims: {account: string}
roles:
  - name: user
    alow: []
    allow:
      - endpoint: tasks
        methods: GET
        rule: public == True || account == $acount
`))
	var all policy.Errors
	if errors.As(err, &all) {
		fmt.Print(all.Detail())
	}
	// Output:
	// access.yaml:5:5: there is no key "alow" here
	//         alow: []
	//         ^
	//     did you mean allow?
}

func ExampleWatch() {
	files := fstest.MapFS{"access.yaml": {Data: []byte(access)}}
	live, err := policy.Watch[policy.Claims](context.Background(), policy.FS(files, "access.yaml"),
		policy.Interval(time.Minute),
		policy.OnChange(func(before, now policy.Status) { fmt.Println("in force:", now.Err == nil) }))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer live.Close()

	// A text that is no policy changes nothing.
	files["access.yaml"] = &fstest.MapFile{Data: []byte("rolespec: 2\n")}
	fmt.Println(live.Reload(context.Background()))
	ann := policy.Claims{"sub": "ann", "account": "a1", "roles": []string{"user"}}
	fmt.Println(live.Verify(ann, "tasks", "GET"))
	// Output:
	// in force: true
	// in force: false
	// access.yaml:1:1: the key roles is missing
	// access.yaml:1:11: the version of the format is 1; write rolespec: 1
	// created_by == "ann" && account == "a1" <nil>
}
