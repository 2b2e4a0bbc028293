package payloadtest

import (
	"crypto/ed25519"
	"crypto/rand"
	"testing"
	"time"

	"github.com/rolespec/rolespec/payload"
)

// What the tokens of a [Kit] name as issuer and audience.
const (
	Issuer   = "https://issuer.test"
	Audience = "payloadtest"
)

const keyID = "payloadtest"

// Kit has a verifier and the tokens it accepts or refuses. It is made by [New], and safe
// for concurrent use. Its methods fail the test if a token cannot be issued, and like
// t.Fatal are for the goroutine of the test.
type Kit[C any] struct {
	// Verifier accepts what Token and, but for its type, what Refresh issues.
	Verifier *payload.Verifier[C]

	t       testing.TB
	signers map[kind]*payload.Signer[C]
}

// A kind of signer, by what is wrong with its tokens.
type kind int

const (
	good kind = iota
	expired
	future
	forged
	anotherKey
	anotherIssuer
	anotherAudience
)

// New makes a Kit with a new Ed25519 key for the claims type C, which is restricted as in
// [payload.NewSigner]. The options are those of the verifier, beside the issuer and the
// audience, which the Kit gives. A clock among them is the verifier's alone.
func New[C any, P payload.Embeds[C]](t testing.TB, opts ...payload.Option) *Kit[C] {
	t.Helper()
	key := newKey(t, keyID)
	opts = append([]payload.Option{payload.WithIssuer(Issuer), payload.WithAudience(Audience)}, opts...)
	verifier, err := payload.NewVerifier[C](payload.Keys{key}, opts...)
	if err != nil {
		t.Fatalf("payloadtest: %v", err)
	}
	kit := &Kit[C]{Verifier: verifier, t: t, signers: map[kind]*payload.Signer[C]{}}
	sign := func(of kind, key payload.Key, issuer, audience string, opts ...payload.SignerOption) {
		signer, err := payload.NewSigner[C, P](key, issuer, audience, opts...)
		if err != nil {
			t.Fatalf("payloadtest: %v", err)
		}
		kit.signers[of] = signer
	}
	sign(good, key, Issuer, Audience)
	sign(expired, key, Issuer, Audience, payload.WithClock(shifted(-48*time.Hour)))
	sign(future, key, Issuer, Audience, payload.WithClock(shifted(time.Hour)))
	sign(forged, newKey(t, keyID), Issuer, Audience)
	sign(anotherKey, newKey(t, "another"), Issuer, Audience)
	sign(anotherIssuer, key, "https://another.test", Audience)
	sign(anotherAudience, key, Issuer, "another")
	return kit
}

func shifted(by time.Duration) func() time.Time {
	return func() time.Time { return time.Now().Add(by) }
}

func newKey(t testing.TB, id string) payload.Key {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatalf("payloadtest: %v", err)
	}
	key, err := payload.Ed25519PrivateKey(private, payload.KeyID(id))
	if err != nil {
		t.Fatalf("payloadtest: %v", err)
	}
	return key
}
