package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// Each of these was a way into the service that this one replaces, or out of order in it.

func TestNobodyPromotesThemselves(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme := w.account(t, "Acme")
		for _, role := range []string{"", Guest, AccountManager, AccountAdmin, Admin, SuperAdmin} {
			c := w.user(t, "self"+role, role, &acme.ID)
			for _, wanted := range []string{SuperAdmin, Admin, AccountAdmin, AccountManager, Guest} {
				c.ask(t, "POST", "/user-roles", body{"user_id": c.id(), "role_id": w.roles[wanted]}).is(t, 403)
				c.ask(t, "PUT", "/user-roles/"+c.id(), body{"role_id": w.roles[wanted]}).is(t, 403)
			}
			var u User
			w.super.ask(t, "GET", "/users/"+c.id(), nil).is(t, 200).into(t, &u)
			if got := u.roleName(); got != role && !(role == "" && u.UserRole == nil) {
				t.Errorf("%q has become %q", role, got)
			}
		}
	})
}

// Nobody gives a role above their own.
func TestNobodyPromotesAbove(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme := w.account(t, "Acme")
		may := map[string][]string{
			Guest: {}, AccountManager: {},
			AccountAdmin: {Guest, AccountManager},
			Admin:        {Guest, AccountManager, AccountAdmin, Admin},
			SuperAdmin:   {Guest, AccountManager, AccountAdmin, Admin, SuperAdmin},
		}
		for giver, permitted := range may {
			c := w.user(t, "giver"+giver, giver, &acme.ID)
			given := map[string]bool{}
			for _, role := range permitted {
				given[role] = true
			}
			for _, role := range may[SuperAdmin] {
				status := 403
				if given[role] {
					status = 200
				}
				member := w.user(t, "first"+giver+role, "", &acme.ID)
				c.ask(t, "POST", "/user-roles", body{"user_id": member.id(), "role_id": w.roles[role]}).is(t, status)
				member = w.user(t, "again"+giver+role, Guest, &acme.ID)
				c.ask(t, "PUT", "/user-roles/"+member.id(), body{"role_id": w.roles[role]}).is(t, status)
			}
		}
	})
}

func TestNobodyMovesWhoMayNot(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme, other := w.account(t, "Acme"), w.account(t, "Other")
		for _, role := range []string{"", AccountManager, AccountAdmin} {
			c := w.user(t, "mover"+role, role, &acme.ID)
			victim := w.user(t, "victim"+role, "", &other.ID)
			for _, id := range []string{c.id(), victim.id()} {
				for _, account := range []Account{acme, other} {
					c.ask(t, "POST", "/accounts/"+account.ID.String()+"/users", body{"user_id": id}).is(t, 403)
				}
			}
			c.ask(t, "PUT", "/users/"+c.id(), body{"account_id": other.ID}).is(t, 403)
			c.ask(t, "PUT", "/users/me", body{"account_id": other.ID}).is(t, 422)
			w.super.ask(t, "GET", "/users/"+c.id(), nil).is(t, 200).says(t, acme.ID.String())
		}
	})
}

// A flag that says no is no, however it is written, and one that says neither is an error.
func TestClosedRegistration(t *testing.T) {
	closed := func(t *testing.T, w *world) {
		w.send(t, "", "POST", "/users/open", body{"email": "x@example.com", "password": password, "full_name": "x"}).
			is(t, 403).says(t, "Open user registration is forbidden on this server")
		same(t, "users", w.super.ids(t, "/users"), sorted(w.super))
	}
	each(t, closed, "USERS_OPEN_REGISTRATION", "False")
	for _, off := range []string{"false", "0", ""} {
		closed(t, start(t, filepath.Join(t.TempDir(), "accounts.db"), generous, "USERS_OPEN_REGISTRATION", off))
	}
}

// A token from before a change is worth what its owner is now.
func TestChangesWorkAtOnce(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme := w.account(t, "Acme")
		c := w.user(t, "c", Admin, &acme.ID)
		c.ask(t, "POST", "/accounts", body{"name": "Mine"}).is(t, 200)
		setRole := func(role string) {
			w.super.ask(t, "PUT", "/user-roles/"+c.id(), body{"role_id": w.roles[role]}).is(t, 200)
		}
		setRole(AccountAdmin)
		c.ask(t, "POST", "/accounts", body{"name": "Another"}).is(t, 403)
		same(t, "an admin of an account", c.ids(t, "/users"), sorted(c))
		setRole(Guest)
		c.ask(t, "PUT", "/accounts/"+acme.ID.String(), body{"name": "x"}).is(t, 403)
		setRole(Admin)
		c.ask(t, "POST", "/accounts", body{"name": "Again"}).is(t, 200)

		set := func(active bool) {
			w.super.ask(t, "PUT", "/users/"+c.id(), body{"is_active": active}).is(t, 200)
		}
		set(false)
		c.ask(t, "GET", "/users/me", nil).is(t, 401)
		c.ask(t, "POST", "/auth/test-token", nil).is(t, 401)
		w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, password)).is(t, 400).says(t, "Inactive user")
		w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, "wrong")).is(t, 400).says(t, "Incorrect email or password")
		set(true)
		c.ask(t, "GET", "/users/me", nil).is(t, 200)
	})
}

// An account that is not active locks out its people, and not who could open it again.
func TestInactiveAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme := w.account(t, "Acme")
		var all []caller
		for _, role := range []string{"", Guest, AccountManager, AccountAdmin, Admin, SuperAdmin} {
			all = append(all, w.user(t, "u"+role, role, &acme.ID))
		}
		for _, active := range []bool{false, true} {
			w.super.ask(t, "PUT", "/accounts/"+acme.ID.String(), body{"is_active": active}).is(t, 200)
			for i, c := range all {
				status, login := 200, 200
				if !active && i < 4 {
					status, login = 401, 400
				}
				c.ask(t, "GET", "/users/me", nil).is(t, status)
				w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, password)).is(t, login)
			}
		}
	})
}

// Admins neither see nor touch super admins, and cannot become ones.
func TestAdminsAreBelowSuperAdmins(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		admin, guest := w.user(t, "admin", Admin, nil), w.user(t, "guest", "", nil)
		same(t, "the admin", admin.ids(t, "/users"), sorted(admin, guest))
		same(t, "the admin", admin.ids(t, "/accounts/"+w.super.user.AccountID.String()+"/users"), sorted())
		path := "/users/" + w.super.id()
		admin.ask(t, "GET", path, nil).is(t, 404)
		admin.ask(t, "PUT", path, body{"is_active": false}).is(t, 404)
		admin.ask(t, "PUT", "/user-roles/"+w.super.id(), body{"role_id": w.roles[Guest]}).is(t, 404)
		admin.ask(t, "POST", "/accounts/"+w.super.user.AccountID.String()+"/users", body{"user_id": w.super.id()}).is(t, 404)
		admin.ask(t, "POST", "/user-roles", body{"user_id": guest.id(), "role_id": w.roles[SuperAdmin]}).is(t, 403)
		admin.ask(t, "POST", "/user-roles", body{"user_id": guest.id(), "role_id": w.roles[Admin]}).is(t, 200)
		// Who runs the service is under no admin of an account, though seen by them.
		boss := w.user(t, "boss", AccountAdmin, w.super.user.AccountID)
		same(t, "the admin of the account", boss.ids(t, "/users"), sorted(boss, w.super))
		boss.ask(t, "PUT", path, body{"is_active": false}).is(t, 403)
		boss.ask(t, "PUT", path, body{"email": "mine@example.com"}).is(t, 403)
		// Nobody locks themselves out.
		for _, c := range []caller{w.super, admin, boss} {
			c.ask(t, "PUT", "/users/"+c.id(), body{"is_active": false}).is(t, 403)
			c.ask(t, "PUT", "/users/"+c.id(), body{"full_name": "Still here"}).is(t, 200)
		}
	})
}

// What breaks a constraint, or fits nothing, is never a 500.
func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		good := func(change body) body {
			b := body{"email": "x@example.com", "password": password, "full_name": "x"}
			for k, v := range change {
				b[k] = v
			}
			return b
		}
		long := fmt.Sprintf("%0300d", 1)
		nowhere := "9b7c2f0e-0000-4000-8000-000000000000"
		for _, change := range []body{
			{"email": nil}, {"email": ""}, {"email": "x"}, {"email": "a b@example.com"}, {"email": "X <x@example.com>"}, {"email": long + "@example.com"},
			{"email": 1}, {"password": ""}, {"password": nil}, {"password": "short"}, {"password": long}, {"full_name": long}, {"full_name": "a\x00b"},
			{"full_name": "a\nb"}, {"phone_number": "12345678901234"}, {"phone_number": 5}, {"is_active": nil}, {"is_active": "yes"},
			{"account_id": "x"}, {"account_id": nowhere}, {"hashed_password": "x"}, {"id": nowhere}, {"user_role": nil},
		} {
			w.super.ask(t, "POST", "/users", good(change)).is(t, 422)
			for k := range change {
				if k != "password" && k != "user_role" && k != "id" && k != "hashed_password" && (k != "email" || change[k] != nil) {
					w.super.ask(t, "PUT", "/users/"+w.super.id(), change).is(t, 422)
				}
			}
		}
		for _, change := range []body{{"is_active": true}, {"account_id": w.super.user.AccountID}, {"email": nil}, {"password": ""}} {
			w.send(t, "", "POST", "/users/open", good(change)).is(t, 422)
		}
		w.super.ask(t, "PUT", "/users/"+w.super.id(), body{"email": nil}).is(t, 422)
		for _, text := range []string{"", "{", "x", "{} {}", `{"email":"a@example.com","email":"b@example.com"}`} {
			w.super.ask(t, "POST", "/users", text).is(t, 400)
		}
		w.super.ask(t, "POST", "/users", `{"full_name":"`+strings.Repeat("x", 300<<10)+`"}`).is(t, 413)
		for _, text := range []string{"null", "[]", "1"} {
			w.super.ask(t, "POST", "/users", text).is(t, 422)
		}
		for _, change := range []body{{"name": ""}, {"name": long}, {"name": 1}, {"plan_id": "x"}, {"current_subscription_ends": "tomorrow"},
			{"current_subscription_ends": "0001-01-01T00:00:00Z"}, {"is_active": nil}, {"id": nowhere}} {
			w.super.ask(t, "PUT", "/accounts/"+w.super.user.AccountID.String(), change).is(t, 422)
		}
	})
}

// A request that was permitted before its caller was demoted writes nothing afterwards.
func TestDecidedBeforeADemotion(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		c := w.user(t, "c", Admin, nil)
		was := Caller{Sub: c.user.ID, Role: Admin}
		write := func() error {
			return s.write(context.Background(), was, func(tx *sql.Tx) error {
				_, err := database.Exec(context.Background(), tx, s.db.SQL.Update("users").Set("full_name", "written"))
				return err
			})
		}
		if err := write(); err != nil {
			t.Fatal(err)
		}
		w.super.ask(t, "PUT", "/user-roles/"+c.id(), body{"role_id": w.roles[Guest]}).is(t, 200)
		if err := write(); !errors.Is(err, errChanged) {
			t.Errorf("demoted: %v", err)
		}
		was.Role = Guest
		w.super.ask(t, "PUT", "/users/"+c.id(), body{"is_active": false}).is(t, 200)
		if err := write(); !errors.Is(err, errChanged) {
			t.Errorf("locked out: %v", err)
		}
		was.Sub = uuid.New()
		if err := write(); !errors.Is(err, errChanged) {
			t.Errorf("gone: %v", err)
		}
	})
}

// Two super admins who demote each other at the same time leave one.
func TestALastSuperAdminStays(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		for round := range 5 {
			other := w.user(t, fmt.Sprint("other", round), SuperAdmin, nil)
			pair := []caller{w.super, other}
			var all sync.WaitGroup
			for i, c := range pair {
				all.Go(func() {
					got := c.ask(t, "PUT", "/user-roles/"+pair[1-i].id(), body{"role_id": w.roles[Guest]})
					if got.status != 200 && got.status != 403 {
						t.Errorf("%d %s", got.status, got.body)
					}
				})
			}
			all.Wait()
			var n int
			if err := w.DB.QueryRow("SELECT count(*) FROM user_roles ur JOIN roles r ON r.id = ur.role_id WHERE r.name = 'SUPER_ADMIN'").Scan(&n); err != nil || n != 1 {
				t.Fatalf("round %d: %d super admins, %v", round, n, err)
			}
			if w.super.ask(t, "GET", "/users", nil); len(w.super.ids(t, "/users")) == 1 {
				w.super = other
			}
		}
	})
}
