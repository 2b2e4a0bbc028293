package main

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"
	"unsafe"

	"github.com/rolespec/rolespec/examples/internal/testservice"
)

func TestLimit(t *testing.T) {
	t.Parallel()
	clock := time.Unix(1_000_000, 0)
	l := newLimit(3, time.Second, func() time.Time { return clock })
	take := func(key string, want bool) {
		t.Helper()
		wait, ok := l.take(key)
		if ok != want || ok != (wait == 0) || wait > time.Second {
			t.Errorf("%s: %v after %v", key, ok, wait)
		}
	}
	for range 3 {
		take("a", true)
	}
	take("a", false)
	take("b", true)
	clock = clock.Add(time.Second / 2)
	take("a", false)
	clock = clock.Add(time.Second / 2)
	take("a", true)
	take("a", false)
	clock = clock.Add(time.Hour) // saves no more than a burst
	for range 3 {
		take("a", true)
	}
	take("a", false)
}

// However many keys there are, none gets a turn too many, and the memory is the same.
func TestLimitForgetsNobody(t *testing.T) {
	t.Parallel()
	clock := time.Unix(1_000_000, 0)
	l := newLimit(3, time.Minute, func() time.Time { return clock })
	for range 3 {
		l.take("victim")
	}
	refused := 0
	for i := range 2000 {
		if _, ok := l.take(fmt.Sprint("crowd", i)); !ok {
			refused++
		}
	}
	if refused > 20 {
		t.Errorf("%d of 2000 strangers had to wait for others", refused)
	}
	for i := range 100_000 {
		l.take(fmt.Sprint("more", i))
	}
	if _, ok := l.take("victim"); ok {
		t.Error("a crowd has made the limit forget a key")
	}
	if size := unsafe.Sizeof(*l); size > 256<<10 {
		t.Errorf("%d bytes", size)
	}
}

var few = rate{3, time.Hour}

func TestLoginsOfAUserAreLimited(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, limits{generous.address, few})
		for range 2 { // the third is that of the start
			w.send(t, "", "POST", "/auth/access-token", credentials("root@example.com", "wrong")).is(t, 400)
		}
		// The right password does not help, nor does another spelling of the name.
		for _, email := range []string{"root@example.com", "Root@Example.com"} {
			got := w.send(t, "", "POST", "/auth/access-token", credentials(email, password)).is(t, 429)
			if n, err := strconv.Atoi(got.header.Get("Retry-After")); err != nil || n < 1 || n > 3600 {
				t.Errorf("Retry-After: %q", got.header.Get("Retry-After"))
			}
		}
		w.send(t, "", "POST", "/auth/access-token", credentials("other@example.com", password)).is(t, 400)
	})
}

func TestLoginsFromAnAddressAreLimited(t *testing.T) {
	t.Parallel()
	testservice.Each(t, func(t *testing.T, dsn string) {
		w := start(t, dsn, limits{few, generous.user})
		for i := range 2 {
			w.send(t, "", "POST", "/auth/access-token", credentials(fmt.Sprint(i, "@example.com"), "wrong")).is(t, 400)
		}
		w.send(t, "", "POST", "/auth/access-token", credentials("another@example.com", "wrong")).is(t, 429)
		w.send(t, "", "POST", "/users/open", body{}).is(t, 429)
		w.super.ask(t, "GET", "/users/me", nil).is(t, 200)
	})
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for remote, want := range map[string]string{
		"192.0.2.1:1234": "192.0.2.1", "[::ffff:192.0.2.1]:1": "192.0.2.1",
		"[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64", "[2001:db8:1:2::1]:9": "2001:db8:1:2::/64",
		"[fe80::1%eth0]:9": "fe80::/64", "pipe": "pipe",
	} {
		r := &http.Request{RemoteAddr: remote, Header: http.Header{"X-Forwarded-For": {"203.0.113.9"}}}
		if got := addressOf(r); got != want {
			t.Errorf("%s: %s, want %s", remote, got, want)
		}
	}
}
