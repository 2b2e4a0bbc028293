package main

import (
	"database/sql"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// newUser is the body of a new user.
type newUser struct {
	Email       string      `json:"email"`
	Password    string      `json:"password"`
	FullName    *string     `json:"full_name"`
	PhoneNumber *string     `json:"phone_number"`
	IsActive    field[bool] `json:"is_active"`
	AccountID   *uuid.UUID  `json:"account_id"`
}

// user returns the row of a body that fits. The password is for the hash alone.
func (n newUser) user() (User, error) {
	var f fits
	u := User{ID: uuid.New(), Email: foldEmail(n.Email), FullName: n.FullName, PhoneNumber: n.PhoneNumber,
		IsActive: true, AccountID: n.AccountID, CreatedAt: now()}
	u.UpdatedAt = u.CreatedAt
	needed(&f, "is_active", &u.IsActive, n.IsActive)
	u.check(&f)
	f.password("password", n.Password)
	return u, f.done()
}

// check collects what cannot be stored.
func (u *User) check(f *fits) {
	f.email(u.Email)
	f.optionalText("full_name", u.FullName, maxText)
	f.optionalText("phone_number", u.PhoneNumber, maxPhone)
}

func (a *api) createUser(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[newUser](w, r)
	if err != nil {
		return err
	}
	u, err := body.user()
	if err != nil {
		return err
	}
	if err := roles.CheckInsert(rolehttp.Permission(r.Context()), &u); err != nil {
		return err
	}
	hash, err := a.passwords.hash(r.Context(), body.Password)
	if err != nil {
		return err
	}
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		return addUser(r.Context(), a.store.db, tx, &u, hash)
	})
	if err != nil {
		return taken(err, "The user with this username already exists in the system.")
	}
	return web.WriteJSON(w, http.StatusOK, u)
}
