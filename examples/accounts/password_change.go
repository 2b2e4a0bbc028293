package main

import (
	"database/sql"
	"net/http"

	sq "github.com/Masterminds/squirrel"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// passwordChange is a body. A token alone, which may be stolen, changes no password.
type passwordChange struct {
	Current string `json:"current_password"`
	New     string `json:"new_password"`
}

// changePassword gives the caller another password and ends all of their logins: whoever
// knew the old one is out, at the latest when the access token expires.
func (a *api) changePassword(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[passwordChange](w, r)
	if err != nil {
		return err
	}
	var f fits
	f.password("new_password", body.New)
	if len(body.Current) > maxPassword {
		f.fail("current_password", "is too long to be one")
	}
	if err := f.done(); err != nil {
		return err
	}
	who, err := a.store.loginOf(r.Context(), c.Sub)
	if err != nil {
		return err
	}
	if err := admit(w, a.users, who.Email); err != nil {
		return err
	}
	ok, _, err := a.passwords.check(r.Context(), body.Current, who.Hash)
	if err != nil {
		return err
	}
	refused := ""
	if !ok {
		refused = "Incorrect password"
	}
	a.decided(r, who, "change password", refused)
	if !ok {
		return web.Problemf(http.StatusBadRequest, "%s", refused)
	}
	hash, err := a.passwords.hash(r.Context(), body.New)
	if err != nil {
		return err
	}
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		// Only in place of what was checked: of two changes at once the second is refused.
		n, err := database.Exec(r.Context(), tx, a.store.db.SQL.Update("users").Set("hashed_password", hash).
			Where(sq.Eq{"id": c.Sub.String(), "hashed_password": who.Hash}))
		switch {
		case err != nil:
			return err
		case n != 1:
			return web.Problemf(http.StatusConflict, "The password was changed meanwhile")
		}
		return a.store.logOutAll(r.Context(), tx, c.Sub)
	})
	if err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
