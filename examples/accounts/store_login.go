package main

import (
	"context"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// login is what is needed to let somebody in.
type login struct {
	ID            uuid.UUID
	Email         string
	Account       *uuid.UUID
	Role          string
	Active        bool
	AccountActive bool // true where there is no account
	Hash          string
}

func (l login) caller() Caller { return Caller{Sub: l.ID, Account: l.Account, Role: l.Role} }

// welcome reports whether the user may log in and use a token. An account that is not
// active locks out its people, but not those who could make it active again.
func (l login) welcome() bool {
	return l.Active && (l.AccountActive || l.Role == SuperAdmin || l.Role == Admin)
}

// is reports whether both are the same user with the same rights.
func (c Caller) is(other Caller) bool {
	sameAccount := c.Account == nil && other.Account == nil ||
		c.Account != nil && other.Account != nil && *c.Account == *other.Account
	return c.Sub == other.Sub && c.Role == other.Role && sameAccount
}

func (s *store) loginOf(ctx context.Context, id uuid.UUID) (login, error) {
	return loginOf(ctx, s.db, s.db, id)
}

func loginOf(ctx context.Context, db *database.DB, q database.Queryer, id uuid.UUID) (login, error) {
	return findLogin(ctx, db, q, sq.Eq{"u.id": id.String()})
}

func (s *store) loginByEmail(ctx context.Context, email string) (login, error) {
	return findLogin(ctx, s.db, s.db, sq.Eq{"u.email": email})
}

// selectLogin is the question of every login and of every request.
func selectLogin(db *database.DB, where sq.Eq) sq.SelectBuilder {
	return db.SQL.
		Select("u.id", "u.email", "u.account_id", "u.is_active", "u.hashed_password", "r.name", "a.is_active").
		From("users u").
		LeftJoin("user_roles ur ON ur.user_id = u.id").
		LeftJoin("roles r ON r.id = ur.role_id").
		LeftJoin("accounts a ON a.id = u.account_id").
		Where(where)
}

func findLogin(ctx context.Context, db *database.DB, q database.Queryer, where sq.Eq) (login, error) {
	l, err := database.One(ctx, q, selectLogin(db, where), func(row database.Scanner) (login, error) {
		var l login
		var role *string
		var active *bool
		err := row.Scan(&l.ID, &l.Email, &l.Account, &l.Active, &l.Hash, &role, &active)
		l.Role, l.AccountActive = Guest, active == nil || *active
		if role != nil {
			l.Role = *role
		}
		return l, err
	})
	return l, missing(err)
}

// rehash replaces a hash, if it is still the one that was read.
func (s *store) rehash(ctx context.Context, id uuid.UUID, old, hash string) error {
	_, err := database.Exec(ctx, s.db, s.db.SQL.Update("users").Set("hashed_password", hash).
		Where(sq.Eq{"id": id.String(), "hashed_password": old}))
	return err
}
