package main

import (
	"database/sql"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

// listMembers lists the users of an account that the caller sees, if the caller sees the
// account.
func (a *api) listMembers(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	account, err := findAccount(r.Context(), a.store.db, a.store.db, id)
	if err != nil {
		return err
	}
	if err := visibleAccount(c, &account); err != nil {
		return err
	}
	return a.writeMembers(w, r, id)
}

func (a *api) writeMembers(w http.ResponseWriter, r *http.Request, account uuid.UUID) error {
	visible := rolehttp.Specification(r.Context())
	return a.writeUsers(w, r, visible.And(spec.Eq("account_id", account)))
}

func (a *api) listOwnMembers(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	if c.Account == nil {
		return errNotFound
	}
	return a.writeMembers(w, r, *c.Account)
}

// addMember moves a user into an account.
func (a *api) addMember(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[struct {
		UserID uuid.UUID `json:"user_id"`
	}](w, r)
	if err != nil {
		return err
	}
	var f fits
	f.id("user_id", body.UserID)
	if err := f.done(); err != nil {
		return err
	}
	var after User
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		account, err := findAccount(r.Context(), a.store.db, tx, id)
		if err != nil {
			return err
		}
		if err := visibleAccount(c, &account); err != nil {
			return err
		}
		after, err = a.store.change(r.Context(), tx, c, rolehttp.Permission(r.Context()), body.UserID, func(u *User) error {
			u.AccountID = &id
			return nil
		})
		return err
	})
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, after)
}
