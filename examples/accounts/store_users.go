package main

import (
	"context"
	"database/sql"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

// selectUsers reads users with their roles, in the order in which they came.
func selectUsers(db *database.DB) sq.SelectBuilder {
	return db.SQL.Select("users.email", "users.is_active", "users.full_name", "users.phone_number",
		"users.account_id", "users.id", "users.created_at", "users.updated_at",
		"r.id", "r.name", "r.description").
		From(userTable.From()).
		LeftJoin("user_roles ur ON ur.user_id = users.id").
		LeftJoin("roles r ON r.id = ur.role_id").
		OrderBy("users.created_at", "users.id")
}

func scanUser(row database.Scanner) (User, error) {
	var u User
	var created, updated instant
	var roleID *uuid.UUID
	var name, description *string
	err := row.Scan(&u.Email, &u.IsActive, &u.FullName, &u.PhoneNumber, &u.AccountID, &u.ID,
		&created, &updated, &roleID, &name, &description)
	u.CreatedAt, u.UpdatedAt = created.time(), updated.time()
	if roleID != nil && name != nil && description != nil {
		u.UserRole = &UserRole{UserID: u.ID, RoleID: *roleID,
			Role: Role{ID: *roleID, Name: *name, Description: *description}}
	}
	return u, err
}

// users returns a page of the users that a specification shows.
func (s *store) users(ctx context.Context, visible spec.Specification, page web.Page) ([]User, error) {
	return database.All(ctx, s.db, selectPage(s.db, visible, page), scanUser)
}

func selectPage(db *database.DB, visible spec.Specification, page web.Page) sq.SelectBuilder {
	return selectUsers(db).Where(userTable.Where(visible, db.Dialect)).
		Limit(uint64(page.Limit)).Offset(uint64(page.Skip))
}

// findUser returns one user, whoever asks: the caller holds it against the policy.
func findUser(ctx context.Context, db *database.DB, q database.Queryer, id uuid.UUID) (User, error) {
	u, err := database.One(ctx, q, selectUsers(db).Where(sq.Eq{"users.id": id.String()}), scanUser)
	return u, missing(err)
}

// addUser stores a new user with the hash of the password.
func addUser(ctx context.Context, db *database.DB, tx *sql.Tx, u *User, hash string) error {
	_, err := database.Exec(ctx, tx, db.SQL.Insert("users").SetMap(map[string]any{
		"id": u.ID.String(), "email": u.Email, "full_name": u.FullName, "phone_number": u.PhoneNumber,
		"hashed_password": hash, "is_active": u.IsActive, "account_id": u.AccountID,
		"created_at": stored(db, &u.CreatedAt), "updated_at": stored(db, &u.UpdatedAt),
	}))
	return err
}

// changeUser stores what may change of a user. The rows are named once more, so that SQL
// and memory have to agree before anything is written.
func changeUser(ctx context.Context, db *database.DB, tx *sql.Tx, u *User, rows spec.Specification) error {
	return database.ExecOne(ctx, tx, db.SQL.Update("users").SetMap(map[string]any{
		"email": u.Email, "full_name": u.FullName, "phone_number": u.PhoneNumber,
		"is_active": u.IsActive, "account_id": u.AccountID, "updated_at": stored(db, &u.UpdatedAt),
	}).Where(sq.Eq{"id": u.ID.String()}).Where(userTable.Where(rows, db.Dialect)))
}
