package main

import (
	"time"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/sqlspec"
)

// The rows as the policy, the database and the JSON of the answers have them: a field has
// one name in all three. The password is in no row, so no answer can show it.

// User is somebody who can log in. No UserRole is the role of a guest.
type User struct {
	Email       string     `json:"email"`
	IsActive    bool       `json:"is_active"`
	FullName    *string    `json:"full_name"`
	PhoneNumber *string    `json:"phone_number"`
	AccountID   *uuid.UUID `json:"account_id"`
	ID          uuid.UUID  `json:"id"`
	UserRole    *UserRole  `json:"user_role"`
	CreatedAt   time.Time  `json:"created_at"`
	UpdatedAt   time.Time  `json:"updated_at"`
}

// UserRole is the one role that a user has.
type UserRole struct {
	UserID uuid.UUID `json:"user_id"`
	RoleID uuid.UUID `json:"role_id"`
	Role   Role      `json:"role"`
}

// Role is a name for what its users may do, which the policy says.
type Role struct {
	Name        string    `json:"name"`
	Description string    `json:"description"`
	ID          uuid.UUID `json:"id"`
}

// Account is what users belong to: a tenant.
type Account struct {
	Name                    string     `json:"name"`
	Description             *string    `json:"description"`
	IsActive                bool       `json:"is_active"`
	PlanID                  *uuid.UUID `json:"plan_id"`
	CurrentSubscriptionEnds *time.Time `json:"current_subscription_ends"`
	ID                      uuid.UUID  `json:"id"`
	CreatedAt               time.Time  `json:"created_at"`
	UpdatedAt               time.Time  `json:"updated_at"`
}

// Assignment is that a user, who is in an account, has a role. It is what is decided
// about where a role is given or changed.
type Assignment struct {
	UserID    uuid.UUID  `json:"user_id"`
	AccountID *uuid.UUID `json:"account_id"`
	Role      string     `json:"role"`
}

// Where the rows are stored.
var (
	roleTable     = sqlspec.MustTable[Role]("roles", sqlspec.Strict())
	userRoleTable = sqlspec.MustTable[UserRole]("user_roles", sqlspec.Strict(),
		sqlspec.ToOne("role", roleTable, sqlspec.On("role_id", "id")))
	userTable = sqlspec.MustTable[User]("users", sqlspec.Strict(),
		sqlspec.ToOne("user_role", userRoleTable, sqlspec.On("id", "user_id")))
	accountTable = sqlspec.MustTable[Account]("accounts", sqlspec.Strict())
)

// roleName returns the role that the user has, if only by default.
func (u *User) roleName() string {
	if u.UserRole == nil {
		return Guest
	}
	return u.UserRole.Role.Name
}
