package rolesql_test

import (
	"fmt"

	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolesql"
	"github.com/rolespec/rolespec/spec"
)

type claims struct {
	Account string   `json:"account"`
	Roles   []string `json:"roles"`
}

func (c claims) RoleNames() []string { return c.Roles }

func ExamplePolicies() {
	service := roles.MustService[claims](
		roles.Union(),
		roles.New("user", roles.AllowWhere("tasks", roles.Get, spec.Eq("account", spec.Var("account")))),
		roles.RestrictWhere("tasks", roles.AnyMethod, spec.IsNull("deleted_at")),
	)
	policies, err := rolesql.Policies(service, "tasks")
	if err != nil {
		fmt.Println(err)
	}
	for _, p := range policies[:3] {
		fmt.Println(p.Name, p.To, p.Restrictive, p.Using)
	}
	_, err = rolesql.Policies(roles.MustService[claims](roles.New("a"), roles.New("b")), "tasks")
	fmt.Println(err)
	// Output:
	// 001 permits SELECT [user] false account == $account
	// 002 needs claims SELECT [user] true #
	// 003 restricts SELECT [public] true deleted_at is None
	// rolesql: cannot be row security: the first permitting role decides, and PostgreSQL joins them all: use roles.Union
}
