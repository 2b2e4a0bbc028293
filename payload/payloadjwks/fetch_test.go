package payloadjwks_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
	"github.com/rolespec/rolespec/payload/payloadjwks"
)

const edKey = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"%d"}`

// brokenTests are answers that are no good set. Some hold good keys, fewer than before.
func brokenTests(t testing.TB, good []byte) map[string]http.HandlerFunc {
	many := make([]string, payload.MaxJWKSKeys+1)
	for i := range many {
		many[i] = fmt.Sprintf(edKey, i)
	}
	with := func(more string) []byte { return []byte(strings.TrimSuffix(string(good), "]}") + "," + more + "]}") }
	elsewhere := newServer(t)
	elsewhere.answer(body(good))
	t.Cleanup(func() { fetched(t, elsewhere, 0, "the target of a redirect") })
	return map[string]http.HandlerFunc{
		"an error":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); _, _ = w.Write(good) },
		"not found":   http.NotFound,
		"another 2xx": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(203); _, _ = w.Write(good) },
		"a redirect":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) },
		"a redirect, permanent": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusPermanentRedirect)
		},
		"nothing":         body(nil),
		"a page":          body([]byte("<html>")),
		"cut off":         body(good[:len(good)-1]),
		"no key":          body([]byte(`{"keys":[]}`)),
		"null":            body([]byte(`null`)),
		"a bad key":       body(with(`{"kty":"OKP","crv":"Ed25519","x":"AA"}`)),
		"a private key":   body(with(fmt.Sprintf(edKey[:len(edKey)-1]+`,"d":"AA"}`, 1))),
		"a secret":        body(with(`{"kty":"oct","alg":"HS256","k":"` + strings.Repeat("Ab_-", 11) + `"}`)),
		"a kid twice":     body(with(fmt.Sprintf(edKey, 1) + "," + fmt.Sprintf(edKey, 1))),
		"too many":        body([]byte(`{"keys":[` + strings.Join(many, ",") + `]}`)),
		"too large":       body(append(good, strings.Repeat(" ", payload.MaxJWKSSize)...)),
		"without end":     endless,
		"too slow":        func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"slow in between": func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(good); flush(w); <-r.Context().Done() },
		"the connection breaks": func(http.ResponseWriter, *http.Request) {
			panic(http.ErrAbortHandler)
		},
		"a large header": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X", strings.Repeat("x", 128<<10))
			_, _ = w.Write(good)
		},
	}
}

func flush(w http.ResponseWriter) { w.(http.Flusher).Flush() }

func endless(w http.ResponseWriter, _ *http.Request) {
	for {
		if _, err := w.Write(make([]byte, 64<<10)); err != nil {
			return
		}
	}
}

// Whatever the server does, the keys stay as they were, until they are too old.
func TestBrokenAnswers(t *testing.T) {
	one, two, three := named(t, "one"), named(t, "two"), named(t, "three")
	for name, broken := range brokenTests(t, must[[]byte](t)(payload.PublicJWKS(two))) {
		t.Run(name, func(t *testing.T) {
			now := new(clock)
			srv := newServer(t, one, two)
			s := newSource(t, srv.URL, payloadjwks.WithClock(now.now), payloadjwks.WithTimeout(500*time.Millisecond))
			v := verifier(t, s)
			srv.answer(broken)
			now.advance(time.Minute)
			began := time.Now()
			refused(t, v, token(t, three), "a kid that makes it fetch")
			if waited := time.Since(began); waited > 10*time.Second {
				t.Errorf("waited for %v", waited)
			}
			fetched(t, srv, 2, "a broken answer")
			if status := s.Status(); !errors.Is(status.Err, payloadjwks.ErrFetch) || status.Keys != 2 {
				t.Errorf("status %+v", status)
			}
			now.advance(payloadjwks.DefaultMaxStale - time.Minute)
			accepted(t, v, token(t, one), "a key that is old")
			accepted(t, v, token(t, two), "a key that is old")
			now.advance(time.Second)
			refused(t, v, token(t, one), "a key that is too old")
			if status := s.Status(); status.Keys != 0 {
				t.Errorf("status of old keys %+v", status)
			}
			srv.publish(t, one, three)
			now.advance(payloadjwks.DefaultRateLimit)
			accepted(t, v, token(t, one), "the server is back")
			accepted(t, v, token(t, three), "the server is back")
		})
	}
}

// With no set at all nothing is accepted, and callers do not ask the server in turn.
func TestFirstLoad(t *testing.T) {
	one, now := named(t, "one"), new(clock)
	for name, broken := range brokenTests(t, must[[]byte](t)(payload.PublicJWKS(one))) {
		srv := newServer(t, one)
		srv.answer(broken)
		s, err := payloadjwks.New(ctx, srv.URL, payloadjwks.WithTimeout(200*time.Millisecond))
		if !errors.Is(err, payloadjwks.ErrFetch) || s != nil {
			t.Errorf("%s: have %v, %v, want ErrFetch", name, s, err)
		}
	}
	srv := newServer(t, one)
	srv.answer(http.NotFound)
	s := newSource(t, srv.URL, payloadjwks.WithLazyLoad(), payloadjwks.WithClock(now.now))
	v := verifier(t, s)
	fetched(t, srv, 0, "lazy")
	for range 3 {
		refused(t, v, token(t, one), "no set")
	}
	if _, err := s.Key(ctx, payload.EdDSA, "one", true); !errors.Is(err, payloadjwks.ErrFetch) {
		t.Errorf("Key without a set: %v, want ErrFetch", err)
	}
	if _, err := v.Verify(ctx, token(t, one)); !errors.Is(err, payload.ErrKeysUnavailable) || !errors.Is(err, payloadjwks.ErrFetch) {
		t.Errorf("Verify without a set: %v, want ErrKeysUnavailable with ErrFetch", err)
	}
	fetched(t, srv, 1, "no set")
	srv.publish(t, one)
	now.advance(payloadjwks.DefaultRateLimit)
	accepted(t, v, token(t, one), "the first set")
	fetched(t, srv, 2, "the first set")
	if _, err := v.Verify(ctx, token(t, named(t, "two"))); errors.Is(err, payload.ErrKeysUnavailable) {
		t.Errorf("a kid that the set does not have: %v, want ErrUnknownKey alone", err)
	}
}

// A token waits for one fetch, even if the rate limit would allow another by then.
func TestOneFetchForAToken(t *testing.T) {
	now := new(clock)
	srv := newServer(t)
	set := must[[]byte](t)(payload.PublicJWKS(named(t, "one")))
	srv.answer(func(w http.ResponseWriter, _ *http.Request) {
		now.advance(time.Minute)
		_, _ = w.Write(set)
	})
	v := verifier(t, newSource(t, srv.URL, payloadjwks.WithLazyLoad(), payloadjwks.WithClock(now.now)))
	refused(t, v, token(t, named(t, "two")), "a kid that nobody has")
	fetched(t, srv, 1, "one token")
}

func TestFirstLoadEndsWithContext(t *testing.T) {
	srv := newServer(t, named(t, "one"))
	srv.hold(t, http.NotFound)
	leaving, leave := context.WithCancel(ctx)
	done := make(chan error)
	go func() {
		_, err := payloadjwks.New(leaving, srv.URL, payloadjwks.WithTimeout(time.Minute))
		done <- err
	}()
	until(t, "the fetch has begun", func() bool { return srv.fetches.Load() == 1 })
	leave()
	if err := <-done; !errors.Is(err, payloadjwks.ErrFetch) || !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v, want ErrFetch of context.Canceled", err)
	}
}

func TestConfigRefused(t *testing.T) {
	const good = "https://login.example/jwks.json"
	type opts = []payloadjwks.Option
	for _, tt := range []struct {
		name, address string
		opts          opts
	}{
		{"empty", "", nil},
		{"http", "http://login.example/jwks.json", nil},
		{"http of a name like this machine's", "http://localhost.example/", nil},
		{"http of a private address", "http://10.0.0.1/", nil},
		{"http of every address", "http://0.0.0.0/", nil},
		{"a file", "file:///etc/passwd", nil},
		{"no scheme", "login.example/jwks.json", nil},
		{"no host", "https:///jwks.json", nil},
		{"opaque", "https:login.example", nil},
		{"a password", "https://a:secret@login.example/", nil},
		{"a fragment", good + "#a", nil},
		{"not a URL", "https://login.example/\x7f", nil},
		{"a nil option", good, opts{nil}},
		{"twice", good, opts{payloadjwks.WithLazyLoad(), payloadjwks.WithLazyLoad()}},
		{"no refresh", good, opts{payloadjwks.WithRefresh(0)}},
		{"a rare refresh", good, opts{payloadjwks.WithRefresh(25 * time.Hour)}},
		{"no rate limit", good, opts{payloadjwks.WithRateLimit(0)}},
		{"a rare rate", good, opts{payloadjwks.WithRateLimit(2 * time.Hour)}},
		{"no timeout", good, opts{payloadjwks.WithTimeout(0)}},
		{"a long timeout", good, opts{payloadjwks.WithTimeout(time.Hour)}},
		{"no age", good, opts{payloadjwks.WithMaxStale(0)}},
		{"an age below the refresh", good, opts{payloadjwks.WithMaxStale(time.Minute)}},
		{"a great age", good, opts{payloadjwks.WithMaxStale(1000 * time.Hour)}},
		{"an algorithm of a curve", good, opts{payloadjwks.WithAlgorithm(payload.ES256)}},
		{"an algorithm of secrets", good, opts{payloadjwks.WithAlgorithm(payload.HS256)}},
		{"a nil transport", good, opts{payloadjwks.WithTransport(nil)}},
		{"a nil clock", good, opts{payloadjwks.WithClock(nil)}},
	} {
		s, err := payloadjwks.New(ctx, tt.address, append(tt.opts, payloadjwks.WithLazyLoad())...)
		if !errors.Is(err, payload.ErrConfig) || s != nil {
			t.Errorf("%s: have %v, %v, want ErrConfig", tt.name, s, err)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v holds a secret", tt.name, err)
		}
	}
	for _, address := range []string{good, "http://localhost:1/", "http://127.0.0.2/", "http://[::1]:8080/keys?a=b"} {
		s, err := payloadjwks.New(ctx, address, payloadjwks.WithLazyLoad())
		if err != nil {
			t.Errorf("%s: %v", address, err)
		}
		s.Close()
	}
}

// The query of an address can be a secret; no error shows it.
func TestErrorHidesAddress(t *testing.T) {
	srv := newServer(t)
	address := srv.URL + "/path?key=secret"
	srv.Close()
	_, err := payloadjwks.New(ctx, address)
	if !errors.Is(err, payloadjwks.ErrFetch) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "path") {
		t.Errorf("err = %v", err)
	}
}

func TestHTTPS(t *testing.T) {
	one := named(t, "one")
	srv := httptest.NewTLSServer(body(must[[]byte](t)(payload.PublicJWKS(one))))
	defer srv.Close()
	if _, err := payloadjwks.New(ctx, srv.URL); !errors.Is(err, payloadjwks.ErrFetch) {
		t.Errorf("a certificate of nobody: %v, want ErrFetch", err)
	}
	s := newSource(t, srv.URL, payloadjwks.WithTransport(srv.Client().Transport))
	accepted(t, verifier(t, s), token(t, one), "https")
}

// An RSA key without an alg serves the one algorithm that is given.
func TestWithAlgorithm(t *testing.T) {
	private := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	key := must[payload.Key](t)(payload.RSAPrivateKey(payload.RS256, private, payload.KeyID("one")))
	set := strings.Replace(string(must[[]byte](t)(payload.PublicJWKS(key))), `"alg":"RS256",`, "", 1)
	srv := newServer(t, key)
	srv.answer(body([]byte(set)))
	if _, err := payloadjwks.New(ctx, srv.URL); !errors.Is(err, payload.ErrKey) {
		t.Errorf("no algorithm: %v, want ErrKey", err)
	}
	v := verifier(t, newSource(t, srv.URL, payloadjwks.WithAlgorithm(payload.RS256)))
	accepted(t, v, token(t, key), "the algorithm")
	refused(t, v, token(t, must[payload.Key](t)(payload.RSAPrivateKey(payload.PS256, private, payload.KeyID("one")))), "another one")
}

// to sends every request to one server, and notes what it was for.
type to struct {
	server *url.URL
	asked  string
}

func (r *to) RoundTrip(request *http.Request) (*http.Response, error) {
	r.asked = request.URL.String()
	request = request.Clone(request.Context())
	request.URL = r.server
	return http.DefaultTransport.RoundTrip(request)
}

func TestGoogle(t *testing.T) {
	private := must[*rsa.PrivateKey](t)(rsa.GenerateKey(rand.Reader, 2048))
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der := must[[]byte](t)(x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private))
	certificate := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	srv := newServer(t)
	srv.answer(body(must[[]byte](t)(json.Marshal(map[string]string{"one": certificate}))))

	route := &to{server: must[*url.URL](t)(url.Parse(srv.URL))}
	s := must[*payloadjwks.Source](t)(payloadjwks.Google(ctx, payloadjwks.WithTransport(route)))
	defer s.Close()
	key := must[payload.Key](t)(payload.RSAPrivateKey(payload.RS256, private, payload.KeyID("one")))
	accepted(t, verifier(t, s), token(t, key), "a certificate")
	if want := "https://www.googleapis.com/robot/v1/metadata/x509/securetoken@system.gserviceaccount.com"; route.asked != want {
		t.Errorf("asked %s, want %s", route.asked, want)
	}
	if _, err := payloadjwks.Google(ctx, payloadjwks.WithAlgorithm(payload.RS256)); !errors.Is(err, payload.ErrConfig) {
		t.Errorf("WithAlgorithm: %v, want ErrConfig", err)
	}
}
