package main

import (
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
)

func (a *api) listRoles(w http.ResponseWriter, r *http.Request) error {
	if err := web.Query(r).Done(); err != nil {
		return err
	}
	found, err := a.store.roles(r.Context())
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, found)
}
