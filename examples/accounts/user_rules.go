package main

import (
	"cmp"
	"context"
	"database/sql"
	"net/http"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/roles"
	"github.com/rolespec/rolespec/spec"
)

// change edits one user, who has to be one that the caller may change, and still be one
// afterwards.
func (s *store) change(ctx context.Context, tx *sql.Tx, c Caller, may roles.Permission, id uuid.UUID, apply func(*User) error) (User, error) {
	before, err := findUser(ctx, s.db, tx, id)
	if err != nil {
		return User{}, err
	}
	after := before
	// What is wrong with a body is told only where the user may be changed at all.
	if ok, err := spec.Match(may.Rows, &before); err != nil || !ok {
		return User{}, cmp.Or(err, refusal(c, &before))
	}
	if err := apply(&after); err != nil {
		return User{}, err
	}
	if err := roles.CheckUpdate(may, &before, &after); err != nil {
		return User{}, err
	}
	if err := roles.CheckColumns(may, changedFields(&before, &after)...); err != nil {
		return User{}, err
	}
	after.UpdatedAt = now()
	if err := changeUser(ctx, s.db, tx, &after, may.Rows); err != nil {
		return User{}, err
	}
	if before.IsActive && !after.IsActive {
		return after, s.logOutAll(ctx, tx, id)
	}
	return after, nil
}

// changedFields names the fields of a user that a caller has made different.
func changedFields(before, after *User) []string {
	return changed(
		change{"email", before.Email, after.Email},
		change{"full_name", before.FullName, after.FullName},
		change{"phone_number", before.PhoneNumber, after.PhoneNumber},
		change{"is_active", before.IsActive, after.IsActive},
		change{"account_id", before.AccountID, after.AccountID})
}

// refusal is what a caller is told of a user whom they may not change: that there is none,
// unless they see the user in a list.
func refusal(c Caller, u *User) error {
	switch seen, err := sees(c, u); {
	case err != nil:
		return err
	case !seen:
		return errNotFound
	}
	return web.ErrRefused
}

// sees reports whether the user would be in a list of the caller's.
func sees(c Caller, u *User) (bool, error) {
	visible, err := policy.Verify(c, Users, http.MethodGet)
	if err != nil {
		return false, nil // the policy shows nothing
	}
	return spec.Match(visible, u)
}
