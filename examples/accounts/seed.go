package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/service"
)

// seed makes the first super admin where there is none, and the people of a demonstration.
func (a *api) seed(ctx context.Context, c config, env *service.Env) error {
	if c.first == (firstAdmin{}) {
		return nil
	}
	made, err := a.firstSuperAdmin(ctx, c.first)
	if err != nil {
		return fmt.Errorf("the first super admin: %w", err)
	}
	if made {
		a.log.InfoContext(ctx, "the first super admin was made", "email", c.first.email)
	}
	if !c.demo {
		return nil
	}
	return a.demonstrate(ctx, c.first, env.URL, env.Out)
}

// firstSuperAdmin makes the account and the user, each if it is not there. A user who has
// a role keeps it, so that a super admin who was demoted is not restored by a restart,
// and who is there keeps the password.
func (a *api) firstSuperAdmin(ctx context.Context, first firstAdmin) (made bool, err error) {
	db := a.store.db
	if _, err := a.store.loginByEmail(ctx, first.email); !errors.Is(err, errNotFound) {
		return false, err
	}
	hash, err := a.passwords.hash(ctx, first.password)
	if err != nil {
		return false, err
	}
	err = db.InTx(ctx, func(tx *sql.Tx) error {
		account, err := accountNamed(ctx, db, tx, first.account)
		if err != nil {
			return err
		}
		role, err := findRole(ctx, db, tx, sq.Eq{"name": SuperAdmin})
		if err != nil {
			return err
		}
		u := User{ID: uuid.New(), Email: first.email, IsActive: true, AccountID: &account.ID, CreatedAt: now()}
		u.UpdatedAt = u.CreatedAt
		if err := addUser(ctx, db, tx, &u, hash); err != nil {
			return err
		}
		return addUserRole(ctx, db, tx, u.ID, role.ID)
	})
	return err == nil, err
}
