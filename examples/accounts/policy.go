package main

import (
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// The roles, from the one that may do all to the one of whoever has none.
const (
	SuperAdmin     = "SUPER_ADMIN"
	Admin          = "ADMIN"
	AccountAdmin   = "ACCOUNT_ADMIN"
	AccountManager = "ACCOUNT_MANAGER"
	Guest          = "GUEST"
)

// The endpoints of the policy. Profile and OwnAccount are what callers see of themselves,
// whatever their role.
const (
	Users      = "users"
	Profile    = "profile"
	UserRoles  = "user_roles"
	Accounts   = "accounts"
	OwnAccount = "own_account"
	Members    = "members" // to move users between accounts
	Passwords  = "passwords"
)

var (
	self      = spec.Eq("id", spec.Var("sub"))
	inAccount = spec.Eq("account_id", spec.Var("account"))
	thatOne   = spec.Eq("id", spec.Var("account"))

	// A user without a role is somebody else than a super admin: not any such role, and not
	// "!=", of which nothing is known where there is no role. SQL asks it as NOT EXISTS.
	ordinary = spec.Not(spec.Any("user_role", spec.Eq("role.name", SuperAdmin)))
	// Whom the admins of an account may change. Those who run the service may be
	// members of an account like others, and are not under its admins.
	underAccount = spec.Or(
		spec.IsNull("user_role.role.name"),
		spec.In("user_role.role.name", Guest, AccountManager, AccountAdmin))
	// The roles below that of the admins of an account.
	belowAccountAdmin = spec.In("role", Guest, AccountManager)
)

// policy says who may do what on which rows. It is the only place that does: lists are
// filtered by it in SQL, and each row that is read or written is held against it.
var policy = roles.MustService[Caller](
	roles.New(SuperAdmin, with(everybody,
		roles.AllowAll(roles.Everything))...),

	roles.New(Admin, with(everybody,
		roles.AllowWhere(Users, roles.AnyMethod, ordinary),
		roles.AllowWhere(Members, roles.Post, ordinary),
		roles.AllowWhere(UserRoles, roles.AnyMethod, spec.Ne("role", SuperAdmin)),
		roles.Allow(Accounts, roles.AnyMethod, roles.Everything),
		roles.Allow(Passwords, roles.Post, roles.Everything))...),

	roles.New(AccountAdmin, with(everybody,
		roles.AllowWhere(Users, roles.Get, inAccount),
		roles.AllowWhere(Users, roles.Put, inAccount.And(underAccount),
			roles.Columns("email", "full_name", "phone_number", "is_active")),
		roles.AllowWhere(UserRoles, roles.Post, inAccount.And(belowAccountAdmin)),
		roles.AllowWhere(UserRoles, roles.Put, inAccount.And(belowAccountAdmin)),
		roles.AllowWhere(Accounts, roles.Get, thatOne),
		roles.AllowWhere(Accounts, roles.Put, thatOne, roles.Columns("name", "description")))...),

	roles.New(AccountManager, with(everybody,
		roles.AllowWhere(Users, roles.Get, inAccount),
		roles.AllowWhere(Accounts, roles.Get, thatOne))...),

	roles.New(Guest, with(everybody,
		roles.AllowWhere(Users, roles.Get, self),
		roles.AllowWhere(Users, roles.Put, self, ownColumns),
		roles.AllowWhere(Accounts, roles.Get, thatOne))...),

	// Nobody gives a role to themselves, and nobody locks themselves out: there is always
	// a super admin who can log in.
	roles.RestrictWhere(UserRoles, roles.AnyMethod, spec.Ne("user_id", spec.Var("sub"))),
	roles.RestrictWhere(Users, roles.Put,
		spec.Or(spec.Ne("id", spec.Var("sub")), spec.Eq("is_active", true))),
)

// ownColumns is what users may change of themselves.
var ownColumns = roles.Columns("email", "full_name", "phone_number")

// everybody is what every role permits.
var everybody = []roles.Grant{
	roles.AllowWhere(Profile, roles.Get, self),
	roles.AllowWhere(Profile, roles.Put, self, ownColumns),
	// A function, because a caller without an account is no mistake here: the answer is null.
	roles.Allow(OwnAccount, roles.Get, func(c Caller) spec.Specification {
		if c.Account == nil {
			return spec.None()
		}
		return spec.Eq("id", *c.Account)
	}),
}

func with(common []roles.Grant, more ...roles.Grant) []roles.Grant {
	return append(append([]roles.Grant(nil), common...), more...)
}
