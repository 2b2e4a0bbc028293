package main

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestHealth(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "", "GET", "/health", nil).is(t, 200).says(t, `{"message":"ok!"}`)
		w.send(t, "", "GET", "/nothing", nil).is(t, 404)
		w.send(t, "", "DELETE", "/users", nil).is(t, 405)
	})
}

func TestLogin(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		got := w.tokens(t, "ROOT@example.com")
		if got.Type != "bearer" || got.Expires != 3600 || got.Access == "" || got.Refresh == "" {
			t.Errorf("%+v", got)
		}
		w.super.ask(t, "POST", "/auth/test-token", nil).is(t, 200).says(t, `"email":"root@example.com"`).says(t, `"is_active":true`)
		w.super.ask(t, "POST", "/auth/hash-password", body{"password": password}).is(t, 200).says(t, `"$argon2id$`)

		login := func(form any) reply { return w.send(t, "", "POST", "/auth/access-token", form) }
		wrong := login(credentials("root@example.com", "wrong")).is(t, 400).says(t, "Incorrect email or password")
		unknown := login(credentials("nobody@example.com", "wrong")).is(t, 400)
		if wrong.body != unknown.body {
			t.Errorf("%s and %s", wrong.body, unknown.body)
		}
		for _, form := range []map[string][]string{
			{"username": {"root@example.com"}},
			{"password": {password}},
			{},
			{"username": {"root@example.com"}, "password": {""}},
			{"username": {"root@example.com"}, "password": {password}, "grant_type": {"implicit"}},
			{"username": {"root@example.com", "x"}, "password": {password}},
		} {
			login(url.Values(form)).is(t, 422)
		}
		login(body{"username": "root@example.com", "password": password}).is(t, 415)
	})
}

// What needs a token is 401 without one and with a bad one, and 403 where the role does
// not permit it.
func TestUnauthorized(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		guest := w.user(t, "guest", "", nil)
		id := "/" + w.super.id()
		for _, route := range []struct {
			method, path string
			guest        int
		}{
			{"POST", "/auth/test-token", 200},
			{"POST", "/auth/hash-password", 403},
			{"GET", "/users", 200},
			{"POST", "/users", 403},
			{"GET", "/users/me", 200},
			{"PUT", "/users/me", 415},
			{"PUT", "/users/me/password", 415},
			{"GET", "/users" + id, 404},
			{"PUT", "/users" + id, 415},
			{"POST", "/user-roles", 403},
			{"PUT", "/user-roles" + id, 403},
			{"GET", "/accounts", 403},
			{"GET", "/accounts/me", 200},
			{"POST", "/accounts", 403},
			{"PUT", "/accounts" + id, 403},
			{"POST", "/accounts" + id + "/users", 403},
			{"GET", "/accounts" + id + "/users", 404},
			{"GET", "/accounts/users/me", 404},
		} {
			none := w.send(t, "", route.method, route.path, nil).is(t, 401)
			bad := w.send(t, guest.token+"x", route.method, route.path, nil).is(t, 401)
			for _, r := range []reply{none, bad} {
				if !strings.HasPrefix(r.header.Get("WWW-Authenticate"), `Bearer realm="accounts"`) {
					t.Errorf("%s %s: %v", route.method, route.path, r.header)
				}
			}
			guest.ask(t, route.method, route.path, nil).is(t, route.guest)
		}
	})
}

func TestUsers(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme := w.account(t, "Acme")
		var u User
		w.super.ask(t, "POST", "/users", body{"email": "Ann@Example.com", "password": password, "full_name": "Ann",
			"phone_number": "+15550100", "is_active": false, "account_id": acme.ID}).is(t, 200).into(t, &u)
		if u.Email != "ann@example.com" || u.IsActive || *u.FullName != "Ann" || *u.PhoneNumber != "+15550100" ||
			*u.AccountID != acme.ID || u.UserRole != nil || u.CreatedAt.IsZero() {
			t.Errorf("%+v", u)
		}
		w.super.ask(t, "GET", "/users/"+u.ID.String(), nil).is(t, 200).says(t, `"email":"ann@example.com"`)
		path := "/users/" + u.ID.String()
		w.super.ask(t, "PUT", path, body{"is_active": true, "full_name": nil, "email": "an@example.com"}).is(t, 200).
			says(t, `"full_name":null`).says(t, `"is_active":true`)
		ann := w.logIn(t, "an@example.com")
		ann.ask(t, "PUT", "/users/me", body{"full_name": "Anna", "phone_number": nil, "email": nil}).is(t, 200).
			says(t, `"full_name":"Anna"`).says(t, `"phone_number":"+15550100"`).says(t, acme.ID.String())
		ann.ask(t, "GET", "/users/me", nil).is(t, 200).says(t, `"full_name":"Anna"`)
		ann.ask(t, "GET", "/accounts/me", nil).is(t, 200).says(t, `"name":"Acme"`)
		// What a guest may see is one row, and no other one.
		same(t, "a guest", ann.ids(t, "/users"), sorted(ann))
		ann.ask(t, "GET", "/users/"+w.super.id(), nil).is(t, 404)
		ann.ask(t, "PUT", "/users/"+w.super.id(), body{"full_name": "x"}).is(t, 404)
		ann.ask(t, "PUT", "/users/"+ann.id(), body{"full_name": "Ann B"}).is(t, 200)
		ann.ask(t, "PUT", "/users/"+ann.id(), body{"account_id": w.super.user.AccountID}).is(t, 403)
		ann.ask(t, "PUT", "/users/"+ann.id(), body{"is_active": false}).is(t, 403)
		// What is no user, and who is none.
		for path, status := range map[string]int{
			"/users/9b7c2f0e-0000-4000-8000-000000000000": 404, "/users/x": 422,
			"/users/9B7C2F0E-0000-4000-8000-000000000000": 422, "/users/" + ann.id() + "%00": 422,
		} {
			w.super.ask(t, "GET", path, nil).is(t, status)
			w.super.ask(t, "PUT", path, body{"full_name": "x"}).is(t, status)
		}
	})
}

func TestAccounts(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme, other := w.account(t, "Acme"), w.account(t, "Other")
		admin := w.user(t, "admin", AccountAdmin, &acme.ID)
		manager := w.user(t, "manager", AccountManager, &acme.ID)
		guest := w.user(t, "guest", Guest, nil)
		path := "/accounts/" + acme.ID.String()

		var moved User
		w.super.ask(t, "POST", path+"/users", body{"user_id": guest.id()}).is(t, 200).into(t, &moved)
		if moved.AccountID == nil || *moved.AccountID != acme.ID {
			t.Errorf("%+v", moved)
		}
		guest.ask(t, "GET", "/accounts/me", nil).is(t, 200).says(t, acme.ID.String())
		guest.ask(t, "GET", "/accounts", nil).is(t, 200).says(t, `"Acme"`)
		w.super.ask(t, "GET", "/accounts", nil).is(t, 200).says(t, `"Acme"`).says(t, `"Other"`)

		for _, list := range []string{path + "/users", "/accounts/users/me", "/users"} {
			same(t, "the admin: "+list, admin.ids(t, list), sorted(admin, manager, guest))
			same(t, "the manager: "+list, manager.ids(t, list), sorted(admin, manager, guest))
			same(t, "a guest: "+list, guest.ids(t, list), sorted(guest))
		}
		same(t, "the super admin", w.super.ids(t, path+"/users"), sorted(admin, manager, guest))
		same(t, "the super admin's own", w.super.ids(t, "/accounts/users/me"), sorted(w.super))
		admin.ask(t, "GET", "/accounts/"+other.ID.String()+"/users", nil).is(t, 404)

		admin.ask(t, "PUT", path, body{"name": "Acme Ltd", "description": "tools"}).is(t, 200).says(t, `"Acme Ltd"`)
		admin.ask(t, "PUT", path, body{"is_active": false}).is(t, 403)
		admin.ask(t, "PUT", path, body{"plan_id": acme.ID}).is(t, 403)
		admin.ask(t, "PUT", path, body{"current_subscription_ends": "2040-01-01T00:00:00Z"}).is(t, 403)
		manager.ask(t, "PUT", path, body{"name": "x"}).is(t, 403)
		admin.ask(t, "PUT", "/accounts/"+other.ID.String(), body{"name": "x"}).is(t, 404)
		admin.ask(t, "PUT", "/accounts/"+other.ID.String(), body{"name": ""}).is(t, 404)
		admin.ask(t, "POST", path+"/users", body{"user_id": guest.id()}).is(t, 403)

		var changed Account
		w.super.ask(t, "PUT", path, body{"plan_id": other.ID, "current_subscription_ends": "2040-01-01T01:00:00.123456789+01:00",
			"description": nil}).is(t, 200).into(t, &changed)
		if *changed.PlanID != other.ID || changed.CurrentSubscriptionEnds.Format(time.RFC3339Nano) != "2040-01-01T00:00:00.123456Z" || changed.Description != nil {
			t.Errorf("%+v", changed)
		}
		nowhere := "/accounts/9b7c2f0e-0000-4000-8000-000000000000"
		w.super.ask(t, "PUT", nowhere, body{"name": "x"}).is(t, 404)
		w.super.ask(t, "GET", nowhere+"/users", nil).is(t, 404)
		w.super.ask(t, "POST", nowhere+"/users", body{"user_id": guest.id()}).is(t, 404)
		w.super.ask(t, "POST", path+"/users", body{"user_id": other.ID}).is(t, 404)
		w.super.ask(t, "POST", path+"/users", body{"user_id": "x"}).is(t, 422)
		w.super.ask(t, "POST", path+"/users", body{}).is(t, 422)
		w.super.ask(t, "POST", "/accounts", body{}).is(t, 422)
		w.super.ask(t, "POST", "/accounts", body{"name": nil}).is(t, 422)
	})
}

func TestUserRoles(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		acme, other := w.account(t, "Acme"), w.account(t, "Other")
		admin := w.user(t, "admin", AccountAdmin, &acme.ID)
		member := w.user(t, "member", "", &acme.ID)
		stranger := w.user(t, "stranger", "", &other.ID)

		assign := func(c, to caller, role string) reply {
			return c.ask(t, "POST", "/user-roles", body{"user_id": to.id(), "role_id": w.roles[role]})
		}
		change := func(c, of caller, role string) reply {
			return c.ask(t, "PUT", "/user-roles/"+of.id(), body{"role_id": w.roles[role]})
		}
		change(w.super, member, Guest).is(t, 404).says(t, "There is no role assigned to this user")
		assign(admin, stranger, Guest).is(t, 404)
		assign(admin, member, AccountAdmin).is(t, 403)
		assign(admin, member, SuperAdmin).is(t, 403)
		var given UserRole
		assign(admin, member, Guest).is(t, 200).into(t, &given)
		if given.UserID != member.user.ID || given.Role.Name != Guest || given.RoleID.String() != w.roles[Guest] {
			t.Errorf("%+v", given)
		}
		assign(admin, member, AccountManager).is(t, 409).says(t, "This user has already been assigned a role.")
		change(admin, member, AccountManager).is(t, 200).says(t, AccountManager)
		member.ask(t, "GET", "/users/me", nil).is(t, 200).says(t, w.roles[AccountManager])
		change(admin, member, Admin).is(t, 403)
		change(admin, stranger, Guest).is(t, 404)
		change(admin, w.super, Guest).is(t, 404)
		change(member, admin, Guest).is(t, 403)
		peer := w.user(t, "peer", AccountAdmin, &acme.ID) // not below the admin
		change(admin, peer, Guest).is(t, 403)
		peer.ask(t, "GET", "/users/me", nil).is(t, 200).says(t, AccountAdmin)

		for _, b := range []any{body{}, body{"user_id": member.id()}, body{"role_id": w.roles[Guest]}, body{"user_id": nil, "role_id": nil},
			body{"user_id": "x", "role_id": "y"}, `null`} {
			w.super.ask(t, "POST", "/user-roles", b).is(t, 422)
		}
		w.super.ask(t, "POST", "/user-roles", body{"user_id": acme.ID, "role_id": w.roles[Guest]}).is(t, 404)
		w.super.ask(t, "POST", "/user-roles", body{"user_id": stranger.id(), "role_id": acme.ID}).is(t, 422)
		w.super.ask(t, "PUT", "/user-roles/"+member.id(), body{"role_id": acme.ID}).is(t, 422)
		w.super.ask(t, "PUT", "/user-roles/"+member.id(), body{}).is(t, 422)
	})
}

// Whoever has no account can log in, and sees one user and no account.
func TestWithoutAccount(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.send(t, "", "POST", "/users/open", body{"email": "new@example.com", "password": password, "full_name": "New"}).is(t, 200).
			says(t, `"account_id":null`).says(t, `"user_role":null`)
		w.user(t, "another", "", nil)
		c := w.logIn(t, "new@example.com")
		same(t, "without account", c.ids(t, "/users"), sorted(c))
		c.ask(t, "GET", "/users/"+c.id(), nil).is(t, 200)
		if got := c.ask(t, "GET", "/accounts/me", nil).is(t, 200); got.body != "null\n" {
			t.Error(got.body)
		}
		c.ask(t, "GET", "/accounts/users/me", nil).is(t, 404)

		// Roles of an account are worth nothing without one: null is not an account.
		for _, role := range []string{AccountAdmin, AccountManager} {
			c := w.user(t, strings.ToLower(role), role, nil)
			c.ask(t, "GET", "/users", nil).is(t, 403)
			c.ask(t, "GET", "/accounts", nil).is(t, 403)
			c.ask(t, "GET", "/users/me", nil).is(t, 200)
		}
	})
}

func TestDuplicates(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		guest := w.user(t, "guest", "", nil)
		w.user(t, "other", "", nil)
		w.super.ask(t, "PUT", "/users/"+guest.id(), body{"phone_number": "123"}).is(t, 200)
		for _, email := range []string{"other@example.com", "OTHER@example.com"} {
			taken := body{"email": email, "password": password, "full_name": "x"}
			w.super.ask(t, "POST", "/users", taken).is(t, 409).says(t, "already exists in the system.")
			w.send(t, "", "POST", "/users/open", taken).is(t, 409).says(t, "already exists in the system\"")
			w.super.ask(t, "PUT", "/users/"+guest.id(), body{"email": email}).is(t, 409)
			guest.ask(t, "PUT", "/users/me", body{"email": email}).is(t, 409)
		}
		w.super.ask(t, "POST", "/users", body{"email": "x@example.com", "password": password, "phone_number": "123"}).is(t, 409)
		acme, other := w.account(t, "Acme"), w.account(t, "Other")
		w.super.ask(t, "POST", "/accounts", body{"name": "Acme"}).is(t, 409).says(t, "An account with this name already exists")
		w.super.ask(t, "PUT", "/accounts/"+other.ID.String(), body{"name": acme.Name}).is(t, 409)
		w.super.ask(t, "PUT", "/accounts/"+acme.ID.String(), body{"name": acme.Name}).is(t, 200)
	})
}

func TestPages(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		all := []caller{w.super}
		for _, name := range []string{"a", "b", "c"} {
			all = append(all, w.user(t, name, "", w.super.user.AccountID))
		}
		for query, status := range map[string]int{
			"": 200, "?limit=1": 200, "?limit=500": 200, "?skip=1000000": 200, "?limit=501": 422, "?limit=0": 422,
			"?limit=-1": 422, "?skip=-1": 422, "?skip=1000001": 422, "?limit=x": 422, "?limit=1e2": 422, "?limit=": 422,
			"?limit=1&limit=2": 422, "?skip=99999999999999999999": 422, "?other=1": 422, "?limit=%zz": 422,
		} {
			for _, list := range []string{"/users", "/accounts", "/accounts/users/me", "/accounts/" + w.super.user.AccountID.String() + "/users"} {
				w.super.ask(t, "GET", list+query, nil).is(t, status)
			}
		}
		// One by one, in the order in which they came.
		for i, c := range all {
			var page []User
			w.super.ask(t, "GET", "/users?limit=1&skip="+strconv.Itoa(i), nil).is(t, 200).into(t, &page)
			if len(page) != 1 || page[0].ID != c.user.ID {
				t.Errorf("user %d: %v", i, page)
			}
		}
		if got := w.super.ask(t, "GET", "/users?skip=4", nil).is(t, 200); got.body != "[]\n" {
			t.Error(got.body)
		}
		w.super.ask(t, "GET", "/users/", nil).is(t, 200)
		w.send(t, "", "GET", "/roles/", nil).is(t, 200)
	})
}
