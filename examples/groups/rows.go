package main

import "github.com/rolespec/rolespec/sqlspec"

// Group is what users and resources have in common, or have not.
type Group struct {
	ID          int64   `db:"id" json:"id"`
	Name        string  `db:"name" json:"name"`
	Description *string `db:"description" json:"description"`
}

// Resource is something that users want to use. Groups are those that it is shared with.
type Resource struct {
	ID     int64   `db:"id" json:"id"`
	Name   string  `db:"name" json:"name"`
	Groups []Share `db:"groups" json:"-"`
}

// Share is one of those groups, with its members.
type Share struct {
	GroupID int64    `db:"group_id"`
	Members []Member `db:"members"`
}

// Member is a user in a group.
type Member struct {
	GroupID int64  `db:"group_id"`
	UserID  string `db:"user_id"`
}

// User is somebody of another system. Groups are those that the user is in.
type User struct {
	ID     string       `db:"id" json:"userId"`
	Groups []Membership `db:"groups" json:"-"`
}

// Membership is one of those groups, with what is shared with it.
type Membership struct {
	GroupID   int64    `db:"group_id"`
	Resources []Shared `db:"resources"`
}

// Shared is a resource in a group.
type Shared struct {
	GroupID    int64 `db:"group_id"`
	ResourceID int64 `db:"resource_id"`
}

// The two links are tables of their own to the policy, and the group between them is not:
// what the two have in common is its id, which both of them hold.
var (
	groups = sqlspec.MustTable[Group]("groups", sqlspec.Strict())

	resources = sqlspec.MustTable[Resource]("resources", sqlspec.Strict(),
		sqlspec.ToMany("groups", shares, sqlspec.On("id", "resource_id")))
	shares = sqlspec.MustTable[Share]("shares", sqlspec.Strict(),
		sqlspec.ToMany("members", members, sqlspec.On("group_id", "group_id")))
	members = sqlspec.MustTable[Member]("memberships", sqlspec.Strict())

	// oneResource is for questions about the resource of a name: as a list, SQLite would read
	// all that the user may use before it looks for the name.
	oneResource = resources.ByKey()

	users = sqlspec.MustTable[User]("users", sqlspec.Strict(),
		sqlspec.ToMany("groups", memberships, sqlspec.On("id", "user_id")))
	memberships = sqlspec.MustTable[Membership]("memberships", sqlspec.Strict(),
		sqlspec.ToMany("resources", shared, sqlspec.On("group_id", "group_id")))
	shared = sqlspec.MustTable[Shared]("shares", sqlspec.Strict())
)
