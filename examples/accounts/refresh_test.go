package main

import (
	"context"
	"net/url"
	"testing"

	"github.com/rolespec/rolespec/examples/internal/database"
	"github.com/rolespec/rolespec/examples/internal/testservice"
	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/refreshtest"
)

func TestLoginsAreAStore(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		db, err := database.Open(context.Background(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		s, err := openStore(context.Background(), db)
		if err != nil {
			t.Fatal(err)
		}
		// One for all cases: each has logins of its own.
		refreshtest.Run(t, func(*testing.T) payload.RefreshStore { return logins{s.db} })
	})
}

func refreshing(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
}

func TestRefresh(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.user(t, "c", "", nil)
		refresh := func(token string) reply { return w.send(t, "", "POST", "/auth/access-token", refreshing(token)) }
		first := w.tokens(t, c.user.Email)
		var second, third tokenAnswer
		refresh(first.Refresh).is(t, 200).into(t, &second)
		w.send(t, second.Access, "GET", "/users/me", nil).is(t, 200).says(t, c.id())
		refresh(second.Refresh).is(t, 200).into(t, &third)

		// One that is used twice was stolen, and all of that login end.
		refresh(first.Refresh).is(t, 400)
		refresh(third.Refresh).is(t, 400)

		// A token is good for one thing.
		other := w.tokens(t, c.user.Email)
		w.send(t, other.Refresh, "GET", "/users/me", nil).is(t, 401)
		refresh(other.Access).is(t, 400)
		refresh("x").is(t, 400)
		w.send(t, "", "POST", "/auth/access-token", url.Values{"grant_type": {"refresh_token"}}).is(t, 422)

		// Logging out ends one login, and is no error twice or for nonsense.
		another := w.tokens(t, c.user.Email)
		for _, token := range []string{other.Refresh, other.Refresh, "x"} {
			w.send(t, "", "POST", "/auth/revoke-token", url.Values{"token": {token}}).is(t, 200)
		}
		refresh(other.Refresh).is(t, 400)
		refresh(another.Refresh).is(t, 200).into(t, &another)

		// An account that is not active takes no login away, and serves none.
		acme := w.account(t, "Acme")
		w.super.ask(t, "PUT", "/users/"+c.id(), body{"account_id": acme.ID}).is(t, 200)
		set := func(active bool) {
			w.super.ask(t, "PUT", "/accounts/"+acme.ID.String(), body{"is_active": active}).is(t, 200)
		}
		set(false)
		refresh(another.Refresh).is(t, 400)
		set(true)
		refresh(another.Refresh).is(t, 200).into(t, &another)

		// Who is locked out is logged out, also when they are let in again.
		w.super.ask(t, "PUT", "/users/"+c.id(), body{"is_active": false}).is(t, 200)
		refresh(another.Refresh).is(t, 400)
		w.super.ask(t, "PUT", "/users/"+c.id(), body{"is_active": true}).is(t, 200)
		refresh(another.Refresh).is(t, 400)
		w.tokens(t, c.user.Email)
	})
}
