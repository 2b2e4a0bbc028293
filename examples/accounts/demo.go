package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"
)

// demonstration is a configuration with which nothing can be opened after this run.
func demonstration() (config, error) {
	return config{
		secret:           rand.Text() + rand.Text(),
		tokenLife:        time.Hour,
		openRegistration: true,
		first:            firstAdmin{"ada@example.com", rand.Text(), "Acme"},
		demo:             true,
	}, nil
}

// people are who a demonstration has besides its super admin: each role, two accounts, and
// one user without.
var people = []struct{ name, account, role string }{
	{"bea", "", Admin},
	{"cleo", "Acme", AccountAdmin},
	{"dan", "Acme", AccountManager},
	{"eve", "Acme", Guest},
	{"gil", "Globex", AccountAdmin},
	{"hal", "Globex", ""},
	{"ivy", "", ""},
}

// demonstrate makes the people and says how to log in.
func (a *api) demonstrate(ctx context.Context, first firstAdmin, url string, out io.Writer) error {
	hash, err := a.passwords.hash(ctx, first.password)
	if err != nil {
		return err
	}
	err = a.store.db.InTx(ctx, func(tx *sql.Tx) error { return a.store.populate(ctx, tx, hash) })
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "A demonstration: the key and the password are made for this run.\n\n"+
		"export BASE=%s SUPER_EMAIL=%s SUPER_PASSWORD=%s\n"+
		"curl -d \"username=$SUPER_EMAIL&password=$SUPER_PASSWORD\" $BASE%s/auth/access-token\n"+
		"sh examples/accounts/walk.sh\n\nThe same password is that of:\n", url, first.email, first.password, prefix)
	for _, p := range people {
		role, account := p.role, p.account
		if role == "" {
			role = "no role"
		}
		if account == "" {
			account = "no account"
		}
		fmt.Fprintf(out, "\t%s@example.com\t%s, %s\n", p.name, role, account)
	}
	fmt.Fprintln(out)
	return nil
}

func (s *store) populate(ctx context.Context, tx *sql.Tx, hash string) error {
	for _, p := range people {
		name := p.name
		u := User{ID: uuid.New(), Email: name + "@example.com", FullName: &name, IsActive: true, CreatedAt: now()}
		u.UpdatedAt = u.CreatedAt
		if p.account != "" {
			account, err := accountNamed(ctx, s.db, tx, p.account)
			if err != nil {
				return err
			}
			u.AccountID = &account.ID
		}
		if err := addUser(ctx, s.db, tx, &u, hash); err != nil {
			return err
		}
		if p.role == "" {
			continue
		}
		role, err := findRole(ctx, s.db, tx, sq.Eq{"name": p.role})
		if err != nil {
			return err
		}
		if err := addUserRole(ctx, s.db, tx, u.ID, role.ID); err != nil {
			return err
		}
	}
	return nil
}
