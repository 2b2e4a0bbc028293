package payloadjwks_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
)

func TestRotation(t *testing.T) {
	one, two, now := named(t, "one"), named(t, "two"), new(clock)
	srv := newServer(t, one)
	v := verifier(t, newSource(t, srv.URL, payloadjwks.WithClock(now.now)))
	accepted(t, v, token(t, one), "the key of the set")
	fetched(t, srv, 1, "a known kid")

	srv.publish(t, one, two)
	refused(t, v, token(t, two), "a new key within the rate limit")
	fetched(t, srv, 1, "within the rate limit")
	now.advance(payloadjwks.DefaultRateLimit)
	accepted(t, v, token(t, two), "a new key")
	accepted(t, v, token(t, one), "the old key beside it")
	fetched(t, srv, 2, "a new key")

	srv.publish(t, two)
	accepted(t, v, token(t, one), "a key that is gone, before the refresh")
	now.advance(payloadjwks.DefaultRateLimit)
	refused(t, v, token(t, named(t, "three")), "no key")
	refused(t, v, token(t, one), "a key that is gone, after the refresh")
	accepted(t, v, token(t, two), "the key that stays")
}

// A kid names one key: a token of the same kid with another key is a forgery.
func TestForged(t *testing.T) {
	srv := newServer(t, named(t, "one"))
	v := verifier(t, newSource(t, srv.URL))
	if _, err := v.Verify(ctx, token(t, named(t, "one"))); !errors.Is(err, payload.ErrSignature) {
		t.Errorf("a forged token: %v, want ErrSignature", err)
	}
	fetched(t, srv, 1, "a forged token")
}

func TestBackgroundRefresh(t *testing.T) {
	one, two := named(t, "one"), named(t, "two")
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithRefresh(time.Second), payloadjwks.WithRateLimit(time.Hour))
	v := verifier(t, s)
	srv.publish(t, two)
	until(t, "the key that is gone is refused", func() bool {
		_, err := v.Verify(ctx, token(t, one))
		return errors.Is(err, payload.ErrUnknownKey)
	})
	accepted(t, v, token(t, two), "the new key")
	srv.answer(http.NotFound)
	until(t, "the failure is seen", func() bool { return s.Status().Err != nil })
	accepted(t, v, token(t, two), "after a failure")
	srv.publish(t, one)
	until(t, "it is tried again", func() bool {
		_, err := v.Verify(ctx, token(t, one))
		return err == nil
	})
	if status := s.Status(); status.Err != nil || status.Keys != 1 {
		t.Errorf("status %+v", status)
	}
}

// Ten thousand kids that nobody has cause one fetch, and known kids do not wait for it.
func TestFlood(t *testing.T) {
	one, now := named(t, "one"), new(clock)
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithClock(now.now), payloadjwks.WithTimeout(time.Minute))
	v, good := verifier(t, s), token(t, one)
	now.advance(payloadjwks.DefaultRateLimit)
	release := srv.hold(t, body(must[[]byte](t)(payload.PublicJWKS(one))))

	var all sync.WaitGroup
	for i := range 10000 {
		all.Add(1)
		go func() {
			defer all.Done()
			if key, err := s.Key(ctx, payload.EdDSA, fmt.Sprint("no ", i), true); !errors.Is(err, payload.ErrUnknownKey) {
				t.Errorf("have %v, %v, want ErrUnknownKey", key, err)
			}
		}()
	}
	until(t, "the fetch has begun", func() bool { return srv.fetches.Load() == 2 })
	for range 100 {
		accepted(t, v, good, "a known kid while a fetch is held")
	}
	release()
	all.Wait()
	fetched(t, srv, 2, "a flood")
	for i := range 20 {
		refused(t, v, token(t, named(t, fmt.Sprint("more ", i))), "after the flood")
	}
	fetched(t, srv, 2, "more within the rate limit")
}

func TestAbsentIsRemembered(t *testing.T) {
	now := new(clock)
	srv := newServer(t, named(t, "one"))
	v := verifier(t, newSource(t, srv.URL, payloadjwks.WithClock(now.now)))
	two := named(t, "two")
	for i, tt := range []struct {
		after   time.Duration
		fetches int64
	}{
		{payloadjwks.DefaultRateLimit, 2}, {payloadjwks.DefaultRateLimit, 2}, {4 * payloadjwks.DefaultRateLimit, 2},
		{payloadjwks.DefaultRateLimit, 3}, {payloadjwks.DefaultRateLimit, 3},
	} {
		now.advance(tt.after)
		refused(t, v, token(t, two), "a kid that nobody has")
		fetched(t, srv, tt.fetches, fmt.Sprint("step ", i))
	}
	now.advance(payloadjwks.DefaultRateLimit)
	srv.publish(t, two)
	refused(t, v, token(t, named(t, "three")), "another kid")
	accepted(t, v, token(t, two), "a kid that was absent and has come")
}

// Tokens that no set can have a key for cause no fetch.
func TestNoFetch(t *testing.T) {
	now := new(clock)
	one := named(t, "one")
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithClock(now.now))
	now.advance(time.Hour)
	for _, tt := range []struct {
		name   string
		alg    payload.Algorithm
		kid    string
		hasKid bool
	}{
		{"a secret", payload.HS256, "new", true},
		{"none", "none", "new", true},
		{"no algorithm", "", "new", true},
		{"the kid of another algorithm", payload.RS256, "one", true},
		{"an empty kid", payload.EdDSA, "", true},
		{"a kid too long", payload.EdDSA, string(make([]byte, 256)), true},
		{"no kid, another algorithm", payload.ES256, "", false},
		{"no kid, a secret", payload.HS256, "", false},
	} {
		if key, err := s.Key(ctx, tt.alg, tt.kid, tt.hasKid); !errors.Is(err, payload.ErrUnknownKey) || key.Algorithm() != "" {
			t.Errorf("%s: have %v, %v, want ErrUnknownKey", tt.name, key, err)
		}
	}
	fetched(t, srv, 1, "tokens without hope")
}

func TestWithoutKid(t *testing.T) {
	bare := newKey(t)
	srv := newServer(t, bare)
	accepted(t, verifier(t, newSource(t, srv.URL)), token(t, bare), "the only key")

	one := named(t, "one")
	srv.publish(t, one, named(t, "two"))
	v := verifier(t, newSource(t, srv.URL))
	refused(t, v, token(t, bare), "no kid, two keys")
	accepted(t, v, token(t, one), "a kid, two keys")
	srv.publish(t, bare)
	v = verifier(t, newSource(t, srv.URL))
	refused(t, v, token(t, one), "a kid, the key has none")
}

// Callers share one fetch, and the one that goes away does not take it from the others.
func TestSharedFetch(t *testing.T) {
	one, two, now := named(t, "one"), named(t, "two"), new(clock)
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithClock(now.now), payloadjwks.WithTimeout(time.Minute))
	v, good := verifier(t, s), token(t, two)
	now.advance(payloadjwks.DefaultRateLimit)
	release := srv.hold(t, body(must[[]byte](t)(payload.PublicJWKS(one, two))))

	leaving, leave := context.WithCancel(ctx)
	left := make(chan error)
	go func() {
		_, err := v.Verify(leaving, good)
		left <- err
	}()
	until(t, "the fetch has begun", func() bool { return srv.fetches.Load() == 2 })
	leave()
	if err := <-left; !errors.Is(err, payload.ErrUnknownKey) {
		t.Errorf("a caller that left: %v, want ErrUnknownKey", err)
	}
	var all sync.WaitGroup
	for range 100 {
		all.Add(1)
		go func() {
			defer all.Done()
			accepted(t, v, good, "a caller that waits")
		}()
	}
	release()
	all.Wait()
	fetched(t, srv, 2, "many callers")
}

// waitingContext says when somebody waits for it to end.
type waitingContext struct {
	context.Context
	waits func()
}

func (c waitingContext) Done() <-chan struct{} {
	c.waits()
	return c.Context.Done()
}

// A fetch that had begun before a token came says nothing of the token's key: it may have
// been published meanwhile.
func TestJoinedFetchIsNoProof(t *testing.T) {
	one, two, now := named(t, "one"), named(t, "two"), new(clock)
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithClock(now.now), payloadjwks.WithTimeout(time.Minute))
	v := verifier(t, s)
	now.advance(payloadjwks.DefaultRateLimit)
	release := srv.hold(t, body(must[[]byte](t)(payload.PublicJWKS(one))))
	var all sync.WaitGroup
	for _, key := range []payload.Key{named(t, "three"), two} {
		waiting := make(chan struct{})
		all.Add(1)
		go func() {
			defer all.Done()
			_, err := v.Verify(waitingContext{ctx, sync.OnceFunc(func() { close(waiting) })}, token(t, key))
			if !errors.Is(err, payload.ErrUnknownKey) {
				t.Errorf("%v: %v, want ErrUnknownKey", key, err)
			}
		}()
		<-waiting
	}
	release()
	all.Wait()
	fetched(t, srv, 2, "two callers")
	srv.publish(t, one, two)
	now.advance(payloadjwks.DefaultRateLimit)
	accepted(t, v, token(t, two), "the key, once it is published")
}

func TestClose(t *testing.T) {
	before := runtime.NumGoroutine()
	one, now := named(t, "one"), new(clock)
	srv := newServer(t, one)
	s := newSource(t, srv.URL, payloadjwks.WithClock(now.now), payloadjwks.WithTimeout(time.Minute))
	v := verifier(t, s)
	now.advance(time.Minute)
	srv.hold(t, http.NotFound)
	waiting := make(chan struct{})
	go func() {
		defer close(waiting)
		refused(t, v, token(t, named(t, "two")), "while it is closed")
	}()
	until(t, "the fetch has begun", func() bool { return srv.fetches.Load() == 2 })
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	if s.Status().Err == nil {
		t.Error("a fetch goes on after Close")
	}
	<-waiting
	now.advance(time.Minute)
	refused(t, v, token(t, named(t, "three")), "after it is closed")
	accepted(t, v, token(t, one), "a known kid after it is closed")
	fetched(t, srv, 2, "after it is closed")
	now.advance(payloadjwks.DefaultMaxStale)
	refused(t, v, token(t, one), "a set that is too old")
	srv.CloseClientConnections()
	srv.Server.Close()
	until(t, "the goroutines have ended", func() bool { return runtime.NumGoroutine() <= before })
}

func TestNoSource(t *testing.T) {
	for _, s := range []*payloadjwks.Source{nil, new(payloadjwks.Source)} {
		refused(t, verifier(t, s), token(t, newKey(t)), "no source")
		if s.Close() != nil || s.Status() != (payloadjwks.Status{}) {
			t.Error("no source has a status")
		}
	}
}
