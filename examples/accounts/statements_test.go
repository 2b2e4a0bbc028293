package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/examples/internal/web"
)

// counted connects to a database by its driver and counts the statements.
type counted struct {
	by         driver.Driver
	dsn        string
	statements *atomic.Int64
}

func (c counted) Driver() driver.Driver { return c.by }

func (c counted) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.by.Open(c.dsn)
	return countedConn{conn, c.statements}, err
}

type countedConn struct {
	driver.Conn
	statements *atomic.Int64
}

func (c countedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.statements.Add(1)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c countedConn) Prepare(query string) (driver.Stmt, error) {
	c.statements.Add(1)
	return c.Conn.Prepare(query)
}

func (c countedConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

// A list takes one statement, roles and all, however long it is.
func TestListsAreOneStatement(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, generous)
		users, _ := generate(t, &store{w.DB}, rand.New(rand.NewPCG(1, 2)), 100, 5)
		var statements atomic.Int64
		db := sql.OpenDB(counted{w.DB.Driver(), dsn, &statements})
		defer db.Close()
		s := &store{&database.DB{DB: db, Dialect: w.DB.Dialect, SQL: w.DB.SQL}}
		slices.Reverse(users) // the first is that of the start, alone in its account
		i := slices.IndexFunc(users, func(u User) bool { return u.AccountID != nil })
		account := users[i].AccountID
		for role, caller := range map[string]Caller{
			SuperAdmin:   {Sub: w.super.user.ID, Role: SuperAdmin},
			Admin:        {Sub: w.super.user.ID, Role: Admin},
			AccountAdmin: {Sub: w.super.user.ID, Role: AccountAdmin, Account: account},
		} {
			visible, err := policy.Verify(caller, Users, "GET")
			if err != nil {
				t.Fatal(err)
			}
			statements.Store(0)
			users, err := s.users(t.Context(), visible, web.Page{Limit: 100})
			if err != nil || len(users) < 5 {
				t.Fatalf("%s: %d users, %v\n%v", role, len(users), err, visible)
			}
			if have := statements.Load(); have != 1 {
				t.Errorf("%s: %d statements for %d users", role, have, len(users))
			}
		}
	})
}
