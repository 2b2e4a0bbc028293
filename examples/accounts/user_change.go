package main

import (
	"database/sql"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// userChange is the body of a change. What is left out stays as it is.
type userChange struct {
	Email       field[string]    `json:"email"`
	FullName    field[string]    `json:"full_name"`
	PhoneNumber field[string]    `json:"phone_number"`
	IsActive    field[bool]      `json:"is_active"`
	AccountID   field[uuid.UUID] `json:"account_id"`
}

// apply writes the change into a user.
func (b userChange) apply(u *User) error {
	var f fits
	needed(&f, "email", &u.Email, b.Email)
	u.Email = foldEmail(u.Email)
	needed(&f, "is_active", &u.IsActive, b.IsActive)
	optional(&u.FullName, b.FullName)
	optional(&u.PhoneNumber, b.PhoneNumber)
	optional(&u.AccountID, b.AccountID)
	u.check(&f)
	return f.done()
}

func (a *api) changeUser(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[userChange](w, r)
	if err != nil {
		return err
	}
	return a.writeChanged(w, r, id, body.apply)
}

// selfChange is what users may say of themselves. Null is as if it were left out.
type selfChange struct {
	Email       *string `json:"email"`
	FullName    *string `json:"full_name"`
	PhoneNumber *string `json:"phone_number"`
}

func (b selfChange) apply(u *User) error {
	given := func(s *string) field[string] { return field[string]{s != nil, s} }
	return userChange{Email: given(b.Email), FullName: given(b.FullName), PhoneNumber: given(b.PhoneNumber)}.apply(u)
}

func (a *api) changeSelf(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[selfChange](w, r)
	if err != nil {
		return err
	}
	return a.writeChanged(w, r, c.Sub, body.apply)
}

// writeChanged changes a user as the permission of the request has it, and answers with
// the user as it is then.
func (a *api) writeChanged(w http.ResponseWriter, r *http.Request, id uuid.UUID, apply func(*User) error) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	var after User
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) (err error) {
		after, err = a.store.change(r.Context(), tx, c, rolehttp.Permission(r.Context()), id, apply)
		return err
	})
	if err != nil {
		return taken(err, "The user with this username already exists in the system.")
	}
	return web.WriteJSON(w, http.StatusOK, after)
}
