package main

import (
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
)

// hashPassword returns what would be stored of a password.
func (a *api) hashPassword(w http.ResponseWriter, r *http.Request) error {
	body, err := web.Decode[struct {
		Password string `json:"password"`
	}](w, r)
	if err != nil {
		return err
	}
	var f fits
	f.password("password", body.Password)
	if err := f.done(); err != nil {
		return err
	}
	hash, err := a.passwords.hash(r.Context(), body.Password)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, hash)
}
