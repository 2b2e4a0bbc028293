package main

import (
	"context"
	"database/sql"
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// registration is the body of a stranger: there is no way to choose an account or to be
// active or not.
type registration struct {
	Email       string  `json:"email"`
	Password    string  `json:"password"`
	FullName    string  `json:"full_name"`
	PhoneNumber *string `json:"phone_number"`
}

// register makes a user of a stranger: a guest without an account.
func (a *api) register(w http.ResponseWriter, r *http.Request) error {
	if !a.open {
		return web.Problemf(http.StatusForbidden, "Open user registration is forbidden on this server")
	}
	if err := admit(w, a.addresses, addressOf(r)); err != nil {
		return err
	}
	body, err := web.Decode[registration](w, r)
	if err != nil {
		return err
	}
	u, err := newUser{Email: body.Email, Password: body.Password, FullName: &body.FullName, PhoneNumber: body.PhoneNumber}.user()
	if err != nil {
		return err
	}
	if err := a.storeNew(r.Context(), &u, body.Password); err != nil {
		return taken(err, "The user with this username already exists in the system")
	}
	return web.WriteJSON(w, http.StatusOK, u)
}

// storeNew stores a user whom no caller makes.
func (a *api) storeNew(ctx context.Context, u *User, password string) error {
	hash, err := a.passwords.hash(ctx, password)
	if err != nil {
		return err
	}
	return a.store.db.InTx(ctx, func(tx *sql.Tx) error {
		return addUser(ctx, a.store.db, tx, u, hash)
	})
}
