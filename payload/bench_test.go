package payload_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/rolespec/rolespec/payload"
)

type peerClaims struct {
	jwt.RegisteredClaims
	Type    string   `json:"typ"`
	Roles   []string `json:"roles"`
	Account string   `json:"account"`
}

type benchClaims struct {
	payload.Registered
	Account string `json:"account"`
}

// peer is a key as this package and as golang-jwt take it.
type peer struct {
	own   payload.Key
	their any
}

func peers(t testing.TB) []peer {
	t.Helper()
	key, id := must[payload.Key](t), payload.KeyID("2026-01")
	rsaKey := must[*rsa.PrivateKey](t)(rsaTestKey())
	ecKey := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	edPublic, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return []peer{
		{key(payload.HMACKey(payload.HS256, throwaway(32), id)), throwaway(32)},
		{key(payload.RSAPrivateKey(payload.RS256, rsaKey, id)), &rsaKey.PublicKey},
		{key(payload.ECDSAPrivateKey(ecKey, id)), &ecKey.PublicKey},
		{key(payload.Ed25519PrivateKey(edKey, id)), edPublic},
	}
}

// token issues a token as a service would.
func (p peer) token(t testing.TB) string {
	t.Helper()
	return must[string](t)(signer[benchClaims](t, p.own).Access(benchClaims{
		Registered: payload.Registered{Subject: "u1", Roles: []string{"admin", "user"}}, Account: "a1",
	}))
}

// verifies makes the verification of a token by a Verifier.
func (p peer) verifies(t testing.TB, token string) func() error {
	v := must[*payload.Verifier[benchClaims]](t)(payload.NewVerifier[benchClaims](payload.Keys{p.own},
		payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
	return func() error {
		_, err := v.Verify(ctx, token)
		return err
	}
}

// parses makes the same of golang-jwt, with all the checks it has.
func (p peer) parses(token string) func() error {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{string(p.own.Algorithm())}), jwt.WithIssuer(issuer),
		jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithStrictDecoding(), jwt.WithIssuedAt(),
		jwt.WithTimeFunc(clock))
	keys := map[string]any{p.own.ID(): p.their}
	return func() error {
		var claims peerClaims
		_, err := parser.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) {
			kid, _ := t.Header["kid"].(string)
			key, ok := keys[kid]
			if !ok || claims.Type == "" {
				return nil, jwt.ErrTokenUnverifiable
			}
			return key, nil
		})
		return err
	}
}

// BenchmarkVerify sets a Verifier beside golang-jwt, for tokens as they are mostly.
func BenchmarkVerify(b *testing.B) {
	for _, p := range peers(b) {
		b.Run(string(p.own.Algorithm()), func(b *testing.B) { p.compare(b, p.token(b)) })
	}
}

// BenchmarkVerifyLarge does so for tokens of an unusual size, and the cheapest of
// signatures: what is left is the reading.
func BenchmarkVerifyLarge(b *testing.B) {
	p := peers(b)[0]
	header := `{"alg":"HS256","typ":"JWT","kid":"` + p.own.ID() + `"}`
	roles, claims := `"r"`, ``
	for i := range 60 {
		roles += fmt.Sprintf(`,"role-number-%d"`, i)
		claims += fmt.Sprintf(`,"claim_number_%d":"value %d"`, i, i)
	}
	for name, body := range map[string]string{
		"roles":  replace(`"admin","user"`, roles),
		"claims": goodBody[:len(goodBody)-1] + claims + `}`,
		"text":   with(`"x":"` + strings.Repeat("text ", 400) + `"`),
	} {
		b.Run(name, func(b *testing.B) { p.compare(b, mint(b, header, body)) })
	}
}

// compare runs both in each round, and golang-jwt a second time as a control, one after
// the other in random order. It reports the medians of all rounds: times of a
// verification, and how many times as long as golang-jwt the Verifier, and golang-jwt
// itself, take.
func (p peer) compare(b *testing.B, token string) {
	ways := []func() error{p.verifies(b, token), p.parses(token), p.parses(token)}
	var times [3][]float64
	var ratios, control []float64
	for b.Loop() {
		var took [3]float64
		for _, i := range mathrand.Perm(len(ways)) {
			took[i] = timed(b, ways[i])
			times[i] = append(times[i], took[i])
		}
		ratios, control = append(ratios, took[0]/took[1]), append(control, took[2]/took[1])
	}
	b.ReportMetric(median(times[0]), "payload-ns")
	b.ReportMetric(median(times[1]), "golang-jwt-ns")
	b.ReportMetric(median(ratios), "ratio")
	b.ReportMetric(median(control), "control")
	b.ReportMetric(testing.AllocsPerRun(100, func() { _ = ways[0]() }), "payload-allocs")
	b.ReportMetric(testing.AllocsPerRun(100, func() { _ = ways[1]() }), "golang-jwt-allocs")
}

// timed returns the nanoseconds of a verification, the mean of a few.
func timed(b *testing.B, verify func() error) float64 {
	const times = 20
	start := time.Now()
	for range times {
		if err := verify(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(time.Since(start).Nanoseconds()) / times
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// A verification allocates no more often than golang-jwt's.
func TestVerifyAllocs(t *testing.T) {
	for _, p := range peers(t) {
		token := p.token(t)
		own, their := p.verifies(t, token), p.parses(token)
		if err := errors.Join(own(), their()); err != nil {
			t.Fatal(err)
		}
		have := testing.AllocsPerRun(100, func() { _ = own() })
		most := testing.AllocsPerRun(100, func() { _ = their() })
		if have > most {
			t.Errorf("%v: %v allocations, golang-jwt has %v", p.own, have, most)
		}
	}
}
