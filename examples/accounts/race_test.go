package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	sq "github.com/Masterminds/squirrel"
	"golang.org/x/crypto/bcrypt"

	"github.com/rolespec/rolespec/examples/internal/database"
)

// A password that was checked before it is changed, or before its user is locked out,
// begins no login after that: whoever knew it would go on with it.
func TestCheckedBeforeAChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		issued := w.issuer(t)
		for i, change := range []func(c caller){
			func(c caller) {
				c.ask(t, "PUT", "/users/me/password", body{"current_password": password, "new_password": "a horse of another color"}).is(t, 204)
			},
			func(c caller) { w.super.ask(t, "PUT", "/users/"+c.id(), body{"is_active": false}).is(t, 200) },
		} {
			c := w.user(t, fmt.Sprint("c", i), "", nil)
			who, err := s.loginOf(context.Background(), c.user.ID) // the password is checked by this
			if err != nil {
				t.Fatal(err)
			}
			if _, err := issued.issue(context.Background(), s, who); err != nil {
				t.Fatal(err)
			}
			change(c)
			if pair, err := issued.issue(context.Background(), s, who); !errors.Is(err, errChanged) || pair.Refresh != "" {
				t.Errorf("change %d: a login begins: %v", i, err)
			}
			if n := w.logins(t, c); n != 0 {
				t.Errorf("change %d: %d logins are left", i, n)
			}
		}
	})
}

// Nor does one begin while the change is being stored: one of the two comes second.
func TestCheckedWhileAChange(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		s := &store{w.DB}
		issued := w.issuer(t)
		c := w.user(t, "c", "", nil)
		who, err := s.loginOf(context.Background(), c.user.ID)
		if err != nil {
			t.Fatal(err)
		}
		began := make(chan error, 1)
		var once sync.Once
		err = s.db.InTx(context.Background(), func(tx *sql.Tx) error {
			if _, err := database.Exec(context.Background(), tx, s.db.SQL.Update("users").Set("hashed_password", "!").Where(sq.Eq{"id": c.id()})); err != nil {
				return err
			}
			if err := s.logOutAll(context.Background(), tx, c.user.ID); err != nil {
				return err
			}
			once.Do(func() {
				go func() {
					_, err := issued.issue(context.Background(), s, who)
					began <- err
				}()
				select {
				case err := <-began: // it did not wait for the change
					began <- err
				case <-time.After(time.Second):
				}
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := <-began; err != nil && !errors.Is(err, errChanged) {
			t.Error(err)
		}
		if n := w.logins(t, c); n != 0 {
			t.Errorf("%d logins are left of a password that was changed", n)
		}
	})
}

// Of two who log in while the hash of the password is renewed both get in.
func TestLoginWhileAHashIsRenewed(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.user(t, "c", "", nil)
		for round := range 3 {
			old, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.DB.Exec("UPDATE users SET hashed_password = '" + string(old) + "' WHERE email = 'c@example.com'"); err != nil {
				t.Fatal(err)
			}
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					if got := w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, password)); got.status != 200 {
						t.Errorf("round %d: %d %s", round, got.status, got.body)
					}
				})
			}
			all.Wait()
		}
	})
}

// issuer makes tokens as the service does.
func (w *world) issuer(t *testing.T) *tokens {
	t.Helper()
	issued, err := newTokens(&store{w.DB}, environment()("SECRET_KEY"), time.Hour, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return issued
}

// logins counts what a user can go on with.
func (w *world) logins(t *testing.T, c caller) (n int) {
	t.Helper()
	if err := w.DB.QueryRow("SELECT count(*) FROM logins WHERE subject = '" + c.id() + "'").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// Of many who want the same at the same time one gets it, and the others are told.
func TestAtTheSameTime(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		guest := w.user(t, "guest", "", nil)
		crowd := func(what string, ask func(i int) reply) {
			t.Helper()
			const many = 8
			status := make([]int, many)
			var all sync.WaitGroup
			for i := range many {
				all.Go(func() { status[i] = ask(i).status })
			}
			all.Wait()
			counts := map[int]int{}
			for _, s := range status {
				counts[s]++
			}
			if counts[200] != 1 || counts[409] != many-1 {
				t.Errorf("%s: %v", what, counts)
			}
		}
		for round := range 3 {
			email := fmt.Sprintf("same%d@example.com", round)
			crowd("an e-mail address", func(i int) reply {
				b := body{"email": email, "password": password, "full_name": "x"}
				if i%2 == 0 {
					return w.send(t, "", "POST", "/users/open", b)
				}
				return w.super.ask(t, "POST", "/users", b)
			})
			crowd("the name of an account", func(int) reply {
				return w.super.ask(t, "POST", "/accounts", body{"name": fmt.Sprint("Same ", round)})
			})
		}
		crowd("the first role", func(int) reply {
			return w.super.ask(t, "POST", "/user-roles", body{"user_id": guest.id(), "role_id": w.roles[Guest]})
		})
	})
}
