package main

import (
	"database/sql"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

func (a *api) createAccount(w http.ResponseWriter, r *http.Request) error {
	c, err := callerOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[accountChange](w, r)
	if err != nil {
		return err
	}
	account := Account{ID: uuid.New(), IsActive: true, CreatedAt: now()}
	account.UpdatedAt = account.CreatedAt
	if err := body.apply(&account); err != nil {
		return err
	}
	if err := roles.CheckInsert(rolehttp.Permission(r.Context()), &account); err != nil {
		return err
	}
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		return addAccount(r.Context(), a.store.db, tx, &account)
	})
	if err != nil {
		return taken(err, accountTaken)
	}
	return web.WriteJSON(w, http.StatusOK, account)
}
