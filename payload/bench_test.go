package payload_test

import (
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

// BenchmarkVerify sets a Verifier beside golang-jwt with all of its checks on.
func BenchmarkVerify(b *testing.B) {
	for _, key := range signingKeys(b) {
		if alg := key.Algorithm(); alg != payload.HS256 && alg != payload.RS256 {
			continue
		}
		token := must[string](b)(signer[benchClaims](b, key).Access(benchClaims{
			Registered: payload.Registered{Subject: "u1", Roles: []string{"admin", "user"}}, Account: "a1",
		}))
		b.Run(string(key.Algorithm())+"/payload", func(b *testing.B) {
			v := must[*payload.Verifier[benchClaims]](b)(payload.NewVerifier[benchClaims](payload.Keys{key},
				payload.WithIssuer(issuer), payload.WithAudience(audience), payload.WithClock(clock)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(ctx, token); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(string(key.Algorithm())+"/golang-jwt", func(b *testing.B) {
			var public any = throwaway(32)
			if key.Algorithm() == payload.RS256 {
				private, err := rsaTestKey()
				if err != nil {
					b.Fatal(err)
				}
				public = &private.PublicKey
			}
			p := jwt.NewParser(jwt.WithValidMethods([]string{string(key.Algorithm())}), jwt.WithIssuer(issuer),
				jwt.WithAudience(audience), jwt.WithExpirationRequired(), jwt.WithStrictDecoding(), jwt.WithIssuedAt(),
				jwt.WithTimeFunc(func() time.Time { return now }))
			b.ReportAllocs()
			for b.Loop() {
				var claims peerClaims
				if _, err := p.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return public, nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
