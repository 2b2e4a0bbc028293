package main

import (
	"context"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"golang.org/x/crypto/bcrypt"
)

// A hash that came from elsewhere, or is of another cost, is accepted once and replaced.
func TestOldHashes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c := w.user(t, "c", "", nil)
		stored := func() (hash string) {
			s := &store{w.DB}
			l, err := s.loginOf(context.Background(), c.user.ID)
			if err != nil {
				t.Fatal(err)
			}
			return l.Hash
		}
		old, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
		if err != nil {
			t.Fatal(err)
		}
		dearer := cheap
		dearer.Iterations++
		others, err := newPasswords(dearer)
		if err != nil {
			t.Fatal(err)
		}
		other, err := others.hash(context.Background(), password)
		if err != nil {
			t.Fatal(err)
		}
		for _, hash := range []string{string(old), strings.Replace(string(old), "$2a$", "$2b$", 1), other} {
			if err := (&store{w.DB}).rehash(context.Background(), c.user.ID, stored(), hash); err != nil {
				t.Fatal(err)
			}
			w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, "wrong")).is(t, 400)
			w.send(t, "", "POST", "/auth/access-token", credentials(c.user.Email, strings.Repeat("x", 200))).is(t, 400)
			if stored() != hash {
				t.Errorf("a wrong password has replaced %s", hash)
			}
			w.tokens(t, c.user.Email)
			if now := stored(); !strings.HasPrefix(now, "$argon2id$v=19$m=64,t=1,p=1$") {
				t.Errorf("%s is still %s", hash, now)
			}
			now := stored()
			w.tokens(t, c.user.Email)
			if stored() != now {
				t.Error("a hash of today is made anew")
			}
		}
	})
}

// Nobody's password costs as much as somebody's, and is never right. Time is the same
// where the work is; work is measured in memory, which other programs do not change.
func TestUnknownUsersTakeAsLong(t *testing.T) {
	costly := cheap
	costly.Memory, costly.Iterations = 8<<10, 2
	p, err := newPasswords(costly)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	hash, err := p.hash(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	took := func(hash string) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if ok, _, err := p.check(ctx, "wrong", hash); ok || err != nil {
			t.Fatal(ok, err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	somebody, nobody := took(hash), took("")
	if least := uint64(costly.Memory) << 10; somebody < least || nobody < least {
		t.Errorf("somebody %d bytes, nobody %d, and a hash takes %d", somebody, nobody, least)
	}
	if cost, _, _, err := argon2id.DecodeHash(p.dummy); err != nil || *cost != costly {
		t.Errorf("%+v %v", cost, err)
	}
	if ok, _, err := p.check(ctx, password, hash); !ok || err != nil {
		t.Error(ok, err)
	}
	p.dummy = hash
	if ok, _, err := p.check(ctx, password, ""); ok || err != nil {
		t.Error("nobody has a password", err)
	}
	if _, _, err := p.check(ctx, password, "$argon2id$nonsense"); err == nil {
		t.Error("a hash that cannot be read is no error")
	}
}

// However many ask, few hashes are made at a time.
func TestFewHashesAtATime(t *testing.T) {
	t.Parallel()
	p, err := newPasswords(cheap)
	if err != nil {
		t.Fatal(err)
	}
	for range cap(p.slots) {
		if _, err := p.turn(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if _, err := p.hash(ctx, password); err == nil {
		t.Error("there was room for one more")
	}
	if _, _, err := p.check(ctx, password, p.dummy); err == nil {
		t.Error("there was room for one more")
	}
}

func TestChangePassword(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		c, bystander := w.user(t, "c", "", nil), w.user(t, "bystander", "", nil)
		const next = "a horse of another color"
		change := func(current, wanted string) reply {
			return c.ask(t, "PUT", "/users/me/password", body{"current_password": current, "new_password": wanted})
		}
		login := func(email, password string) reply {
			return w.send(t, "", "POST", "/auth/access-token", credentials(email, password))
		}
		theirs, mine := w.tokens(t, bystander.user.Email), w.tokens(t, c.user.Email)
		change("wrong", next).is(t, 400).says(t, "Incorrect password")
		change("", next).is(t, 400)
		change(password, "short").is(t, 422)
		login(c.user.Email, password).is(t, 200)
		if got := change(password, next).is(t, 204); got.body != "" {
			t.Error(got.body)
		}
		login(c.user.Email, password).is(t, 400)
		login(c.user.Email, next).is(t, 200)
		login(bystander.user.Email, password).is(t, 200)
		w.send(t, "", "POST", "/auth/access-token", refreshing(mine.Refresh)).is(t, 400)
		w.send(t, "", "POST", "/auth/access-token", refreshing(theirs.Refresh)).is(t, 200)
	})
}
