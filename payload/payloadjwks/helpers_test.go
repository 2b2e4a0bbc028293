package payloadjwks_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
)

type Claims struct{ payload.Registered }

const (
	issuer   = "https://login.example"
	audience = "tasks"
)

var ctx = context.Background()

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// until polls what another goroutine brings about.
func until(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within 20 seconds: %s", what)
		}
	}
}

// clock is a time that tests set.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(1767225600, 0).Add(time.Duration(c.ahead.Load())) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// newKey makes a key to sign with.
func newKey(t testing.TB, opts ...payload.KeyOption) payload.Key {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return must[payload.Key](t)(payload.Ed25519PrivateKey(private, opts...))
}

func named(t testing.TB, id string) payload.Key { return newKey(t, payload.KeyID(id)) }

// token is one that is good but for its key, for as long as any test goes on.
func token(t testing.TB, key payload.Key) string {
	t.Helper()
	s := must[*payload.Signer[Claims]](t)(payload.NewSigner[Claims](key, issuer, audience,
		payload.WithClock(new(clock).now), payload.WithAccessLifetime(1000*time.Hour)))
	return must[string](t)(s.Access(Claims{}))
}

// server publishes keys, or answers as a test says.
type server struct {
	*httptest.Server
	fetches atomic.Int64
	mu      sync.Mutex
	handler http.HandlerFunc
}

func newServer(t testing.TB, keys ...payload.Key) *server {
	t.Helper()
	s := &server{handler: http.NotFound}
	if len(keys) > 0 {
		s.publish(t, keys...)
	}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fetches.Add(1)
		s.mu.Lock()
		handler := s.handler
		s.mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) answer(handler http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.handler = handler
}

func body(data []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(data) }
}

func (s *server) publish(t testing.TB, keys ...payload.Key) {
	t.Helper()
	s.answer(body(must[[]byte](t)(payload.PublicJWKS(keys...))))
}

// hold makes the server wait with its answers until release is called.
func (s *server) hold(t testing.TB, then http.HandlerFunc) (release func()) {
	held := make(chan struct{})
	release = sync.OnceFunc(func() { close(held) })
	t.Cleanup(release) // before the server is closed, which waits
	s.answer(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-held:
			then(w, r)
		case <-r.Context().Done():
		}
	})
	return release
}

func newSource(t testing.TB, address string, opts ...payloadjwks.Option) *payloadjwks.Source {
	t.Helper()
	s := must[*payloadjwks.Source](t)(payloadjwks.New(ctx, address, opts...))
	t.Cleanup(func() { s.Close() })
	return s
}

func verifier(t testing.TB, s *payloadjwks.Source) *payload.Verifier[Claims] {
	t.Helper()
	return must[*payload.Verifier[Claims]](t)(payload.NewVerifier[Claims](payload.KeyFunc(s.Key),
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(new(clock).now)))
}

func accepted(t testing.TB, v *payload.Verifier[Claims], token, what string) {
	t.Helper()
	if _, err := v.Verify(ctx, token); err != nil {
		t.Errorf("%s: %v, want accepted", what, err)
	}
}

func refused(t testing.TB, v *payload.Verifier[Claims], token, what string) {
	t.Helper()
	if _, err := v.Verify(ctx, token); !errors.Is(err, payload.ErrUnknownKey) {
		t.Errorf("%s: %v, want ErrUnknownKey", what, err)
	}
}

// fetched checks how often the server was asked.
func fetched(t testing.TB, s *server, want int64, what string) {
	t.Helper()
	if have := s.fetches.Load(); have != want {
		t.Errorf("%s: %d fetches, want %d", what, have, want)
	}
}
