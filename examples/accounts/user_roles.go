package main

import (
	"database/sql"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/roles/rolehttp"
)

// newUserRole is a body. An id that is left out is all zeros, and nobody's.
type newUserRole struct {
	UserID uuid.UUID `json:"user_id"`
	RoleID uuid.UUID `json:"role_id"`
}

// assignRole gives a role to a user who has none.
func (a *api) assignRole(w http.ResponseWriter, r *http.Request) error {
	body, err := web.Decode[newUserRole](w, r)
	if err != nil {
		return err
	}
	var f fits
	f.id("user_id", body.UserID)
	f.id("role_id", body.RoleID)
	if err := f.done(); err != nil {
		return err
	}
	const assigned = "This user has already been assigned a role."
	role, err := a.writeRole(r, body.UserID, body.RoleID, func(tx *sql.Tx, u *User, after *Assignment) error {
		if err := roles.CheckInsert(rolehttp.Permission(r.Context()), after); err != nil {
			return err
		}
		if u.UserRole != nil {
			return web.Problemf(http.StatusConflict, assigned)
		}
		return addUserRole(r.Context(), a.store.db, tx, u.ID, body.RoleID)
	})
	if err != nil {
		return taken(err, assigned)
	}
	return web.WriteJSON(w, http.StatusOK, role)
}

// changeRole gives another role to a user who has one.
func (a *api) changeRole(w http.ResponseWriter, r *http.Request) error {
	id, err := idOf(r)
	if err != nil {
		return err
	}
	body, err := web.Decode[struct {
		RoleID uuid.UUID `json:"role_id"`
	}](w, r)
	if err != nil {
		return err
	}
	var f fits
	f.id("role_id", body.RoleID)
	if err := f.done(); err != nil {
		return err
	}
	role, err := a.writeRole(r, id, body.RoleID, func(tx *sql.Tx, u *User, after *Assignment) error {
		if u.UserRole == nil {
			return web.Problemf(http.StatusNotFound, "There is no role assigned to this user")
		}
		before := *after
		before.Role = u.roleName()
		switch err := roles.CheckUpdate(rolehttp.Permission(r.Context()), &before, after); {
		case errors.Is(err, roles.ErrNotVisible):
			return web.ErrRefused // the user was seen
		case err != nil:
			return err
		}
		return changeUserRole(r.Context(), a.store.db, tx, u.ID, body.RoleID)
	})
	if err != nil {
		return err
	}
	return web.WriteJSON(w, http.StatusOK, role)
}
