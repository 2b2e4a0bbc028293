package main

import (
	"cmp"
	"database/sql"
	"errors"
	"net/http"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/audit"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// writeRole runs what gives a role to a user whom the caller sees. What is decided about
// is the Assignment as it will be.
func (a *api) writeRole(r *http.Request, userID, roleID uuid.UUID, do func(tx *sql.Tx, u *User, after *Assignment) error) (UserRole, error) {
	c, err := callerOf(r)
	if err != nil {
		return UserRole{}, err
	}
	var role Role
	err = a.store.write(r.Context(), c, func(tx *sql.Tx) error {
		u, err := findUser(r.Context(), a.store.db, tx, userID)
		if err != nil {
			return err
		}
		if seen, err := sees(c, &u); err != nil || !seen {
			return cmp.Or(err, errNotFound)
		}
		role, err = findRole(r.Context(), a.store.db, tx, sq.Eq{"id": roleID.String()})
		if errors.Is(err, errNotFound) {
			return web.Invalid(web.Field{Pointer: "/role_id", Detail: "is no role"})
		}
		if err != nil {
			return err
		}
		return do(tx, &u, &Assignment{UserID: u.ID, AccountID: u.AccountID, Role: role.Name})
	})
	a.decisions.Decided(r.Context(), audit.Decision{Subject: c.Sub.String(), Action: "give role",
		Object: userID.String(), Allowed: err == nil, Reason: reasonOf(err)})
	return UserRole{UserID: userID, RoleID: roleID, Role: role}, err
}

// reasonOf says in a word why a role was not given.
func reasonOf(err error) string {
	switch err = translate(err); {
	case err == nil:
		return ""
	case errors.Is(err, web.ErrNotFound):
		return "no such user"
	case errors.Is(err, web.ErrRefused):
		return "not permitted"
	}
	return "not stored"
}
