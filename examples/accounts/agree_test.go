package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/examples/internal/web"
	"github.com/rolespec/rolespec/spec"
)

// The lists, which SQL filters, are what the policy says row by row in memory: for users
// of every role and of none, with an account and without.
func TestListsAreTheDecisions(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		users, accounts := generate(t, s, rand.New(rand.NewPCG(seed, 0)), 120, 5)
		seen := 0
		for i, u := range users {
			c := Caller{Sub: u.ID, Account: u.AccountID, Role: u.roleName()}
			seen += agree(t, w, c, Users, "/users", users, func(u User) uuid.UUID { return u.ID })
			seen += agree(t, w, c, Accounts, "/accounts", accounts, func(a Account) uuid.UUID { return a.ID })
			members(t, w, c, &accounts[i%len(accounts)], users)
		}
		if seen < 500 {
			t.Errorf("only %d rows were seen in all", seen)
		}
	})
}

// The same for 1,000 users in 50 accounts, each of them asking for all that there is.
func TestAllListsAreTheDecisions(t *testing.T) {
	many := 1000
	if testservice.Raced || testing.Short() {
		many = 200
		t.Logf("%d users: a million decisions take a minute here", many)
	}
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		users, accounts := generate(t, s, rand.New(rand.NewPCG(1, 2)), many, many/20)
		everything := web.Page{Limit: 10_000}
		seen := 0
		for _, u := range users {
			c := Caller{Sub: u.ID, Account: u.AccountID, Role: u.roleName()}
			if visible, err := policy.Verify(c, Users, "GET"); err == nil {
				rows, err := s.users(t.Context(), visible, everything)
				seen += sqlIsMemory(t, c, visible, users, rows, err, func(u User) uuid.UUID { return u.ID })
			}
			if visible, err := policy.Verify(c, Accounts, "GET"); err == nil {
				rows, err := s.accounts(t.Context(), visible, everything)
				seen += sqlIsMemory(t, c, visible, accounts, rows, err, func(a Account) uuid.UUID { return a.ID })
			}
		}
		if seen < many*many/10 {
			t.Errorf("only %d rows were seen in all", seen)
		}
		t.Logf("%d rows seen", seen)
	})
}

// sqlIsMemory compares what SQL shows with what memory does, which has the rows in the
// same order.
func sqlIsMemory[T any](t *testing.T, who Caller, visible spec.Specification, all, rows []T, err error, id func(T) uuid.UUID) int {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	shown, err := spec.Filter(visible, all)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(rows, shown, func(a, b T) bool { return id(a) == id(b) }) {
		t.Fatalf("%s of account %v: SQL shows %d rows, memory %d, or others", who.Role, who.Account, len(rows), len(shown))
	}
	return len(rows)
}

// agree asks for a list over HTTP, and for each row of it and not of it by itself.
func agree[T any](t *testing.T, w *world, who Caller, endpoint, path string, rows []T, id func(T) uuid.UUID) (seen int) {
	t.Helper()
	visible, err := policy.Verify(who, endpoint, "GET")
	token := w.tokenOf(t, who.Sub)
	c := caller{w: w, token: token}
	if err != nil {
		c.ask(t, "GET", path, nil).is(t, 403)
		return 0
	}
	shown, err := spec.Filter(visible, rows)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{}
	for _, row := range shown {
		want = append(want, id(row).String())
	}
	slices.Sort(want)
	var page []struct{ ID string }
	c.ask(t, "GET", path+"?limit=500", nil).is(t, 200).into(t, &page)
	have := []string{}
	for _, row := range page {
		have = append(have, row.ID)
	}
	slices.Sort(have)
	same(t, fmt.Sprintf("%s of account %v: %s", who.Role, who.Account, path), have, want)
	if endpoint == Users {
		for _, row := range []T{rows[0], rows[rand.IntN(len(rows))], rows[rand.IntN(len(rows))]} {
			status := 404
			if slices.Contains(want, id(row).String()) {
				status = 200
			}
			c.ask(t, "GET", path+"/"+id(row).String(), nil).is(t, status)
		}
	}
	return len(want)
}

// members asks for the users of an account: those who are in it and whom the caller sees,
// if the caller sees the account.
func members(t *testing.T, w *world, who Caller, account *Account, users []User) {
	t.Helper()
	c := caller{w: w, token: w.tokenOf(t, who.Sub)}
	path := "/accounts/" + account.ID.String() + "/users?limit=500"
	visible, err := policy.Verify(who, Users, "GET")
	if err != nil {
		c.ask(t, "GET", path, nil).is(t, 403)
		return
	}
	if err := visibleAccount(who, account); err != nil {
		c.ask(t, "GET", path, nil).is(t, 404)
		return
	}
	want := []string{}
	for i := range users {
		seen, err := spec.Match(visible, &users[i])
		if err != nil {
			t.Fatal(err)
		}
		if seen && users[i].AccountID != nil && *users[i].AccountID == account.ID {
			want = append(want, users[i].ID.String())
		}
	}
	var page []User
	c.ask(t, "GET", path, nil).is(t, 200).into(t, &page)
	have := []string{}
	for _, u := range page {
		have = append(have, u.ID.String())
	}
	slices.Sort(want)
	slices.Sort(have)
	same(t, who.Role+": "+path, have, want)
}

// tokenOf signs a token as the service does.
func (w *world) tokenOf(t *testing.T, id uuid.UUID) string {
	t.Helper()
	pair, err := w.issuer(t).refresher.Issue(context.Background(), tokenOf(id))
	if err != nil {
		t.Fatal(err)
	}
	return pair.Access
}

// generate stores users of all roles in some accounts, and returns all that there are.
func generate(t *testing.T, s *store, random *rand.Rand, users, accounts int) ([]User, []Account) {
	t.Helper()
	ctx := context.Background()
	roles, err := s.roles(ctx)
	if err != nil {
		t.Fatal(err)
	}
	err = s.db.InTx(ctx, func(tx *sql.Tx) error {
		var ids []uuid.UUID
		for i := range accounts {
			a, err := accountNamed(ctx, s.db, tx, fmt.Sprint("Account ", i))
			if err != nil {
				return err
			}
			ids = append(ids, a.ID)
		}
		for i := range users {
			u := User{ID: uuid.New(), Email: fmt.Sprintf("user%d@example.com", i), IsActive: true, CreatedAt: now()}
			u.UpdatedAt = u.CreatedAt
			if random.IntN(5) > 0 {
				u.AccountID = &ids[random.IntN(len(ids))]
			}
			if err := addUser(ctx, s.db, tx, &u, "!"); err != nil {
				return err
			}
			if n := random.IntN(len(roles) + 2); n < len(roles) {
				if err := addUserRole(ctx, s.db, tx, u.ID, roles[n].ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all, err := database.All(ctx, s.db, selectUsers(s.db).Where(sq.Expr("1 = 1")), scanUser)
	if err != nil {
		t.Fatal(err)
	}
	places, err := database.All(ctx, s.db, selectAccounts(s.db), scanAccount)
	if err != nil {
		t.Fatal(err)
	}
	return all, places
}
