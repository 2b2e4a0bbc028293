package main

import (
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

func (a *api) listUsers(w http.ResponseWriter, r *http.Request) error {
	return a.writeUsers(w, r, rolehttp.Specification(r.Context()))
}

// writeUsers answers with a page of the users that a specification shows.
func (a *api) writeUsers(w http.ResponseWriter, r *http.Request, visible spec.Specification) error {
	page, err := page(r)
	if err != nil {
		return err
	}
	found, err := a.store.users(r.Context(), visible, page)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, found)
}

func (a *api) showUser(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	u, err := findUser(r.Context(), a.store.db, a.store.db, id)
	if err != nil {
		return err
	}
	return writeIfVisible(w, r, &u)
}

// showSelf is for every role.
func (a *api) showSelf(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	u, err := findUser(r.Context(), a.store.db, a.store.db, c.Sub)
	if err != nil {
		return err
	}
	return writeIfVisible(w, r, &u)
}

// writeIfVisible answers with a row if it is one of those that a list would have.
func writeIfVisible[T any](w http.ResponseWriter, r *http.Request, row *T) error {
	visible, err := spec.Match(rolehttp.Specification(r.Context()), row)
	switch {
	case err != nil:
		return err
	case !visible:
		return errNotFound
	}
	return web.WriteJSON(w, http.StatusOK, row)
}
