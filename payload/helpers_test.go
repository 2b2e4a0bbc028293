package payload_test

import (
	"context"
	"encoding/base64"
	"errors"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/rolespec/rolespec/payload"
)

// Claims is a claims type as a service would have it.
type Claims struct {
	payload.Registered
	Account string   `json:"account,omitempty"`
	Profile *Profile `json:"profile,omitempty"`
}

// Profile is an object inside the claims.
type Profile struct {
	Tenant string         `json:"tenant"`
	Tags   []string       `json:"tags"`
	Inside []Profile      `json:"inside"`
	Extra  map[string]any `json:"extra"`
}

const (
	issuer   = "https://issuer.example"
	audience = "api"
)

// now is the time at which all test tokens are issued.
var now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// throwaway is a secret for tests.
func throwaway(n int) []byte {
	secret := make([]byte, n)
	for i := range secret {
		secret[i] = byte(i*37 + 11)
	}
	return secret
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func hmacKey(t testing.TB, opts ...payload.KeyOption) payload.Key {
	t.Helper()
	return must[payload.Key](t)(payload.HMACKey(payload.HS256, throwaway(32), opts...))
}

// verifier makes a Verifier of one HMAC key with the test issuer, audience and clock.
func verifier[C any](t testing.TB, opts ...payload.Option) *payload.Verifier[C] {
	t.Helper()
	opts = append([]payload.Option{
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock),
	}, opts...)
	return must[*payload.Verifier[C]](t)(payload.NewVerifier[C](payload.Keys{hmacKey(t)}, opts...))
}

const (
	goodHeader = `{"alg":"HS256","typ":"JWT"}`
	goodBody   = `{"iss":"https://issuer.example","aud":"api","sub":"u1","exp":1767229200,` +
		`"nbf":1767225600,"iat":1767225600,"jti":"j1","typ":"access","roles":["admin","user"],"account":"a1"}`
)

// mint signs any header and body with the test secret, as an issuer that is careless, or
// hostile, but holds the key.
func mint(t testing.TB, header, body string) string {
	t.Helper()
	b64 := base64.RawURLEncoding.EncodeToString
	input := b64([]byte(header)) + "." + b64([]byte(body))
	sig, err := jwt.SigningMethodHS256.Sign(input, throwaway(32))
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + b64(sig)
}

// with returns goodBody with more members at its end.
func with(members string) string { return goodBody[:len(goodBody)-1] + "," + members + "}" }

var classes = []error{
	payload.ErrMalformed, payload.ErrUnknownKey, payload.ErrSignature, payload.ErrClaims, payload.ErrIssuer,
	payload.ErrAudience, payload.ErrType, payload.ErrNotYetValid, payload.ErrTooOld, payload.ErrExpired,
	payload.ErrReused, payload.ErrRevoked,
}

// refused checks that err is a refusal: an *Error of exactly one class, whose text is
// that of the class. It returns the class.
func refused(t testing.TB, err error) error {
	t.Helper()
	var refusal *payload.Error
	if !errors.Is(err, payload.ErrInvalid) || !errors.As(err, &refusal) {
		t.Fatalf("err = %v, want an *Error that wraps ErrInvalid", err)
	}
	var found error
	for _, class := range classes {
		if !errors.Is(err, class) {
			continue
		}
		if found != nil {
			t.Errorf("err is of two classes: %v and %v", found, class)
		}
		found = class
	}
	if errors.Is(err, payload.ErrKeysUnavailable) {
		found = payload.ErrKeysUnavailable // one kind of ErrUnknownKey
	}
	if found == nil || err.Error() != found.Error() {
		t.Errorf("err = %q, want the text of its class %v", err, found)
	}
	if refusal.Reason() == "" {
		t.Errorf("%v has no reason", err)
	}
	return found
}

var ctx = context.Background()
