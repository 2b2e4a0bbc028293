package main

import (
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// overlap is the one rule of this service: two sides may use each other where they have a
// group in common. The side that is asked about has groups, the rows of each hold the far
// side, and one of them is it.
//
// It is a question about related rows, not Overlaps with a list of the caller's groups:
// that list would have to be read first, and a second statement would hold groups of one
// moment against those of another. So it is one statement, which reads two keys.
func overlap(farSide, key string, one spec.Variable) spec.Specification {
	return spec.Any("groups", spec.Any(farSide, spec.Eq(key, one)))
}

var usableByUser = overlap("members", "user_id", spec.Var("user"))

// access says what a side may use: the resources of a user, and the users of a resource.
// The yes or no about a user and a resource is the first, asked of the row of that name.
var access = roles.MustService[side](
	roles.New("user", roles.AllowWhere("resources", roles.Get, usableByUser)),
	roles.New("question", roles.AllowWhere("resources", roles.Get, usableByUser.And(spec.Eq("name", spec.Var("name"))))),
	roles.New("resource", roles.AllowWhere("users", roles.Get, overlap("resources", "resource_id", spec.Var("resource")))),
)

// side is a user or a resource, of whom the other side is asked.
type side struct {
	role     string
	User     string `json:"user"`
	Name     string `json:"name"` // of a resource that is asked for
	Resource int64  `json:"resource"`
}

// RoleNames implements roles.Payload.
func (s side) RoleNames() []string { return []string{s.role} }

// usable are the resources that a user may use.
func usable(user string) (spec.Specification, error) {
	return access.Verify(side{role: "user", User: user}, "resources", roles.Get)
}

// usableNamed is the resource of a name, for a user who may use it.
func usableNamed(q question) (spec.Specification, error) {
	return access.Verify(side{role: "question", User: q.user, Name: q.resource}, "resources", roles.Get)
}

// usersOf are the users who may use a resource.
func usersOf(resource int64) (spec.Specification, error) {
	return access.Verify(side{role: "resource", Resource: resource}, "users", roles.Get)
}

// Claims is what a token says of a writer.
type Claims struct {
	payload.Registered
	Groups []int64 `json:"groups"` // that a manager looks after
}

// The endpoints of writers. The rules of groups, memberships and shares are about the
// group that is written to.
const (
	groupsEndpoint      = "groups"
	membershipsEndpoint = "memberships"
	sharesEndpoint      = "shares"
	resourcesEndpoint   = "resources"
	usersEndpoint       = "users"
)

// writers says who may change what, where tokens are asked for: an admin everything, a
// manager who is in the groups of the token and what is shared with them.
var writers = roles.MustService[Claims](
	roles.New("admin", roles.AllowAll(roles.Everything)),
	roles.New("manager",
		roles.Allow(membershipsEndpoint, roles.AnyMethod, ownGroups),
		roles.Allow(sharesEndpoint, roles.AnyMethod, ownGroups)),
)

// ownGroups are the groups that the token names. None are no groups: In of nothing is no
// row.
func ownGroups(c Claims) spec.Specification { return spec.In("id", c.Groups...) }
