package main

import (
	"context"
	"database/sql"
	"errors"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/payload"
)

// logins is a payload.RefreshStore: which refresh token of a login can be redeemed.
type logins struct{ db *database.DB }

func (l logins) exec(ctx context.Context, statement sq.Sqlizer) (bool, error) {
	n, err := database.Exec(ctx, l.db, statement)
	return n > 0, err
}

// Create adds a login, and forgets those that nobody can go on with.
func (l logins) Create(ctx context.Context, f payload.Family) error {
	if err := l.forget(ctx); err != nil {
		return err
	}
	return l.add(ctx, l.db, f)
}

func (l logins) forget(ctx context.Context) error {
	_, err := l.exec(ctx, l.db.SQL.Delete("logins").Where(sq.Lt{"expires": time.Now().Unix()}))
	return err
}

func (l logins) add(ctx context.Context, db database.Execer, f payload.Family) error {
	_, err := database.Exec(ctx, db, l.db.SQL.Insert("logins").Columns("id", "subject", "token", "expires").
		Values(f.ID, f.Subject, f.Token, f.Expires.Unix()))
	return err
}

// checkedLogins is the store for one login, whose password was checked against a hash.
type checkedLogins struct {
	logins
	who login
}

// Create adds the login if the user still has that hash and may still log in; else the
// error is errChanged. A password that is changed, or a user who is locked out, ends all
// logins that there are: one that was checked before must not begin after that.
func (l checkedLogins) Create(ctx context.Context, f payload.Family) error {
	if err := l.forget(ctx); err != nil {
		return err
	}
	return l.db.InTx(ctx, func(tx *sql.Tx) error {
		now, err := loginOf(ctx, l.db, tx, l.who.ID)
		switch {
		case errors.Is(err, errNotFound):
			return errChanged
		case err != nil:
			return err
		case now.Hash != l.who.Hash || !now.welcome():
			return errChanged
		}
		return l.add(ctx, tx, f)
	})
}

// Swap replaces the token of a login, if it is the old one.
func (l logins) Swap(ctx context.Context, family, old, next string, expires time.Time) (bool, error) {
	return l.exec(ctx, l.db.SQL.Update("logins").Set("token", next).Set("expires", expires.Unix()).
		Where(sq.Eq{"id": family, "token": old}))
}

// Revoke ends a login.
func (l logins) Revoke(ctx context.Context, family string) (bool, error) {
	return l.exec(ctx, l.db.SQL.Delete("logins").Where(sq.Eq{"id": family}))
}

// RevokeSubject ends all logins of a user.
func (l logins) RevokeSubject(ctx context.Context, subject string) error {
	_, err := l.exec(ctx, l.db.SQL.Delete("logins").Where(sq.Eq{"subject": subject}))
	return err
}

// logOutAll ends all logins of a user within a transaction.
func (s *store) logOutAll(ctx context.Context, tx *sql.Tx, user uuid.UUID) error {
	_, err := database.Exec(ctx, tx, s.db.SQL.Delete("logins").Where(sq.Eq{"subject": user.String()}))
	return err
}
