package main

import (
	"net/http"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles/rolehttp"
	"github.com/rolespec/rolespec/spec"
)

func (a *api) listAccounts(w http.ResponseWriter, r *http.Request) error {
	page, err := page(r)
	if err != nil {
		return err
	}
	found, err := a.store.accounts(r.Context(), rolehttp.Specification(r.Context()), page)
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, found)
}

// showOwnAccount answers null to a caller without an account.
func (a *api) showOwnAccount(w http.ResponseWriter, r *http.Request) error {
	found, err := a.store.accounts(r.Context(), rolehttp.Specification(r.Context()), web.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return web.WriteJSON(w, http.StatusOK, nil)
	}
	return web.WriteJSON(w, http.StatusOK, found[0])
}

// visibleAccount is errNotFound for an account that would be in no list of the caller's.
func visibleAccount(c Caller, account *Account) error {
	visible, err := policy.Verify(c, Accounts, http.MethodGet)
	if err != nil {
		return errNotFound
	}
	seen, err := spec.Match(visible, account)
	if err == nil && !seen {
		err = errNotFound
	}
	return err
}
